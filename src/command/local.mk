libipclab_a_SOURCES += \
	src/command/command.h \
	src/command/help.c \
	src/command/language.c \
	src/command/language.h \
	src/command/main.c \
	src/command/options.c \
	src/command/options.h \
	src/command/table.c
