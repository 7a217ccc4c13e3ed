libipclab_a_SOURCES += \
	src/grade/assignment.c \
	src/grade/assignment.h \
	src/grade/batch.c \
	src/grade/batch.h \
	src/grade/class.c \
	src/grade/class.h \
	src/grade/kept.c \
	src/grade/kept.h \
	src/grade/handin.c \
	src/grade/handin.h \
	src/grade/late.c \
	src/grade/late.h \
	src/grade/merge.c \
	src/grade/merge.h \
	src/grade/pack.c \
	src/grade/pack.h \
	src/grade/results.c \
	src/grade/results.h \
	src/grade/roster.c \
	src/grade/roster.h \
	src/grade/sheet.c \
	src/grade/sheet.h \
	src/grade/unpack.c \
	src/grade/unpack.h
