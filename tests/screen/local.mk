# Tests of tests/screen/.
