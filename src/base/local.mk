libipclab_a_SOURCES += \
	src/base/alloc.c \
	src/base/base.h \
	src/base/buf.c \
	src/base/buf.h \
	src/base/cells.c \
	src/base/cells.h \
	src/base/die.c \
	src/base/i18n.h \
	src/base/left.c \
	src/base/left.h \
	src/base/paths.c \
	src/base/paths.h \
	src/base/problem.c \
	src/base/problem.h \
	src/base/random.c \
	src/base/random.h \
	src/base/save.c \
	src/base/save.h \
	src/base/suggest.c \
	src/base/suggest.h \
	src/base/temporary.c \
	src/base/trial.c \
	src/base/trial.h \
	src/base/words.c \
	src/base/words.h \
	src/base/yaml.c \
	src/base/yaml.h
