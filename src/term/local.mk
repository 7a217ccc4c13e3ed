libipclab_a_SOURCES += \
	src/term/ask.c \
	src/term/glyph.c \
	src/term/glyph.h \
	src/term/guard.c \
	src/term/input.c \
	src/term/input.h \
	src/term/keys.c \
	src/term/keys.h \
	src/term/palette.c \
	src/term/palette.h \
	src/term/screen.c \
	src/term/screen.h \
	src/term/settings.c \
	src/term/settings.h \
	src/term/show.c \
	src/term/show.h \
	src/term/signals.c \
	src/term/signals.h \
	src/term/term.c \
	src/term/term.h
