libipclab_a_SOURCES += \
	src/exercise/build.h \
	src/exercise/check.c \
	src/exercise/check.h \
	src/exercise/exercise.h \
	src/exercise/judge.h \
	src/exercise/load.c \
	src/exercise/submission.h \
	src/exercise/table.c \
	src/exercise/table.h \
	src/exercise/translation.c \
	src/exercise/values.c \
	src/exercise/values.h
