# make bench: measures; not a test.
EXTRA_PROGRAMS += \
	tests/bench/frame \
	tests/bench/pipes
tests_bench_frame_LDADD = $(VTERM_LIBS) -lutil
tests_bench_pipes_LDADD =
EXTRA_DIST += tests/bench/bench.sh
CLEANFILES += tests/bench/frame tests/bench/pipes

bench: ipclab$(EXEEXT) tests/bench/frame$(EXEEXT) tests/bench/pipes$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) \
	bash '$(abs_srcdir)/tests/bench/bench.sh' || true
.PHONY: bench
