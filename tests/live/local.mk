# Tests with real processes; what this machine lacks is skipped with a reason.
LIVE_CHILD = tests/live/child.c tests/live/child.h

LIVE_TESTS = \
	tests/live/access_test \
	tests/live/cgroup_test \
	tests/live/doctor_test \
	tests/live/orphan_test \
	tests/live/probe_fd_test \
	tests/live/probe_pipe_test \
	tests/live/probe_memory_test \
	tests/live/probe_queue_test \
	tests/live/probe_socket_test \
	tests/live/probe_task_test \
	tests/live/rehearsal_test \
	tests/live/runtime_test \
	tests/live/sandbox_test \
	tests/live/session_test \
	tests/live/similar_test \
	tests/live/source_test

tests_live_access_test_SOURCES = tests/live/access_test.c $(LIVE_CHILD)
tests_live_cgroup_test_SOURCES = tests/live/cgroup_test.c $(LIVE_CHILD)
tests_live_doctor_test_SOURCES = tests/live/doctor_test.c $(LIVE_CHILD)
tests_live_orphan_test_SOURCES = tests/live/orphan_test.c $(LIVE_CHILD)
tests_live_probe_fd_test_SOURCES = tests/live/probe_fd_test.c $(LIVE_CHILD)
tests_live_probe_pipe_test_SOURCES = tests/live/probe_pipe_test.c $(LIVE_CHILD)
tests_live_probe_queue_test_SOURCES = tests/live/probe_queue_test.c $(LIVE_CHILD)
tests_live_probe_socket_test_SOURCES = tests/live/probe_socket_test.c $(LIVE_CHILD)
tests_live_probe_task_test_SOURCES = tests/live/probe_task_test.c $(LIVE_CHILD)
tests_live_rehearsal_test_SOURCES = tests/live/rehearsal_test.c $(LIVE_CHILD)
tests_live_runtime_test_SOURCES = tests/live/runtime_test.c $(LIVE_CHILD)
tests_live_sandbox_test_SOURCES = tests/live/sandbox_test.c $(LIVE_CHILD)
tests_live_session_test_SOURCES = tests/live/session_test.c $(LIVE_CHILD)
tests_live_source_test_SOURCES = tests/live/source_test.c $(LIVE_CHILD)

check_PROGRAMS += $(LIVE_TESTS)
TESTS += $(LIVE_TESTS)
EXTRA_DIST += \
	tests/live/source/inlined.c \
	tests/live/source/plain.c \
	tests/live/source/threads.c

# What the tests of the tracer run: an ordinary program, never sanitized.
check_PROGRAMS += tests/live/subject tests/live/drive_test tests/live/calls_list
TESTS += tests/live/drive_test
check_PROGRAMS += tests/live/driver_test
TESTS += tests/live/driver_test
check_PROGRAMS += tests/live/beginning_test
TESTS += tests/live/beginning_test
tests_live_beginning_test_SOURCES = tests/live/beginning_test.c $(LIVE_CHILD)
check_PROGRAMS += tests/live/footprint_test
TESTS += tests/live/footprint_test
check_PROGRAMS += tests/live/commute_test
TESTS += tests/live/commute_test
tests_live_commute_test_SOURCES = tests/live/commute_test.c \
	tests/live/commute.h tests/live/commute_acts.c \
	tests/live/commute_others.c $(LIVE_CHILD)
tests_live_footprint_test_SOURCES = tests/live/footprint_test.c $(LIVE_CHILD)
tests_live_drive_test_SOURCES = tests/live/drive_test.c $(LIVE_CHILD)
tests_live_driver_test_SOURCES = tests/live/driver_test.c $(LIVE_CHILD)
tests_live_subject_CFLAGS = -g -O0 -pthread
tests_live_subject_LDFLAGS = -pthread
tests_live_subject_LDADD =
check_PROGRAMS += tests/live/session_subject
tests_live_session_subject_CFLAGS = -g -O0 -pthread
tests_live_session_subject_LDFLAGS = -pthread
tests_live_session_subject_LDADD =
check_PROGRAMS += tests/live/sharer
tests_live_sharer_CFLAGS = -g -O0
tests_live_sharer_LDFLAGS = -pthread
tests_live_sharer_LDADD = -lrt
check_PROGRAMS += tests/live/queuer tests/live/mqueuer
tests_live_queuer_CFLAGS = -g -O0
tests_live_queuer_LDFLAGS = -pthread
tests_live_queuer_LDADD =
tests_live_mqueuer_CFLAGS = -g -O0
tests_live_mqueuer_LDFLAGS = -pthread
tests_live_mqueuer_LDADD = -lrt
check_PROGRAMS += tests/live/odd
tests_live_odd_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_live_odd_CFLAGS = -g -O0 -pthread -w
tests_live_odd_LDFLAGS = -pthread
tests_live_odd_LDADD = -lrt
check_PROGRAMS += tests/live/mechanisms
tests_live_mechanisms_CFLAGS = -g -O0 -pthread
tests_live_mechanisms_LDFLAGS = -pthread
tests_live_mechanisms_LDADD =
check_PROGRAMS += tests/live/maker tests/live/refuse
# What sandbox_test runs inside.
check_PROGRAMS += tests/live/confined
tests_live_confined_CFLAGS = -g -O0
tests_live_confined_LDADD =
tests_live_refuse_CFLAGS = $(SECCOMP_CFLAGS)
tests_live_refuse_LDFLAGS = -pthread
tests_live_refuse_LDADD = $(SECCOMP_LIBS)
tests_live_maker_CFLAGS = -g -O0
tests_live_maker_LDFLAGS = -pthread
tests_live_maker_LDADD = -lrt
check_PROGRAMS += tests/live/signals
tests_live_signals_CFLAGS = -g -O0 -pthread
tests_live_signals_LDFLAGS = -pthread
tests_live_signals_LDADD =
LIVE_SHELL_TESTS = \
	tests/live/agree.sh \
	tests/live/cc.sh \
	tests/live/faults.sh \
	tests/live/kill.sh \
	tests/live/lacks.sh \
	tests/live/left.sh \
	tests/live/mechanisms.sh \
	tests/live/odd.sh \
	tests/live/operations.sh \
	tests/live/points.sh \
	tests/live/memory.sh \
	tests/live/lend.sh \
	tests/live/private.sh \
	tests/live/queues.sh \
	tests/live/signals.sh \
	tests/live/user.sh
dist_check_SCRIPTS += $(LIVE_SHELL_TESTS)
TESTS += $(LIVE_SHELL_TESTS)
EXTRA_DIST += tests/live/cc tests/live/agree.pl tests/live/living.sh
