#!/bin/bash
# What ipclab trace decodes agrees with strace, call by call, on programs that
# we did not write.  The two cannot watch one run (a process has one tracer),
# and two runs of one program may differ by themselves; so each program gets
# some tries until two runs are seen that agree in every call.
. "$SRCDIR/tests/tap.sh"

TRIES=12
export PERL_HASH_SEED=0
dir=$tmp
need strace 'decoding agrees with strace' || finish
need perl 'decoding agrees with strace' || finish

list=$BUILDDIR/tests/live/calls_list
"$list" >"$dir/calls"
names=$(cut -d' ' -f1 "$dir/calls" | tr '\n' ,)

mkdir "$dir/tree"
for i in 1 2 3 4; do
	echo "int f$i(int a) { return a + $i; }" >"$dir/tree/f$i.c"
done
cat >"$dir/tree/Makefile" <<'END'
libf.a: f1.o f2.o f3.o f4.o
	ar cr $@ $^
END
git -c init.defaultBranch=main init -q "$dir/repo"
(cd "$dir/repo" && echo text >file && git add file &&
	git -c user.name=a -c user.email=a@b commit -qm one)

run_both() { # N COMMAND...: one run of each
	local n=$1
	shift
	rm -f "$dir"/tree/*.o "$dir"/tree/*.a
	(cd "$dir" && strace -f --seccomp-bpf -xx -s 32 -e trace="${names%,}" \
		-o "$dir/strace.$n" "$@" </dev/null >/dev/null 2>&1)
	rm -f "$dir"/tree/*.o "$dir"/tree/*.a
	(cd "$dir" && "$IPCLAB" trace --json -o "$dir/events.$n" -- "$@" \
		</dev/null >/dev/null 2>&1)
}

compare() { # N M: their calls side by side
	perl "$SRCDIR/tests/live/agree.pl" "$dir/calls" "$dir/strace.$1" \
		"$dir/events.$2" "$but" "$killed" "$without" >"$dir/differ"
}

# The newest run of each, with all of the other: some programs have many ways
# to run, and two that went the same way may be far apart.
any_agree() { # N
	local i
	for ((i = $1; i > 0; i--)); do
		compare "$1" "$i" && return
		[ "$i" -eq "$1" ] || ! compare "$i" "$1" || return 0
	done
	return 1
}

but='^(futex|rt_sigreturn) '
# Actors that are killed half-way.
killed=
# Actors that are not compared.
without=
agrees() { # TITLE COMMAND...; $but: calls left out
	title=$1
	shift
	try=1
	while [ $try -le $TRIES ]; do
		run_both $try "$@"
		if any_agree $try; then
			ok "$title ($(tail -n 1 "$dir/differ"))"
			return
		fi
		try=$((try + 1))
	done
	not_ok "$title" "$(head -n 12 "$dir/differ")"
}

agrees 'a shell pipeline' sh -c 'echo hi | cat | wc -c'
agrees 'a longer one' sh -c 'ls / | sort -r | head -n 3 | tr a-z A-Z'
agrees 'FIFOs in a shell' sh -c 'mkfifo f; (echo x >f) & cat <f; rm f'
agrees 'git log' git -C repo log --oneline
agrees 'git status' git -C repo status
# Which job ends first decides when make looks for ended children, waits for
# a token, and which job has the real standard input.
but='^(futex|rt_sigreturn) |^(pselect6|wait4 .*WNOHANG|read "[0-9]+" "1"|dup2 "[0-9]+" "0")|ERESTART|EINTR'
agrees 'make -j2' make -s -j2 -C tree
but='^(futex|rt_sigreturn) '
agrees 'tar | gzip' sh -c 'tar cf - repo | gzip -n | wc -c'
# How many of the two have ended when bash's handler of SIGCHLD looks.
but='^(futex|rt_sigreturn) |^wait4 .*WNOHANG|ERESTART|EINTR'
agrees 'process substitution' bash -c 'cat <(echo a) <(echo b)'
but='^(futex|rt_sigreturn) '
agrees 'perl with fork and pipes' perl -e 'pipe R, W; if (!fork) {
	close R; print W "hello\n" x 5; exit 3 }
	close W; print while <R>; wait; print $? >> 8; print qx(echo sub)'
agrees 'perl with sockets' perl -MIO::Socket::INET -MIO::Socket::UNIX -e '
	my $l = IO::Socket::INET->new(Listen => 3, LocalAddr => "127.0.0.1",
		ReuseAddr => 1) or die;
	my $c = IO::Socket::INET->new(PeerAddr => "127.0.0.1",
		PeerPort => $l->sockport) or die;
	my $s = $l->accept; syswrite $c, "hello"; sysread $s, $_, 99;
	$s->shutdown(1); sysread $c, $_, 1;
	unlink "p.sock"; my $u = IO::Socket::UNIX->new(Type => SOCK_DGRAM,
		Local => "p.sock") or die;
	my $v = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => "p.sock");
	$v->send("one"); $v->send("two"); $u->recv($_, 99); unlink "p.sock"'
agrees 'a program with 8 threads' perl -Mthreads -e '
	my @t = map { my $i = $_; threads->create(sub {
		syswrite STDOUT, "thread $i\n" for 1 .. 20 }) } 1 .. 8;
	$_->join for @t'
agrees 'shared memory of every kind' "$BUILDDIR/tests/live/sharer"
agrees 'System V memory in perl' perl -MIPC::SysV=:all -e '
	my $id = shmget IPC_PRIVATE, 100, IPC_CREAT | 0600;
	if (!fork) { shmwrite $id, "hello", 0, 5; exit 0 }
	wait; shmread $id, my $x, 0, 5; print $x; shmctl $id, IPC_RMID, 0'
if PATH=/usr/bin:/bin python3 -c 'import multiprocessing.shared_memory' 2>/dev/null; then
	but='^(futex|epoll_create1) '
	agrees 'shared memory in python' "$(PATH=/usr/bin:/bin command -v \
		python3)" -c 'if 1:
		import os
		from multiprocessing import shared_memory, resource_tracker
		resource_tracker.register = lambda *a: None
		resource_tracker.unregister = lambda *a: None
		m = shared_memory.SharedMemory("ipclab-agree", True, 8192)
		m.buf[:5] = b"hello"
		if os.fork() == 0:
			m.buf[0] = 74
			os._exit(0)
		os.wait()
		print(bytes(m.buf[:5]))
		m.close()
		m.unlink()'
else
	skip python3 'shared memory in python'
fi
# How often one looks whether the other is done is another thing each time.
but='^(futex|nanosleep|clock_nanosleep|socket|recvfrom|rt_sig\w+) |ERESTART|EINTR|MSG_INFO|EIDRM|^msgrcv "ID" "100" "4"'
agrees 'a System V queue' "$BUILDDIR/tests/live/queuer"
agrees 'a POSIX queue' "$BUILDDIR/tests/live/mqueuer"
# ipcmk takes a key at random, and numbers of queues grow.
but='^(mmap|futex|rt_sig\w+|read|write|msgget) |locale|^execve'
agrees 'ipcmk, ipcs, ipcrm' sh -c '
	id=$(ipcmk -Q | tr -cd 0-9); ipcs -q -i $id >/dev/null; ipcrm -q $id'
agrees 'a System V queue in perl' perl -MIPC::SysV=:all -MIPC::Msg -e '
	my $q = IPC::Msg->new(IPC_PRIVATE, IPC_CREAT | 0600) or die;
	$q->snd(3, "three"); $q->snd(1, "one"); $q->rcv($_, 99, -3);
	if (!fork) { $q->snd(2, "from a child"); exit 0 }
	$q->rcv($_, 99, 2); wait; $q->rcv($_, 99, 9, IPC_NOWAIT);
	$q->stat; $q->remove'
but='^(futex|read|write|connect|pipe2|poll|rt_sig\w+|sigaltstack|kill|msgctl|wait4) |MSG_COPY|^msgget .*SHM_HUGETLB|^msgget .*IPC_NOWAIT|ERESTART|EINTR|EIDRM'
killed='^A[.]1[.]1$'
for test in msg mq; do
	if ! command -v stress-ng >/dev/null; then
		skip stress-ng "stress-ng --$test"
		continue
	fi
	agrees "stress-ng --$test" stress-ng --seed 1 --$test 1 \
		--$test-ops 5
done
killed=
# It writes the numbers of its processes, makes keys of them, and tries an
# operation that there is not.
but='^(futex|read|write|connect|shmget) |^shmctl "ID" "(IPC_64|ADDR|IPC_INFO|SHM_)'
for test in shm shm-sysv mmapfork; do
	if ! command -v stress-ng >/dev/null; then
		skip stress-ng "stress-ng --$test"
		continue
	fi
	agrees "stress-ng --$test" stress-ng --seed 1 --$test 1 \
		--$test-ops 1 --$test-bytes 1M
done
# When a child's end is told is a matter of luck; all else is not.
but='^(futex|rt_sigreturn) '
# Not the one with System V semaphores: under strace the end of a child breaks
# off its semop, which we make again, as it would go on untraced.
for word in named counter lock timer; do
	agrees "small programs: $word" "$BUILDDIR/tests/live/mechanisms" $word
done
agrees 'flock runs a command' flock "$dir/lock" true

agrees 'timeout ends a sleep' timeout 1 sleep 5
agrees 'bash with traps' bash -c 'trap "echo usr1" USR1; trap "" HUP
	trap "echo end" EXIT; kill -USR1 $$; kill -HUP $$; (exit 3)
	trap - USR1; echo $?'
agrees 'perl with signals' perl -MPOSIX -e '
	my $n = 0; $SIG{USR1} = sub { $n++ }; $SIG{ALRM} = "IGNORE";
	my $set = POSIX::SigSet->new(SIGUSR1);
	sigprocmask(SIG_BLOCK, $set); kill USR1 => $$ for 1 .. 5;
	sigprocmask(SIG_UNBLOCK, $set); print "$n\n"; alarm 0;
	if (!fork) { kill TERM => $$; sleep 9 } wait; print $? & 127'
if need python3 'signals of python'; then
	# Not a wrapper of it.
	python=$(python3 -c 'import sys; print(sys.executable)')
	agrees 'python with signals' "$python" -c '
import os, signal
got = []
signal.signal(signal.SIGUSR1, lambda s, f: got.append(s))
signal.setitimer(signal.ITIMER_REAL, 60, 0.5)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
os.kill(os.getpid(), signal.SIGUSR2)
print(signal.sigwaitinfo([signal.SIGUSR2]).si_signo)
os.kill(os.getpid(), signal.SIGUSR1)
print(got)'
fi

# ---- programs that talk through sockets ----
but='^(futex|rt_sigreturn) '
agrees 'bash and /dev/tcp' perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(Listen => 1,
		LocalAddr => "127.0.0.1") or die;
	$ENV{PORT} = $l->sockport;
	if (!fork) { exec "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\$PORT
		echo hi >&3; read x <&3; echo \$x" }
	my $s = $l->accept; $_ = <$s>; print $s "you said $_"; close $s;
	wait'
if need python3 'sockets of python'; then
	python=$(python3 -c 'import sys; print(sys.executable)')
	agrees 'python socketserver' "$python" -c '
import os, socket, socketserver
class H(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline().upper())
s = socketserver.TCPServer(("127.0.0.1", 0), H)
if os.fork() == 0:
    c = socket.create_connection(s.server_address)
    c.sendall(b"hello\n")
    print(c.recv(99))
    os._exit(0)
s.handle_request()
os.wait()'
	agrees 'python multiprocessing' "$python" -c '
import multiprocessing
def double(c):
    c.send(c.recv() * 2)
a, b = multiprocessing.Pipe()
p = multiprocessing.get_context("fork").Process(target=double, args=(b,))
p.start()
a.send(21)
print(a.recv())
p.join()'
fi
# What is in a pid file, in a log, in the names of a bus, and how long one
# waits, is another thing each time.
but='^(futex|rt_sigreturn|rt_sigprocmask|read|write|pread64|pwrite64) |^(sendmsg|recvmsg|sendto|recvfrom|poll|epoll_\w+|getrandom) |F_SETOWN|ERESTART|EINTR'
if command -v dbus-run-session >/dev/null &&
		command -v dbus-send >/dev/null; then
	agrees 'a D-Bus session with one call' dbus-run-session -- dbus-send \
		--session --print-reply --dest=org.freedesktop.DBus / \
		org.freedesktop.DBus.ListNames
else
	skip dbus 'a D-Bus session with one call'
fi
but='^(futex|rt_sigreturn|rt_sigprocmask|pread64|pwrite64|poll|epoll_wait) |^write "2"|F_SETOWN|ERESTART|EINTR'
nginx=$(PATH=$PATH:/usr/sbin command -v nginx)
if [ -n "$nginx" ] && command -v curl >/dev/null; then
	user=
	[ "$(id -u)" != 0 ] || user='user root;'
	mkdir "$dir/www"
	echo hello >"$dir/www/index.html"
	cat >"$dir/nginx.conf" <<-END
		error_log $dir/nginx.log; pid $dir/nginx.pid;
		worker_processes 1; $user events { worker_connections 16; }
		http { access_log off;
			client_body_temp_path $dir/t1; proxy_temp_path $dir/t2;
			fastcgi_temp_path $dir/t3; uwsgi_temp_path $dir/t4;
			scgi_temp_path $dir/t5;
			server { listen unix:$dir/www.sock; root $dir/www; } }
	END
	agrees 'nginx serves a page' sh -c "
		$nginx -c $dir/nginx.conf
		curl -s --unix-socket $dir/www.sock http://page/
		$nginx -c $dir/nginx.conf -s quit
		while [ -e $dir/nginx.pid ]; do sleep 1; done"
else
	skip 'nginx, curl' 'nginx serves a page'
fi
# pg_ctl looks for the server's pid file until it is there, or gone.
but='^(futex|rt_sigreturn|rt_sigprocmask|read|write|pread64|pwrite64) |^(kill|epoll_wait|wait4|poll|select|clock_nanosleep|lseek) |F_SETOWN|ERESTART|EINTR'
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
as=
if [ "$(id -u)" = 0 ]; then	# PostgreSQL does not run as root
	as='setpriv --reuid nobody --regid nogroup --clear-groups'
fi
if [ -n "$postgres" ] && command -v psql >/dev/null; then
	mkdir -m 777 "$dir/pg"
	chmod 755 "$dir"
	$as "$postgres/initdb" -D "$dir/pg/data" -A trust -U me \
		>"$dir/initdb" 2>&1
	cat >"$dir/pg/run" <<-END
		PATH=$postgres:\$PATH; cd $dir/pg
		pg_ctl -s -w -D data -l log -o "-k $dir/pg \\
			-c listen_addresses= -c autovacuum=off" start
		psql -h $dir/pg -U me -Atc 'select 6 * 7' postgres
		pg_ctl -s -w -D data -m fast stop
	END
	without='^A[.][13]$'
	agrees 'PostgreSQL answers a query' $as sh "$dir/pg/run"
	without=
else
	skip postgresql 'PostgreSQL answers a query'
fi
finish
