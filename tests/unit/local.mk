# One program a module, one line each: NAME is built from NAME.c and UNIT_LIBS.
UNIT_TESTS = \
	tests/unit/aside_test \
	tests/unit/assignment_test \
	tests/unit/bench_test \
	tests/unit/book_test \
	tests/unit/canvas_test \
	tests/unit/catalogue_test \
	tests/unit/cells_test \
	tests/unit/choice_test \
	tests/unit/claim_test \
	tests/unit/complete_test \
	tests/unit/condition_test \
	tests/unit/dependency_test \
	tests/unit/docs_test \
	tests/unit/event_test \
	tests/unit/exercise_test \
	tests/unit/exercises_test \
	tests/unit/experiment_test \
	tests/unit/keys_test \
	tests/unit/lesson_test \
	tests/unit/log_test \
	tests/unit/markdown_test \
	tests/unit/message_test \
	tests/unit/mutant_test \
	tests/unit/options_test \
	tests/unit/output_test \
	tests/unit/plan_test \
	tests/unit/processors_test \
	tests/unit/progress_test \
	tests/unit/race_test \
	tests/unit/refused_test \
	tests/unit/report_test \
	tests/unit/result_test \
	tests/unit/save_test \
	tests/unit/schedule_test \
	tests/unit/search_test \
	tests/unit/session_test \
	tests/unit/shorten_test \
	tests/unit/spin_test \
	tests/unit/strategy_test \
	tests/unit/suggest_test \
	tests/unit/tally_test \
	tests/unit/watch_test \
	tests/unit/words_test \
	tests/unit/world_golden_test \
	tests/unit/yaml_test

check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
EXTRA_DIST += tests/unit/bench_figures.h tests/unit/dump.h tests/unit/report tests/unit/unit.h tests/unit/world

tests_unit_session_test_SOURCES = tests/unit/session_test.c \
	tests/unit/fake_tracer.c tests/unit/fake_tracer.h

# Programs of the model machine, for what searches interleavings.
MODEL = tests/unit/schedule/classics.c tests/unit/schedule/classics.h \
	tests/unit/schedule/every.c tests/unit/schedule/every.h \
	tests/unit/schedule/model.c tests/unit/schedule/model.h \
	tests/unit/schedule/objects.c tests/unit/schedule/objects.h
tests_unit_strategy_test_SOURCES = tests/unit/strategy_test.c $(MODEL)
tests_unit_search_test_SOURCES = tests/unit/search_test.c $(MODEL) \
	tests/unit/schedule/made.c tests/unit/schedule/made.h
# The same with more programs made by dice: the numbers FIRST_SEED and so many
# (SEEDS) on, of each taste; an hour and more.  Those that the search misses an
# end of are told as rows for the test what_was_missed_is_reached.
check-search: tests/unit/search_test$(EXEEXT)
	FIRST_SEED=$${FIRST_SEED-1000} SEEDS=$${SEEDS-2000} \
		tests/unit/search_test$(EXEEXT)
.PHONY: check-search
