libipclab_a_SOURCES += \
	src/author/handout.c \
	src/author/handout.h \
	src/author/handout_archive.c \
	src/author/handout_check.c \
	src/author/hearing.c \
	src/author/hearing.h \
	src/author/lexeme.c \
	src/author/lexeme.h \
	src/author/mutant.c \
	src/author/mutant.h \
	src/author/secret.c \
	src/author/secret.h \
	src/author/solution.c \
	src/author/solution.h \
	src/author/verify.c \
	src/author/verify.h \
	src/author/verify_mutants.c \
	src/author/verify_texts.c
