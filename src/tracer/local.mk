libipclab_a_SOURCES += \
	src/tracer/tracer.h
