# Tests of tests/live/.
