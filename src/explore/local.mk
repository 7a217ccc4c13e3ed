libipclab_a_SOURCES += \
	src/explore/explore.h \
	src/explore/happens.c \
	src/explore/happens.h \
	src/explore/race.c \
	src/explore/race.h \
	src/explore/report.c \
	src/explore/report.h \
	src/explore/report_inside.h \
	src/explore/report_picture.c \
	src/explore/report_sentence.c \
	src/explore/shorten.c \
	src/explore/shorten.h \
	src/explore/spin.c \
	src/explore/spin.h \
	src/explore/tape.c \
	src/explore/tape.h
