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

nobase_dist_pkgdata_DATA += \
	lessons/02-pipes/echo.c \
	lessons/02-pipes/errors.c \
	lessons/02-pipes/fill.c \
	lessons/02-pipes/frames.c \
	lessons/02-pipes/gone.c \
	lessons/02-pipes/hello.c \
	lessons/02-pipes/lesson.md \
	lessons/02-pipes/lesson.zh_CN.md \
	lessons/02-pipes/no-eof.c \
	lessons/02-pipes/nonblock.c \
	lessons/02-pipes/one-pipe.c \
	lessons/02-pipes/records.c \
	lessons/02-pipes/seams.c \
	lessons/02-pipes/share.c \
	lessons/02-pipes/size.c \
	lessons/02-pipes/visitor.c
