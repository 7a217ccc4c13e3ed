# Tests speak TAP; each folder of tests lists its own.
TEST_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_COMPILER = bash
# make knows how to make "lessons" from "lessons.sh"; here it must not.
%: %.sh
SH_LOG_DRIVER = $(TEST_LOG_DRIVER)
TEST_EXTENSIONS = .sh
LOG_DRIVER = $(TEST_LOG_DRIVER)
AM_TESTS_ENVIRONMENT = \
	export CK_TAP_LOG_FILE_NAME=- CK_VERBOSITY=silent; \
	export IPCLAB='$(abs_top_builddir)/ipclab'; \
	export SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)'; \
	export LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/tests/lsan.supp:print_suppressions=0';
UNIT_LIBS = libipclab.a $(CHECK_LIBS) $(ALL_LIBS)
LDADD = $(UNIT_LIBS)

# The longest first: make check -j ends sooner.
include tests/hostile/local.mk
include tests/explore/local.mk
include tests/end/local.mk
include tests/live/local.mk
include tests/screen/local.mk
include tests/unit/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk

EXTRA_DIST += tests/lsan.supp tests/report tests/tap.sh
