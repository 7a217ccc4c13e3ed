# What hostile submissions get; HOSTILE=all: the slow ones, too.
HOSTILE_TABLES = \
	tests/hostile/a-forgery.cases \
	tests/hostile/b-secrets.cases \
	tests/hostile/c-processes.cases \
	tests/hostile/d-resources.cases \
	tests/hostile/e-compiler.cases \
	tests/hostile/f-kernel.cases \
	tests/hostile/p-controls.cases

TESTS += tests/hostile/hostile.sh tests/hostile/outside.sh
dist_check_SCRIPTS += tests/hostile/hostile.sh tests/hostile/outside.sh
EXTRA_DIST += $(HOSTILE_TABLES) tests/hostile/pack

.PHONY: check-hostile
check-hostile: all
	HOSTILE=all $(MAKE) $(AM_MAKEFLAGS) check \
		TESTS="tests/hostile/hostile.sh tests/hostile/outside.sh"
