# Shell tests, one line each: they run $IPCLAB and look at what comes out.
END_TESTS = \
	tests/end/aarch64.sh \
	tests/end/aside.sh \
	tests/end/assignment.sh \
	tests/end/author_exercise.sh \
	tests/end/bench.sh \
	tests/end/confined.sh \
	tests/end/class.sh \
	tests/end/exercise.sh \
	tests/end/exercises.sh \
	tests/end/gradebook.sh \
	tests/end/judge.sh \
	tests/end/explore.sh \
	tests/end/explore_faults.sh \
	tests/end/explore_sandbox.sh \
	tests/end/faults.sh \
	tests/end/grade.sh \
	tests/end/grade_faults.sh \
	tests/end/grade_same.sh \
	tests/end/headers.sh \
	tests/end/install.sh \
	tests/end/lab.sh \
	tests/end/layering.sh \
	tests/end/lessons.sh \
	tests/end/map.sh \
	tests/end/limits.sh \
	tests/end/messages.sh \
	tests/end/modes.sh \
	tests/end/report.sh \
	tests/end/scripts.sh \
	tests/end/slurm.sh \
	tests/end/stage.sh \
	tests/end/submit.sh \
	tests/end/tables.sh \
	tests/end/terminal.sh \
	tests/end/trace.sh \
	tests/end/writing.sh

TESTS += $(END_TESTS)
dist_check_SCRIPTS += $(END_TESTS)
EXTRA_DIST += tests/end/grade tests/end/grading.sh
EXTRA_DIST += tests/end/golden tests/end/hostile.c tests/end/lessons \
	tests/end/screen.sh

# Results a hundred times, byte for byte: some minutes.
check-grade: all
	@$(AM_TESTS_ENVIRONMENT) export GRADE_RUNS=100; \
	bash '$(abs_srcdir)/tests/end/grade_same.sh'
.PHONY: check-grade
