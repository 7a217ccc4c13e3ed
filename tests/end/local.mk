# Tests of tests/end/.
