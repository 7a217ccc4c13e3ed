libipclab_a_SOURCES += \
	src/tracer/ability.c \
	src/tracer/ability.h \
	src/tracer/source.c \
	src/tracer/source.h \
	src/tracer/source_line.c \
	src/tracer/source_line.h \
	src/tracer/tracer.h
