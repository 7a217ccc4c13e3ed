libipclab_a_SOURCES += \
	src/probe/probe.h
