libipclab_a_SOURCES += \
	src/view/canvas.h
