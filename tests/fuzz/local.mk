# Fuzz targets: NAME_fuzz.c has LLVMFuzzerTestOneInput().  Configured with
# --enable-fuzzing (and CC=clang) they are libFuzzer programs; otherwise each
# replays tests/fuzz/corpus/NAME/ and is a test of make check.
FUZZ_TARGETS = \
	tests/fuzz/assignment_fuzz \
	tests/fuzz/answers_fuzz \
	tests/fuzz/archive_fuzz \
	tests/fuzz/breaker_fuzz \
	tests/fuzz/choice_fuzz \
	tests/fuzz/condition_fuzz \
	tests/fuzz/event_fuzz \
	tests/fuzz/exercise_fuzz \
	tests/fuzz/figures_fuzz \
	tests/fuzz/header_fuzz \
	tests/fuzz/lesson_fuzz \
	tests/fuzz/manifest_fuzz \
	tests/fuzz/message_fuzz \
	tests/fuzz/mutant_fuzz \
	tests/fuzz/result_fuzz \
	tests/fuzz/roster_fuzz \
	tests/fuzz/schedule_fuzz \
	tests/fuzz/settings_fuzz \
	tests/fuzz/sigset_fuzz \
	tests/fuzz/tape_fuzz \
	tests/fuzz/times_fuzz \
	tests/fuzz/world_fuzz
check_PROGRAMS += $(FUZZ_TARGETS)
if FUZZING
FUZZ_LIBS = $(UNIT_LIBS)
FUZZ_LINK = $(SAN_FLAGS) -fsanitize=fuzzer
else
check_LIBRARIES = tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c
FUZZ_LIBS = tests/fuzz/libreplay.a $(UNIT_LIBS)
FUZZ_LINK = $(SAN_FLAGS)
TESTS += $(FUZZ_TARGETS)
endif
tests_fuzz_assignment_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_assignment_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_roster_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_roster_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_answers_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_answers_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_event_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_event_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_exercise_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_exercise_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_result_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_result_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_figures_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_figures_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_header_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_header_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_lesson_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_lesson_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_message_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_message_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_mutant_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_mutant_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_tape_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_tape_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_choice_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_choice_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_schedule_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_schedule_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_condition_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_condition_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_sigset_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_sigset_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_world_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_world_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_settings_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_settings_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_archive_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_archive_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_breaker_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_breaker_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_manifest_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_manifest_fuzz_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_times_fuzz_LDADD = $(FUZZ_LIBS)
tests_fuzz_times_fuzz_LDFLAGS = $(FUZZ_LINK)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/fuzz.h
