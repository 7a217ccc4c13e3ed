# Tests of tests/unit/.
