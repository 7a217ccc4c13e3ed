# What `ipclab author new` copies: all of it is installed.
TEMPLATES = \
	templates/exercise/debrief.md \
	templates/exercise/exercise.yaml \
	templates/exercise/solutions/bad/no-close/expect.yaml \
	templates/exercise/solutions/bad/no-close/word.c \
	templates/exercise/solutions/bad/one-read/expect.yaml \
	templates/exercise/solutions/bad/one-read/word.c \
	templates/exercise/solutions/good/straight/word.c \
	templates/exercise/solutions/good/stream/word.c \
	templates/exercise/start/word.c \
	templates/exercise/task.md
nobase_dist_pkgdata_DATA += $(TEMPLATES)
