# libipclab-rt.a, which `ipclab cc` links into subjects.  It is an ordinary
# program's part: never instrumented or sanitized, for executables and shared
# libraries alike.
noinst_LIBRARIES += src/runtime/libwhole.a
src_runtime_libwhole_a_SOURCES = \
	src/runtime/abi.h \
	src/runtime/access.c \
	src/runtime/atomic.c \
	src/runtime/bytes.c \
	src/runtime/c11.c \
	src/runtime/condition.c \
	src/runtime/handler.c \
	src/runtime/inside.h \
	src/runtime/learn.c \
	src/runtime/learn.h \
	src/runtime/memory.c \
	src/runtime/mapping.c \
	src/runtime/once.c \
	src/runtime/operation.h \
	src/runtime/print.c \
	src/runtime/reach.c \
	src/runtime/scan.c \
	src/runtime/semaphore.c \
	src/runtime/server.c \
	src/runtime/start.c \
	src/runtime/thread.c \
	src/runtime/transfer.c \
	src/runtime/wait.h \
	src/runtime/wrapped.h
src_runtime_libwhole_a_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -O2 -fPIC \
	-ftls-model=initial-exec -fno-builtin -fno-stack-protector -fno-omit-frame-pointer \
	-fvisibility=hidden -Wno-missing-prototypes

# Without debug information its frames are not taken for the subject's, and
# no path of the machine that built it is in it.
runtimedir = $(pkglibdir)
nodist_runtime_DATA = libipclab-rt.a libipclab-rt.specs libipclab-rt.list
libipclab-rt.a: src/runtime/libwhole.a
	$(AM_V_GEN)$(STRIP) -g -o $@ src/runtime/libwhole.a
libipclab-rt.specs: src/runtime/gcc.specs
	$(AM_V_GEN)cp $(srcdir)/src/runtime/gcc.specs $@
libipclab-rt.list: src/runtime/exported.list
	$(AM_V_GEN)cp $(srcdir)/src/runtime/exported.list $@
CLEANFILES += libipclab-rt.a libipclab-rt.specs libipclab-rt.list
EXTRA_DIST += src/runtime/exported.list src/runtime/gcc.specs
