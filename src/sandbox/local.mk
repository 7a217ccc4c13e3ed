libipclab_a_SOURCES += \
	src/sandbox/sandbox.h
