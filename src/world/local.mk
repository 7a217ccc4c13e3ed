libipclab_a_SOURCES += \
	src/world/world.h
