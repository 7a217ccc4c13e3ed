# Files of lessons/: installed as they are, under $(pkgdatadir)/lessons.
# One block for each lesson.
nobase_dist_pkgdata_DATA =

nobase_dist_pkgdata_DATA += \
	lessons/01-two-processes/lesson.md \
	lessons/01-two-processes/lesson.zh_CN.md \
	lessons/01-two-processes/poll.c \
	lessons/01-two-processes/ramdump.c \
	lessons/01-two-processes/repair.c \
	lessons/01-two-processes/torn.c \
	lessons/01-two-processes/two.c \
	lessons/01-two-processes/wrong.c
