libipclab_a_SOURCES += \
	src/view/canvas.c \
	src/view/canvas.h \
	src/view/stage.h
