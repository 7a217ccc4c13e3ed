libipclab_a_SOURCES += \
	src/tracer/ability.c \
	src/tracer/ability.h \
	src/tracer/args.c \
	src/tracer/args_socket.c \
	src/tracer/args_socket.h \
	src/tracer/args.h \
	src/tracer/calls.c \
	src/tracer/calls.h \
	src/tracer/choose.c \
	src/tracer/decode.c \
	src/tracer/decode.h \
	src/tracer/decode_bytes.c \
	src/tracer/decode_files.c \
	src/tracer/decode_message.c \
	src/tracer/decode_memory.c \
	src/tracer/decode_process.c \
	src/tracer/decode_socket.c \
	src/tracer/decode_futex.c \
	src/tracer/decode_semaphore.c \
	src/tracer/decode_signal.c \
	src/tracer/decode_runtime.c \
	src/tracer/drive.c \
	src/tracer/drive.h \
	src/tracer/filter.c \
	src/tracer/flags.c \
	src/tracer/flags.h \
	src/tracer/foresee.c \
	src/tracer/foresee_socket.c \
	src/tracer/foresee_lock.c \
	src/tracer/free.c \
	src/tracer/life.c \
	src/tracer/limit.c \
	src/tracer/made.c \
	src/tracer/maps.c \
	src/tracer/memory.c \
	src/tracer/namespace.c \
	src/tracer/namespace.h \
	src/tracer/operation.c \
	src/tracer/out.c \
	src/tracer/pending.c \
	src/tracer/points.c \
	src/tracer/runtime.h \
	src/tracer/settle.c \
	src/tracer/socket_names.c \
	src/tracer/sockets.c \
	src/tracer/sockets.h \
	src/tracer/socket_names.h \
	src/tracer/show_signal.c \
	src/tracer/show_signal.h \
	src/tracer/source.c \
	src/tracer/source.h \
	src/tracer/source_line.c \
	src/tracer/source_line.h \
	src/tracer/spawn.c \
	src/tracer/state.c \
	src/tracer/state_memory.c \
	src/tracer/stop.c \
	src/tracer/tasks.c \
	src/tracer/things.c \
	src/tracer/trace.h \
	src/tracer/tracer.c \
	src/tracer/tracer.h \
	src/tracer/virtual.c \
	src/tracer/virtual_timer.c
	src/tracer/variable.c \
	src/tracer/variable.h \
	src/tracer/virtual.c
if AARCH64
libipclab_a_SOURCES += src/tracer/regs_aarch64.c
else
libipclab_a_SOURCES += src/tracer/regs_x86_64.c
endif
