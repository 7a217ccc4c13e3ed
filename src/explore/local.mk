libipclab_a_SOURCES += \
	src/explore/explore.h \
	src/explore/happens.c \
	src/explore/happens.h \
	src/explore/race.c \
	src/explore/race.h \
	src/explore/shorten.c \
	src/explore/shorten.h \
	src/explore/tape.c \
	src/explore/tape.h
