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

nobase_dist_pkgdata_DATA += \
	lessons/03-popen/ask.c \
	lessons/03-popen/direct.c \
	lessons/03-popen/errors.c \
	lessons/03-popen/lesson.md \
	lessons/03-popen/lesson.zh_CN.md \
	lessons/03-popen/order.c \
	lessons/03-popen/safe.c \
	lessons/03-popen/show.c \
	lessons/03-popen/sibling.c \
	lessons/03-popen/tell.c

nobase_dist_pkgdata_DATA += \
	lessons/04-fifos/answer.c \
	lessons/04-fifos/both.c \
	lessons/04-fifos/errors.c \
	lessons/04-fifos/lesson.md \
	lessons/04-fifos/lesson.zh_CN.md \
	lessons/04-fifos/lines.c \
	lessons/04-fifos/meet.c \
	lessons/04-fifos/name.c \
	lessons/04-fifos/nowait.c \
	lessons/04-fifos/order.c \
	lessons/04-fifos/receive.c \
	lessons/04-fifos/send.c \
	lessons/04-fifos/server.c

nobase_dist_pkgdata_DATA += \
	lessons/05-signals/again.c \
	lessons/05-signals/alarm.c \
	lessons/05-signals/clock.c \
	lessons/05-signals/eintr.c \
	lessons/05-signals/errors.c \
	lessons/05-signals/five.c \
	lessons/05-signals/lesson.md \
	lessons/05-signals/lesson.zh_CN.md \
	lessons/05-signals/lost.c \
	lessons/05-signals/pidfd.c \
	lessons/05-signals/printf.c \
	lessons/05-signals/queue.c \
	lessons/05-signals/reap.c \
	lessons/05-signals/self-pipe.c \
	lessons/05-signals/sent.c \
	lessons/05-signals/signalfd.c \
	lessons/05-signals/sigwait.c \
	lessons/05-signals/suspend.c \
	lessons/05-signals/ticks.c

nobase_dist_pkgdata_DATA += \
	lessons/06-sysv-queues/apart.c \
	lessons/06-sysv-queues/clash.c \
	lessons/06-sysv-queues/cost.c \
	lessons/06-sysv-queues/desk.c \
	lessons/06-sysv-queues/errors.c \
	lessons/06-sysv-queues/full.c \
	lessons/06-sysv-queues/get.c \
	lessons/06-sysv-queues/gone.c \
	lessons/06-sysv-queues/keys.c \
	lessons/06-sysv-queues/lesson.md \
	lessons/06-sysv-queues/lesson.zh_CN.md \
	lessons/06-sysv-queues/letters.c \
	lessons/06-sysv-queues/nowait.c \
	lessons/06-sysv-queues/put.c \
	lessons/06-sysv-queues/types.c

nobase_dist_pkgdata_DATA += \
	lessons/07-posix-queues/bell.c \
	lessons/07-posix-queues/busy.c \
	lessons/07-posix-queues/deaf.c \
	lessons/07-posix-queues/errors.c \
	lessons/07-posix-queues/full.c \
	lessons/07-posix-queues/late.c \
	lessons/07-posix-queues/length.c \
	lessons/07-posix-queues/lesson.md \
	lessons/07-posix-queues/lesson.zh_CN.md \
	lessons/07-posix-queues/order.c \
	lessons/07-posix-queues/receive.c \
	lessons/07-posix-queues/send.c \
	lessons/07-posix-queues/thread.c \
	lessons/07-posix-queues/two.c \
	lessons/07-posix-queues/unlink.c

nobase_dist_pkgdata_DATA += \
	lessons/08-shared-memory/bus.c \
	lessons/08-shared-memory/copies.c \
	lessons/08-shared-memory/crash.c \
	lessons/08-shared-memory/devmem.c \
	lessons/08-shared-memory/errors.c \
	lessons/08-shared-memory/filemap.c \
	lessons/08-shared-memory/guest.c \
	lessons/08-shared-memory/host.c \
	lessons/08-shared-memory/lesson.md \
	lessons/08-shared-memory/lesson.zh_CN.md \
	lessons/08-shared-memory/lost.c \
	lessons/08-shared-memory/pointer.c \
	lessons/08-shared-memory/sealed.c \
	lessons/08-shared-memory/segment.c \
	lessons/08-shared-memory/share.c \
	lessons/08-shared-memory/torn.c

nobase_dist_pkgdata_DATA += \
	lessons/09-semaphores/bell-copy.c \
	lessons/09-semaphores/bell-private.c \
	lessons/09-semaphores/bell.c \
	lessons/09-semaphores/both.c \
	lessons/09-semaphores/buffer-wrong.c \
	lessons/09-semaphores/buffer.c \
	lessons/09-semaphores/count.c \
	lessons/09-semaphores/die.c \
	lessons/09-semaphores/errors.c \
	lessons/09-semaphores/first.c \
	lessons/09-semaphores/futex.c \
	lessons/09-semaphores/gate.c \
	lessons/09-semaphores/leave.c \
	lessons/09-semaphores/lesson.md \
	lessons/09-semaphores/lesson.zh_CN.md \
	lessons/09-semaphores/meet.c \
	lessons/09-semaphores/named.c \
	lessons/09-semaphores/owner.c \
	lessons/09-semaphores/philosophers-order.c \
	lessons/09-semaphores/philosophers.c \
	lessons/09-semaphores/quiet.c \
	lessons/09-semaphores/readers.c \
	lessons/09-semaphores/ready-flag.c \
	lessons/09-semaphores/ready.c \
	lessons/09-semaphores/zero.c

nobase_dist_pkgdata_DATA += \
	lessons/10-sockets/choose.c \
	lessons/10-sockets/errors.c \
	lessons/10-sockets/full.c \
	lessons/10-sockets/gone.c \
	lessons/10-sockets/half.c \
	lessons/10-sockets/inbox.c \
	lessons/10-sockets/lesson.md \
	lessons/10-sockets/lesson.zh_CN.md \
	lessons/10-sockets/nets.c \
	lessons/10-sockets/pass.c \
	lessons/10-sockets/post.c \
	lessons/10-sockets/queue.c \
	lessons/10-sockets/ready.c \
	lessons/10-sockets/seams.c \
	lessons/10-sockets/talk.c \
	lessons/10-sockets/turns.c \
	lessons/10-sockets/who.c

nobase_dist_pkgdata_DATA += \
	lessons/12-choosing/fifo.c \
	lessons/12-choosing/lesson.md \
	lessons/12-choosing/lesson.zh_CN.md \
	lessons/12-choosing/property.c \
	lessons/12-choosing/queue.c \
	lessons/12-choosing/socket.c \
	lessons/12-choosing/wrong.c

# What `ipclab author record` makes: as many as there are.
install-data-hook: install-recordings
install-recordings:
	for f in $(srcdir)/lessons/*/recordings/*; do \
		[ -f "$$f" ] || continue; \
		to="$${f#$(srcdir)/}"; \
		to='$(DESTDIR)$(pkgdatadir)'/"$${to%/*}"; \
		$(MKDIR_P) "$$to" && $(INSTALL_DATA) "$$f" "$$to" || exit 1; \
	done
uninstall-hook: uninstall-recordings
uninstall-recordings:
	rm -rf '$(DESTDIR)$(pkgdatadir)'/lessons/*/recordings
dist-hook: dist-recordings
dist-recordings:
	for f in $(srcdir)/lessons/*/recordings/*; do \
		[ -f "$$f" ] || continue; \
		to="$${f#$(srcdir)/}"; \
		to="$(distdir)/$${to%/*}"; \
		$(MKDIR_P) "$$to" && cp "$$f" "$$to" || exit 1; \
	done
.PHONY: install-recordings uninstall-recordings dist-recordings
