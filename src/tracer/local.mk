libipclab_a_SOURCES += \
	src/tracer/source.c \
	src/tracer/source.h \
	src/tracer/source_line.c \
	src/tracer/source_line.h \
	src/tracer/tracer.h
