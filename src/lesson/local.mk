libipclab_a_SOURCES += \
	src/lesson/block.c \
	src/lesson/catalogue.c \
	src/lesson/catalogue.h \
	src/lesson/check.c \
	src/lesson/claim.h \
	src/lesson/compile.c \
	src/lesson/compile.h \
	src/lesson/experiment.c \
	src/lesson/experiment.h \
	src/lesson/format.c \
	src/lesson/lesson.c \
	src/lesson/lesson.h \
	src/lesson/markdown.c \
	src/lesson/markdown.h \
	src/lesson/merge.c \
	src/lesson/plain.c \
	src/lesson/plain.h \
	src/lesson/problem.c \
	src/lesson/problem.h \
	src/lesson/progress.c \
	src/lesson/progress.h \
	src/lesson/question.c \
	src/lesson/styled.c \
	src/lesson/styled.h \
	src/lesson/table.c \
	src/lesson/verify.c \
	src/lesson/verify.h
