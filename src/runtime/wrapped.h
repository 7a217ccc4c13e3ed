/*
 * The functions of the C library that the runtime stands before.  `ipclab cc`
 * gives the linker one --wrap=NAME each: a program's call of NAME comes to
 * __wrap_NAME, and that calls __real_NAME (ld(1)).  So it works in static
 * programs too, and needs no look-up while the program runs.
 *
 * mmap() and its like are replaced instead (mapping.c): shared libraries' own
 * calls of them matter as well.
 */
#ifndef RUNTIME_WRAPPED_H
#define RUNTIME_WRAPPED_H

#include "runtime/abi.h"

/* By the C standard that is asked for they have other names.  */
#define RT_WRAPPED_SCANS(X) \
	X(sscanf) X(fscanf) X(scanf) X(vsscanf) X(vfscanf) X(vscanf) \
	X(__isoc99_sscanf) X(__isoc99_fscanf) X(__isoc99_scanf) \
	X(__isoc99_vsscanf) X(__isoc99_vfscanf) X(__isoc99_vscanf) \
	X(__isoc23_sscanf) X(__isoc23_fscanf) X(__isoc23_scanf) \
	X(__isoc23_vsscanf) X(__isoc23_vfscanf) X(__isoc23_vscanf)

/* Bytes and strings.  */
#define RT_WRAPPED_BYTES(X) \
	X(memcpy) X(memmove) X(mempcpy) X(memset) X(memcmp) X(memchr) \
	X(bcopy) X(bzero) X(bcmp) X(explicit_bzero) \
	X(strlen) X(strnlen) X(strcpy) X(stpcpy) X(strncpy) X(strcat) \
	X(strncat) X(strcmp) X(strncmp) X(strcasecmp) X(strncasecmp) \
	X(strchr) X(strrchr) X(strstr) X(strdup) X(strndup) X(atoi) X(atol) \
	X(atoll) X(atof) X(strtol) X(strtoul) X(strtoll) X(strtoull) \
	X(strtod) X(strspn) X(strcspn) X(strpbrk) X(strcasestr) X(memrchr) \
	X(memmem) X(strtok) X(strtok_r) X(strsep) X(qsort) \
	X(puts) X(fputs) X(printf) X(fprintf) X(dprintf) \
	X(vprintf) X(vfprintf) X(vdprintf) \
	X(sprintf) X(snprintf) X(vsprintf) X(vsnprintf) \
	X(__isoc23_strtol) X(__isoc23_strtoul) X(__isoc23_strtoll) \
	X(__isoc23_strtoull) \
	RT_WRAPPED_SCANS(X)

/* Memory.  */
#define RT_WRAPPED_MEMORY(X) \
	X(malloc) X(calloc) X(realloc) X(reallocarray) X(memalign) \
	X(aligned_alloc) X(posix_memalign) X(free)

/* What fills memory, or hands it on.  */
#define RT_WRAPPED_TRANSFER(X) \
	X(read) X(pread) X(pread64) X(recv) X(recvfrom) X(mq_receive) \
	X(mq_timedreceive) X(fread) X(write) X(pwrite) X(pwrite64) X(send) \
	X(sendto) X(mq_send) X(mq_timedsend) X(fwrite) X(fgets) X(msgsnd) \
	X(msgrcv) X(readv) X(writev) X(recvmsg) X(sendmsg) X(getline) \
	X(getdelim) X(__getdelim)

/* Threads of ISO C.  */
#define RT_WRAPPED_C11(X) \
	X(mtx_init) X(mtx_destroy) X(mtx_lock) X(mtx_trylock) \
	X(mtx_timedlock) X(mtx_unlock) X(cnd_init) X(cnd_destroy) \
	X(cnd_signal) X(cnd_broadcast) X(cnd_wait) X(cnd_timedwait) \
	X(call_once) X(thrd_create) X(thrd_join) X(thrd_detach)

/* What sets handlers of signals.  */
#define RT_WRAPPED_HANDLERS(X) X(sigaction) X(signal) X(__sysv_signal)

/* The operations, what else can change the mappings, and where it begins.  */
#define RT_WRAPPED(X) \
	RT_WRAPPED_BYTES(X) RT_WRAPPED_MEMORY(X) RT_WRAPPED_TRANSFER(X) \
	RT_WRAPPED_C11(X) RT_WRAPPED_HANDLERS(X) RT_OPERATIONS(X) X(syscall) X(main)

#endif
