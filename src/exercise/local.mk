libipclab_a_SOURCES += \
	src/exercise/archive.c \
	src/exercise/archive.h \
	src/exercise/build.c \
	src/exercise/build.h \
	src/exercise/build_command.c \
	src/exercise/build_command.h \
	src/exercise/catalogue.c \
	src/exercise/catalogue.h \
	src/exercise/check.c \
	src/exercise/check.h \
	src/exercise/exercise.h \
	src/exercise/judge.c \
	src/exercise/judge.h \
	src/exercise/judge_inside.h \
	src/exercise/judge_steps.c \
	src/exercise/judge_trial.c \
	src/exercise/load.c \
	src/exercise/submission.c \
	src/exercise/submission.h \
	src/exercise/table.c \
	src/exercise/table.h \
	src/exercise/translation.c \
	src/exercise/values.c \
	src/exercise/values.h \
	src/exercise/workspace.c \
	src/exercise/workspace.h
