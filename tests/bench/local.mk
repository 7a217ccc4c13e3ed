# Tests of tests/bench/.
