# The programs in pairs, searched: what is to be said of each is in `expected`.
explore_tests = tests/explore/elsewhere.sh \
	tests/explore/ended.sh \
	tests/explore/execute.sh \
	tests/explore/explore.sh \
	tests/explore/handlers.sh \
	tests/explore/leaks.sh \
	tests/explore/library.sh \
	tests/explore/names.sh \
	tests/explore/outside.sh \
	tests/explore/remote.sh \
	tests/explore/same.sh \
	tests/explore/sleep.sh \
	tests/explore/spin.sh \
	tests/explore/ways.sh \
	tests/explore/words.sh
TESTS += $(explore_tests)
dist_check_SCRIPTS += $(explore_tests)
EXTRA_DIST += tests/explore/expected tests/explore/judge.sh
# The classic programs: the tests of explore compile them.
EXTRA_DIST += tests/explore/programs
# The same with processes, and more: tests/explore/process/README.
EXTRA_DIST += tests/explore/process

# Programs that wait by looking again and again.
EXTRA_DIST += tests/explore/spin

# The programs of the lessons, sorted.
TESTS += tests/explore/lessons.sh
dist_check_SCRIPTS += tests/explore/lessons.sh
EXTRA_DIST += tests/explore/lessons

# All of them, with many seeds: half an hour on two processors that are idle.
# What has passed is not done again (tests/explore/all.sh).
check-explore: all tests/live/driver_test$(EXEEXT) \
		tests/live/subject$(EXEEXT) tests/live/maker$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) bash '$(abs_srcdir)/tests/explore/all.sh'
	@$(AM_TESTS_ENVIRONMENT) RUNS=20 tests/live/driver_test$(EXEEXT)
.PHONY: check-explore
EXTRA_DIST += tests/explore/all.sh
