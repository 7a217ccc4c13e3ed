# Files of exercises/: installed as they are, under $(pkgdatadir)/exercises,
# but for the solutions.  One block for each exercise.
nobase_dist_pkgdata_DATA += \
	exercises/pack.yaml

nobase_dist_pkgdata_DATA += \
	exercises/barrier/debrief.md \
	exercises/barrier/debrief.zh_CN.md \
	exercises/barrier/exercise.yaml \
	exercises/barrier/exercise.zh_CN.yaml \
	exercises/barrier/start/barrier.c \
	exercises/barrier/task.md \
	exercises/barrier/task.zh_CN.md
EXTRA_DIST += exercises/barrier/solutions

nobase_dist_pkgdata_DATA += \
	exercises/barrier-break/debrief.md \
	exercises/barrier-break/debrief.zh_CN.md \
	exercises/barrier-break/exercise.yaml \
	exercises/barrier-break/exercise.zh_CN.yaml \
	exercises/barrier-break/start/barrier.c \
	exercises/barrier-break/task.md \
	exercises/barrier-break/task.zh_CN.md
EXTRA_DIST += exercises/barrier-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/bounded-buffer/debrief.md \
	exercises/bounded-buffer/debrief.zh_CN.md \
	exercises/bounded-buffer/exercise.yaml \
	exercises/bounded-buffer/exercise.zh_CN.yaml \
	exercises/bounded-buffer/start/buffer.c \
	exercises/bounded-buffer/task.md \
	exercises/bounded-buffer/task.zh_CN.md
EXTRA_DIST += exercises/bounded-buffer/solutions

nobase_dist_pkgdata_DATA += \
	exercises/broken-off/debrief.md \
	exercises/broken-off/debrief.zh_CN.md \
	exercises/broken-off/exercise.yaml \
	exercises/broken-off/exercise.zh_CN.yaml \
	exercises/broken-off/start/tea.c \
	exercises/broken-off/task.md \
	exercises/broken-off/task.zh_CN.md
EXTRA_DIST += exercises/broken-off/solutions

nobase_dist_pkgdata_DATA += \
	exercises/dispatcher/debrief.md \
	exercises/dispatcher/debrief.zh_CN.md \
	exercises/dispatcher/exercise.yaml \
	exercises/dispatcher/exercise.zh_CN.yaml \
	exercises/dispatcher/start/dispatcher.c \
	exercises/dispatcher/task.md \
	exercises/dispatcher/task.zh_CN.md
EXTRA_DIST += exercises/dispatcher/solutions

nobase_dist_pkgdata_DATA += \
	exercises/echo/debrief.md \
	exercises/echo/debrief.zh_CN.md \
	exercises/echo/exercise.yaml \
	exercises/echo/exercise.zh_CN.yaml \
	exercises/echo/start/echo.c \
	exercises/echo/task.md \
	exercises/echo/task.zh_CN.md
EXTRA_DIST += exercises/echo/solutions

nobase_dist_pkgdata_DATA += \
	exercises/end-of-file/debrief.md \
	exercises/end-of-file/debrief.zh_CN.md \
	exercises/end-of-file/exercise.yaml \
	exercises/end-of-file/exercise.zh_CN.yaml \
	exercises/end-of-file/start/alone.c \
	exercises/end-of-file/start/broken.c \
	exercises/end-of-file/start/closed.c \
	exercises/end-of-file/start/kept.c \
	exercises/end-of-file/task.md \
	exercises/end-of-file/task.zh_CN.md
EXTRA_DIST += exercises/end-of-file/solutions

nobase_dist_pkgdata_DATA += \
	exercises/enquiries/debrief.md \
	exercises/enquiries/debrief.zh_CN.md \
	exercises/enquiries/exercise.yaml \
	exercises/enquiries/exercise.zh_CN.yaml \
	exercises/enquiries/start/enquiries.c \
	exercises/enquiries/task.md \
	exercises/enquiries/task.zh_CN.md
EXTRA_DIST += exercises/enquiries/solutions

nobase_dist_pkgdata_DATA += \
	exercises/filter/debrief.md \
	exercises/filter/debrief.zh_CN.md \
	exercises/filter/exercise.yaml \
	exercises/filter/exercise.zh_CN.yaml \
	exercises/filter/start/upper.c \
	exercises/filter/task.md \
	exercises/filter/task.zh_CN.md
EXTRA_DIST += exercises/filter/solutions

nobase_dist_pkgdata_DATA += \
	exercises/first-use/debrief.md \
	exercises/first-use/debrief.zh_CN.md \
	exercises/first-use/exercise.yaml \
	exercises/first-use/exercise.zh_CN.yaml \
	exercises/first-use/start/semaphore.c \
	exercises/first-use/task.md \
	exercises/first-use/task.zh_CN.md
EXTRA_DIST += exercises/first-use/solutions

nobase_dist_pkgdata_DATA += \
	exercises/first-use-break/debrief.md \
	exercises/first-use-break/debrief.zh_CN.md \
	exercises/first-use-break/exercise.yaml \
	exercises/first-use-break/exercise.zh_CN.yaml \
	exercises/first-use-break/start/semaphore.c \
	exercises/first-use-break/task.md \
	exercises/first-use-break/task.zh_CN.md
EXTRA_DIST += exercises/first-use-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/framing/debrief.md \
	exercises/framing/debrief.zh_CN.md \
	exercises/framing/exercise.yaml \
	exercises/framing/exercise.zh_CN.yaml \
	exercises/framing/start/framing.c \
	exercises/framing/task.md \
	exercises/framing/task.zh_CN.md
EXTRA_DIST += exercises/framing/solutions

nobase_dist_pkgdata_DATA += \
	exercises/full-pipe/debrief.md \
	exercises/full-pipe/debrief.zh_CN.md \
	exercises/full-pipe/exercise.yaml \
	exercises/full-pipe/exercise.zh_CN.yaml \
	exercises/full-pipe/start/fill.c \
	exercises/full-pipe/start/more.c \
	exercises/full-pipe/start/one.c \
	exercises/full-pipe/task.md \
	exercises/full-pipe/task.zh_CN.md
EXTRA_DIST += exercises/full-pipe/solutions

nobase_dist_pkgdata_DATA += \
	exercises/holder-dies/debrief.md \
	exercises/holder-dies/debrief.zh_CN.md \
	exercises/holder-dies/exercise.yaml \
	exercises/holder-dies/exercise.zh_CN.yaml \
	exercises/holder-dies/start/holder.c \
	exercises/holder-dies/task.md \
	exercises/holder-dies/task.zh_CN.md
EXTRA_DIST += exercises/holder-dies/solutions

nobase_dist_pkgdata_DATA += \
	exercises/holder-dies-break/debrief.md \
	exercises/holder-dies-break/debrief.zh_CN.md \
	exercises/holder-dies-break/exercise.yaml \
	exercises/holder-dies-break/exercise.zh_CN.yaml \
	exercises/holder-dies-break/start/holder.c \
	exercises/holder-dies-break/task.md \
	exercises/holder-dies-break/task.zh_CN.md
EXTRA_DIST += exercises/holder-dies-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/lost-update/debrief.md \
	exercises/lost-update/debrief.zh_CN.md \
	exercises/lost-update/exercise.yaml \
	exercises/lost-update/exercise.zh_CN.yaml \
	exercises/lost-update/start/count.c \
	exercises/lost-update/task.md \
	exercises/lost-update/task.zh_CN.md
EXTRA_DIST += exercises/lost-update/solutions

nobase_dist_pkgdata_DATA += \
	exercises/lost-update-break/debrief.md \
	exercises/lost-update-break/debrief.zh_CN.md \
	exercises/lost-update-break/exercise.yaml \
	exercises/lost-update-break/exercise.zh_CN.yaml \
	exercises/lost-update-break/start/count.c \
	exercises/lost-update-break/task.md \
	exercises/lost-update-break/task.zh_CN.md
EXTRA_DIST += exercises/lost-update-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/next-client/debrief.md \
	exercises/next-client/debrief.zh_CN.md \
	exercises/next-client/exercise.yaml \
	exercises/next-client/exercise.zh_CN.yaml \
	exercises/next-client/start/server.c \
	exercises/next-client/task.md \
	exercises/next-client/task.zh_CN.md
EXTRA_DIST += exercises/next-client/solutions

nobase_dist_pkgdata_DATA += \
	exercises/notify/debrief.md \
	exercises/notify/debrief.zh_CN.md \
	exercises/notify/exercise.yaml \
	exercises/notify/exercise.zh_CN.yaml \
	exercises/notify/start/notify.c \
	exercises/notify/task.md \
	exercises/notify/task.zh_CN.md
EXTRA_DIST += exercises/notify/solutions

nobase_dist_pkgdata_DATA += \
	exercises/notify-break/debrief.md \
	exercises/notify-break/debrief.zh_CN.md \
	exercises/notify-break/exercise.yaml \
	exercises/notify-break/exercise.zh_CN.yaml \
	exercises/notify-break/start/notify.c \
	exercises/notify-break/task.md \
	exercises/notify-break/task.zh_CN.md
EXTRA_DIST += exercises/notify-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/orders/debrief.md \
	exercises/orders/debrief.zh_CN.md \
	exercises/orders/exercise.yaml \
	exercises/orders/exercise.zh_CN.yaml \
	exercises/orders/start/orders.c \
	exercises/orders/task.md \
	exercises/orders/task.zh_CN.md
EXTRA_DIST += exercises/orders/solutions

nobase_dist_pkgdata_DATA += \
	exercises/philosophers/debrief.md \
	exercises/philosophers/debrief.zh_CN.md \
	exercises/philosophers/exercise.yaml \
	exercises/philosophers/exercise.zh_CN.yaml \
	exercises/philosophers/start/dine.c \
	exercises/philosophers/task.md \
	exercises/philosophers/task.zh_CN.md
EXTRA_DIST += exercises/philosophers/solutions

nobase_dist_pkgdata_DATA += \
	exercises/pingpong/debrief.md \
	exercises/pingpong/debrief.zh_CN.md \
	exercises/pingpong/exercise.yaml \
	exercises/pingpong/exercise.zh_CN.yaml \
	exercises/pingpong/start/pingpong.c \
	exercises/pingpong/task.md \
	exercises/pingpong/task.zh_CN.md
EXTRA_DIST += exercises/pingpong/solutions

nobase_dist_pkgdata_DATA += \
	exercises/priorities/debrief.md \
	exercises/priorities/debrief.zh_CN.md \
	exercises/priorities/exercise.yaml \
	exercises/priorities/exercise.zh_CN.yaml \
	exercises/priorities/start/order.c \
	exercises/priorities/start/small.c \
	exercises/priorities/start/urgent.c \
	exercises/priorities/task.md \
	exercises/priorities/task.zh_CN.md
EXTRA_DIST += exercises/priorities/solutions

nobase_dist_pkgdata_DATA += \
	exercises/property/debrief.md \
	exercises/property/debrief.zh_CN.md \
	exercises/property/exercise.yaml \
	exercises/property/exercise.zh_CN.yaml \
	exercises/property/start/property.c \
	exercises/property/task.md \
	exercises/property/task.zh_CN.md
EXTRA_DIST += exercises/property/solutions

nobase_dist_pkgdata_DATA += \
	exercises/property-break/debrief.md \
	exercises/property-break/debrief.zh_CN.md \
	exercises/property-break/exercise.yaml \
	exercises/property-break/exercise.zh_CN.yaml \
	exercises/property-break/start/property.c \
	exercises/property-break/task.md \
	exercises/property-break/task.zh_CN.md
EXTRA_DIST += exercises/property-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/reap/debrief.md \
	exercises/reap/debrief.zh_CN.md \
	exercises/reap/exercise.yaml \
	exercises/reap/exercise.zh_CN.yaml \
	exercises/reap/start/crew.c \
	exercises/reap/task.md \
	exercises/reap/task.zh_CN.md
EXTRA_DIST += exercises/reap/solutions

nobase_dist_pkgdata_DATA += \
	exercises/two-programs/debrief.md \
	exercises/two-programs/debrief.zh_CN.md \
	exercises/two-programs/exercise.yaml \
	exercises/two-programs/exercise.zh_CN.yaml \
	exercises/two-programs/start/count.c \
	exercises/two-programs/task.md \
	exercises/two-programs/task.zh_CN.md
EXTRA_DIST += exercises/two-programs/solutions

nobase_dist_pkgdata_DATA += \
	exercises/wake-up/debrief.md \
	exercises/wake-up/debrief.zh_CN.md \
	exercises/wake-up/exercise.yaml \
	exercises/wake-up/exercise.zh_CN.yaml \
	exercises/wake-up/start/wake.c \
	exercises/wake-up/task.md \
	exercises/wake-up/task.zh_CN.md
EXTRA_DIST += exercises/wake-up/solutions

nobase_dist_pkgdata_DATA += \
	exercises/wake-up-break/debrief.md \
	exercises/wake-up-break/debrief.zh_CN.md \
	exercises/wake-up-break/exercise.yaml \
	exercises/wake-up-break/exercise.zh_CN.yaml \
	exercises/wake-up-break/start/wake.c \
	exercises/wake-up-break/task.md \
	exercises/wake-up-break/task.zh_CN.md
EXTRA_DIST += exercises/wake-up-break/solutions

nobase_dist_pkgdata_DATA += \
	exercises/whole-lines/debrief.md \
	exercises/whole-lines/debrief.zh_CN.md \
	exercises/whole-lines/exercise.yaml \
	exercises/whole-lines/exercise.zh_CN.yaml \
	exercises/whole-lines/start/log.c \
	exercises/whole-lines/task.md \
	exercises/whole-lines/task.zh_CN.md
EXTRA_DIST += exercises/whole-lines/solutions

# All of them, whole: some minutes.
check-exercises: all
	@$(AM_TESTS_ENVIRONMENT) cd '$(abs_top_srcdir)' && \
	"$$IPCLAB" author verify exercises templates
.PHONY: check-exercises
