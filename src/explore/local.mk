libipclab_a_SOURCES += \
	src/explore/explore.h
