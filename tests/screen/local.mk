# Tests of tests/screen/.
SCREEN_TESTS = \
	tests/screen/bench_test \
	tests/screen/homework_test \
	tests/screen/lesson_test \
	tests/screen/show_test \
	tests/screen/stage_test

check_PROGRAMS += $(SCREEN_TESTS)
TESTS += $(SCREEN_TESTS)
EXTRA_DIST += tests/screen/golden.h tests/screen/fill.c tests/screen/fill.events tests/screen/golden \
	tests/screen/clock.c tests/screen/clock.events \
	tests/screen/door.c tests/screen/door.events \
	tests/screen/locks.c tests/screen/locks.events \
	tests/screen/mail.c tests/screen/mail.events \
	tests/screen/meet.c tests/screen/meet.events \
	tests/screen/props.c tests/screen/props.events \
	tests/screen/signals.c tests/screen/signals.events \
	tests/screen/three.events
