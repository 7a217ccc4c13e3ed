libipclab_a_SOURCES += \
	src/session/session.h
