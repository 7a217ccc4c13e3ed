libipclab_a_SOURCES += \
	src/term/glyph.c \
	src/term/glyph.h \
	src/term/keys.h \
	src/term/screen.h
