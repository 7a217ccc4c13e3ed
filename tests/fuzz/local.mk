# Tests of tests/fuzz/.
