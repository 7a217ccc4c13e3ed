libipclab_a_SOURCES += \
	src/compiler/compiler.h \
	src/compiler/find.c \
	src/compiler/points.c \
	src/compiler/unseen.c \
	src/compiler/unseen.h
