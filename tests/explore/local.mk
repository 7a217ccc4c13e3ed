# The classic programs, in pairs: the tests of explore compile them.
EXTRA_DIST += tests/explore/programs
