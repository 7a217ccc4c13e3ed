# make bench: measures; not a test.
EXTRA_PROGRAMS += \
	tests/bench/events \
	tests/bench/frame \
	tests/bench/once \
	tests/bench/pipes \
	tests/bench/runs \
	tests/bench/steps
tests_bench_events_LDADD = libipclab.a $(ALL_LIBS)
tests_bench_frame_LDADD = $(VTERM_LIBS) -lutil
tests_bench_once_LDADD = libipclab.a $(ALL_LIBS)
tests_bench_pipes_LDADD =
tests_bench_runs_LDADD = libipclab.a $(ALL_LIBS)
tests_bench_steps_LDADD =
EXTRA_DIST += tests/bench/bench.sh tests/bench/lmbench.sh
EXTRA_DIST += tests/bench/accesses.c tests/bench/bench.sh \
	tests/bench/explore.sh tests/bench/grade.sh
CLEANFILES += tests/bench/events tests/bench/frame tests/bench/once \
	tests/bench/pipes \
	tests/bench/runs tests/bench/steps

bench: ipclab$(EXEEXT) tests/bench/events$(EXEEXT) \
		tests/bench/frame$(EXEEXT) tests/bench/once$(EXEEXT) \
		tests/bench/pipes$(EXEEXT) \
		tests/bench/runs$(EXEEXT) tests/bench/steps$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) \
	bash '$(abs_srcdir)/tests/bench/bench.sh' || true
	@tests/bench/events$(EXEEXT) || true
	@$(AM_TESTS_ENVIRONMENT) \
	bash '$(abs_srcdir)/tests/bench/lmbench.sh' || true
	@$(AM_TESTS_ENVIRONMENT) \
	bash '$(abs_srcdir)/tests/bench/explore.sh' || true
	@$(AM_TESTS_ENVIRONMENT) \
	bash '$(abs_srcdir)/tests/bench/grade.sh' || true
.PHONY: bench
