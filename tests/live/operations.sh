#!/bin/bash
# Each function that the runtime stands before, called once: what is told of
# it.  Rows: the row of cc/operations.c, and its operations in the order of
# their ends; without "pthread_", errors behind "=", accesses with what they
# touch.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$tmp" || exit 1

# told PROGRAM ROW
told() {
	timeout 900 "$IPCLAB" trace --driven --private --json -- "$1" "$2" \
		</dev/null 2>err >events
	sed -n 's/.*"what":"call","call":"\(\(sem_\|pthread_\|load\|store\|rmw\)[^"]*\)"\(.*\)/\1\3/p' events |
		sed -n -e '/^\(load\|store\|rmw\)/{
				/"place":"s->/!d
				s/^\([a-z]*\).*"place":"s->\([^"]*\)","size":\([0-9]*\).*/\1(\2:\3)/
			}' -e 's/^\([a-z_]*\),.*"error":"\([A-Z]*\)".*/\1=\2/' \
			-e 's/^\([a-z_]*\),.*/\1/' -e 's/^pthread_//' -e p |
		sed 1d | tr '\n' ' '
}

rows() {
	cat <<-'END'
	sem_wait: sem_wait
	sem_trywait: sem_trywait sem_trywait=EAGAIN
	sem_timedwait: sem_wait sem_timedwait=ETIMEDOUT
	sem_clockwait: sem_clockwait
	sem_post: sem_post
	sem_getvalue: sem_getvalue
	sem_init: sem_init sem_destroy
	sem_open: sem_open sem_post sem_close sem_unlink
	mutex: mutex_lock store(n:8) mutex_unlock
	mutex_trylock: mutex_lock mutex_trylock=EBUSY mutex_unlock
	mutex_timedlock: mutex_lock mutex_timedlock=ETIMEDOUT mutex_unlock
	mutex_clocklock: mutex_lock mutex_clocklock=ETIMEDOUT mutex_unlock
	mutex_init: mutex_init mutex_destroy
	mutex_recursive: mutex_lock mutex_lock mutex_unlock
	mutex_checked: mutex_lock mutex_lock=EDEADLK mutex_unlock mutex_unlock=EPERM
	mutex_robust: mutex_init mutex_lock mutex_lock=EOWNERDEAD mutex_consistent
	cond_wait: create mutex_lock mutex_lock cond_broadcast mutex_unlock mutex_lock cond_wait mutex_unlock
	cond_timedwait: mutex_lock mutex_lock cond_timedwait=ETIMEDOUT mutex_unlock
	cond_clockwait: mutex_lock mutex_lock cond_clockwait=ETIMEDOUT mutex_unlock
	cond_init: cond_init cond_signal cond_destroy
	rwlock: rwlock_rdlock rwlock_tryrdlock rwlock_trywrlock=EBUSY rwlock_timedwrlock=ETIMEDOUT rwlock_clockwrlock=ETIMEDOUT rwlock_unlock rwlock_unlock
	rwlock_write: rwlock_wrlock rwlock_timedrdlock=EDEADLK rwlock_clockrdlock=EDEADLK
	rwlock_init: rwlock_init rwlock_destroy
	barrier: barrier_init create barrier_wait barrier_wait join barrier_destroy
	spin: spin_lock spin_trylock=EBUSY spin_unlock
	once: once load(n:8) store(n:8) once once
	detach: create detach
	exit: create load(n:8) store(n:8) join
	cancel: create mutex_lock store(n:8) mutex_unlock cancel mutex_lock mutex_lock mutex_unlock join
	tryjoin: create tryjoin_np=EBUSY mutex_lock timedjoin_np=ETIMEDOUT clockjoin_np=ETIMEDOUT
	mtx: mutex_init mutex_lock mutex_trylock=EBUSY mutex_timedlock=ETIMEDOUT mutex_unlock mutex_destroy
	cnd: cond_init mutex_init mutex_lock mutex_lock cond_timedwait=ETIMEDOUT cond_signal cond_broadcast mutex_unlock cond_destroy
	call_once: once load(n:8) store(n:8) once once
	thrd: create join
	memcpy: load(b:4) store(a:4)
	memmove: load(b:4) store(a:4)
	mempcpy: load(b:4) store(a:4)
	memset: store(a:4)
	memcmp: load(a:4) load(b:4)
	memchr: load(a:4)
	bcopy: load(a:4) store(b:4)
	bzero: store(a:4)
	explicit_bzero: store(a:4)
	strlen: load(a:5)
	strcpy: load(b:3) store(a:3)
	stpcpy: load(b:3) store(a:3)
	strncpy: load(b:2) store(a:2)
	strcat: load(a:5) load(b:2) store(a:2) store(a[6]:1)
	strcmp: load(a:5) load(b:3)
	strchr: load(a:5)
	strstr: load(a:5) load(b:3)
	strdup: load(a:5)
	strtol: load(a:5)
	atoi: load(a:5)
	strtok: rmw(a:5)
	strspn: load(a:5) load(b:3)
	qsort: load(a:2) store(a:2)
	sprintf: load(b:3) store(a:3)
	snprintf: store(a:3)
	printf: load(a:5)
	sscanf: store(n:8) store(a:3)
	sscanf_width: store(n:2) store(a[0]:1) store(b:2)
	vfprintf: load(a:5)
	puts: load(a:5)
	unaligned: store(a:4)
	volatile: store(n:8)
	increment: load(n:8) store(n:8)
	atomic: rmw(n:8)
	read: store(a:4)
	write: load(a:4)
	readv: store(a:4)
	writev: load(a:4)
	recv: store(a:4)
	recvfrom: store(a:4)
	send: load(a:8)
	sendto: load(a:8)
	fread: store(a:4)
	fwrite: load(a:4)
	fgets: store(a:4)
	msgsnd: store(n:8) load(n:8) store(n:8)
	mq: load(a:4) store(a:4)
	memory: store(n:8)
	END
}

"$IPCLAB" trace --driven -- true >out 2>&1
if [ $? -eq 3 ]; then
	skip ptrace "what each function tells is looked at"
	finish
fi
for compiler in gcc clang; do
	need $compiler "$compiler: what each function tells" || continue
	CC=$compiler "$IPCLAB" cc -w "$SRCDIR/tests/live/cc/operations.c" \
		-o "$compiler-rows"
	while IFS=: read -r row expected; do
		same "$compiler: $row" "$expected" \
			"$(told "./$compiler-rows" "$row" | sed 's/ $//')"
	done < <(rows | sed 's/: /:/')
	# gcc says the store first, and then the load; what the runtime tells
	# behind it is the store that is made.
	# clang copies by a function, which goes word by word.
	while read -r row bytes words; do
		whole="load(b:$bytes) store(a:$bytes)"
		[ $compiler = gcc ] ||
			whole=$(for ((i = 0; i < words; i++)); do
				printf ' load(b:8) store(a:8)'
			done)
		same "$compiler: a structure of $bytes bytes that is copied" \
			"${whole# }" "$(told "./$compiler-rows" "$row" |
				sed "s/^store(a:$bytes) //; s/ $//")"
	done <<<"copy_struct 24 3
copy_pair 16 2"
done
same "every row is looked at" \
	"$(sed -n '/^#define ROWS/,/^#define ROW(/s/^\tX(\([a-z_0-9]*\),.*/\1/p' \
		"$SRCDIR/tests/live/cc/operations.c" | sort)" \
	"$( (rows | sed 's/:.*//'; echo copy_struct; echo copy_pair) | sort)"
finish
