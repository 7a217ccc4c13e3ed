libipclab_a_SOURCES += \
	src/lesson/block.c \
	src/lesson/check.c \
	src/lesson/format.c \
	src/lesson/lesson.c \
	src/lesson/lesson.h \
	src/lesson/markdown.c \
	src/lesson/markdown.h \
	src/lesson/merge.c \
	src/lesson/problem.c \
	src/lesson/problem.h \
	src/lesson/question.c \
	src/lesson/styled.c \
	src/lesson/styled.h \
	src/lesson/table.c
