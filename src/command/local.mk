libipclab_a_SOURCES += \
	src/command/author.c \
	src/command/author_new.c \
	src/command/author_new.h \
	src/command/cc.c \
	src/command/command.h \
	src/command/doctor.c \
	src/command/doctor.h \
	src/command/doctor_machine.c \
	src/command/doctor_system.c \
	src/command/doctor_try.c \
	src/command/doctor_user.c \
	src/command/help.c \
	src/command/home.c \
	src/command/home.h \
	src/command/language.c \
	src/command/language.h \
	src/command/learn.c \
	src/command/main.c \
	src/command/options.c \
	src/command/options.h \
	src/command/replay.c \
	src/command/stage_run.c \
	src/command/stage_run.h \
	src/command/table.c \
	src/command/trace.c \
	src/command/watch.c
