# The classic programs, in pairs: the tests of explore compile them.
EXTRA_DIST += tests/explore/programs

# The same with processes, and more: tests/explore/process/README.
EXTRA_DIST += tests/explore/process
