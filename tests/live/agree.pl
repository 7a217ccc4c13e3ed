#!/usr/bin/perl
# agree.pl CALLS STRACE EVENTS [BUT [KILLED [WITHOUT]]]: does what ipclab decoded agree
# with strace, call by call?  CALLS is the list of calls_list; STRACE was written
# by `strace -f -xx -s 32 -o`, EVENTS by `ipclab trace --json`.
#
# The two are of two runs: process numbers are replaced by names in order of
# creation (A, A.1, threads A:1), and addresses are left out.  Prints the first
# differences of each actor; exits 0 if there is none, else 1.  Calls that match
# the pattern BUT are left out on both sides: those that a program makes or
# does not make as luck will have it.  Of actors that match KILLED only the
# calls that both runs saw are compared, of those that match WITHOUT none.
use strict;
use warnings;
use JSON::PP;

my ($list, $strace, $events, $but, $killed, $without) = @ARGV;
my %params;
open my $fh, '<', $list or die "$list: $!";
while (<$fh>) { my ($name, @p) = split; $params{$name} = \@p }

# What these return is another number in each run: an address, an id.
my $made = 'mmap|mremap|msgget|semget|shmat|shmget';

# ---- names of processes ----
my (%name, %leader, %born, %threads);
sub born {
	my ($parent, $tid, $thread) = @_;
	my $l = $leader{$parent} // $parent;
	return $tid unless defined $name{$l};	# seen too early: try again
	if ($thread) {
		$leader{$tid} = $l;
		return $name{$tid} = $name{$l} . ':' . ++$threads{$l};
	}
	$leader{$tid} = $tid;
	$threads{$tid} = $born{$tid} = 0;
	return $name{$tid} = $name{$l} . '.' . ++$born{$l};
}
sub who { my $p = shift; return $name{$p} // $p }

# ---- strace ----
sub bytes {
	my $s = shift;
	$s =~ s/\\x([0-9a-f]{2})/chr hex $1/ge;
	return $s;
}

# Split at commas outside of quotes and brackets.
sub arguments {
	my $text = shift;
	my ($depth, $at, @out) = (0, '');
	while ($text =~ /\G("(?:[^"\\]|\\.)*"(?:\.\.\.)?|.)/gs) {
		my $c = $1;
		$depth++ if $c =~ /^[\[{(]$/;
		$depth-- if $c =~ /^[\]})]$/;
		if ($c eq ',' && !$depth) { push @out, $at; $at = ''; next }
		$at .= $c;
	}
	push @out, $at if $at =~ /\S/ || @out;
	s/^\s+|\s+$//g for @out;
	return @out;
}

sub flags_of {
	my ($text, $signal) = @_;
	my ($flags) = $text =~ /flags=([A-Z_|0-9a-fx]+)/;
	my ($exit) = $text =~ /exit_signal=(\w+)/;
	return $flags unless $exit;
	return $exit eq '0' ? $flags : "$flags|$exit" unless $flags eq '0';
	return $exit;
}

# An address of a socket, as ipclab writes it; a port that the kernel chose is
# another in each run (ip(7), "Ephemeral ports").
sub address {
	my $text = address_text(@_);
	$text =~ s/:(\d+)$/$1 >= 32768 ? ':PORT' : ":$1"/e;
	return $text;
}

sub address_text {
	my ($v) = @_;
	return $2 ? '@' . bytes($3) : bytes($3)
		if $v =~ /sa_family=AF_UNIX(, sun_path=(@?)"(.*)"\})/s;
	return 'unnamed' if $v =~ /^\{sa_family=AF_UNIX\}/;
	return bytes($2) . ":$1"
		if $v =~ /htons\((\d+)\), sin_addr=inet_addr\("(.*?)"\)/;
	return '[' . bytes($2) . "]:$1"
		if $v =~ /htons\((\d+)\).*inet_pton\(AF_INET6, "(.*?)"/;
	return "netlink $1" if $v =~ /nl_pid=(\d+)/;
	return $1 if $v =~ /sa_family=(\w+)/;
	return $v;
}

# What goes with a message: descriptors by number, credentials by their name.
sub control {
	my ($v) = @_;
	my @out;
	while ($v =~ /cmsg_type=SCM_RIGHTS, cmsg_data=\[([^\]]*)\]/g) {
		push @out, { SCM_RIGHTS => [split /, /, $1] };
	}
	push @out, 'credentials' while $v =~ /SCM_CREDENTIALS/g;
	return \@out;
}

sub message {	# struct msghdr
	my ($v, $sends) = @_;
	my ($total, %out) = (0);
	$total += $1 while $v =~ /iov_len=(\d+)/g;
	$out{len} = $total;
	return \%out unless $sends;
	$out{name} = address($1) if $v =~ /msg_name=(\{.*?\}), msg_namelen/s;
	$out{control} = control($1) if $v =~ /msg_control=(\[.*\]), msg_c/s;
	return \%out;
}

sub option {	# what setsockopt sets and getsockopt gets
	my ($v) = @_;
	return $1 if $v =~ /^\[(-?\d+)\]$/;
	return ($1 ? 'on' : 'off') . " $2"
		if $v =~ /l_onoff=(\d+), l_linger=(\d+)/;
	return 'credentials' if $v =~ /^\{pid=/;
	return '(bytes)';
}

my %special = (
	# ... of a socket; mmap(2) has another.
	addr => sub { $_[1] =~ /^m/ ? plain($_[0]) : address($_[0]) },
	sops => sub {
		my @ops = $_[0] =~ /sem_num=(\d+), sem_op=(-?\d+), sem_flg=([\w|]+)/g;
		my @list;
		push @list, { sem_num => shift @ops, sem_op => shift @ops,
			sem_flg => shift @ops } while @ops;
		return \@list;
	},
	src_addr => sub { $_[0] eq 'NULL' ? undef : 'ADDR' },
	dest_addr => sub { $_[0] eq 'NULL' ? undef : address($_[0]) },
	msg => sub { message($_[0], $_[1] eq 'sendmsg') },
	msgvec => sub {
		my ($v, $call) = @_;
		my @all = $v =~ /\{msg_hdr=\{(.*?msg_flags=\w+)\}/gs;
		splice @all, 4 if @all > 4;
		return [map { message($_, $call eq 'sendmmsg') } @all];
	},
	# ... of a message queue
	mtype => sub { $_[0] =~ /^\{mtype=(-?\d+)/ ? $1 : plain($_[0]) },
	attr => sub { members($_[0], qw(mq_maxmsg mq_msgsize)) },
	newattr => sub { members($_[0], 'mq_flags') },
	sevp => sub {
		my $v = members($_[0], qw(sigev_notify sigev_signo));
		return $v unless ref $v;
		return { notify => $v->{sigev_notify} }
			if $v->{sigev_notify} =~ /^SIGEV_(THREAD|NONE)$/;
		return { notify => $v->{sigev_notify},
			signo => $v->{sigev_signo} };
	},
	abs_timeout => sub { $_[0] eq 'NULL' ? undef : 'TIME' },
	optval => sub { option($_[0]) },
	optname => sub { $_[0] =~ s/_OLD$//r },
	level => sub { $_[0] },
);

# A set of signals, written one way.  strace counts real-time signals from the
# kernel's first, 32; ipclab from SIGRTMIN, which is 34.  How many are so many
# that those not in the set are named, is each one's own affair.
my @signals = (qw(HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE
	ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM
	PROF WINCH POLL PWR SYS 32 33 RTMIN), map { "RTMIN+$_" } 1 .. 30);
sub set_of {
	my ($not, @names) = @_;
	my %in = map { $_ => 1 } @names;
	my $bits = join '', map { ($not ? !$in{$_} : $in{$_}) ? 1 : 0 } @signals;
	return 'set:' . unpack 'H*', pack 'B64', $bits;
}

sub name_of {
	my ($name) = @_;
	return $name eq 'IO' ? 'POLL' : $name eq 'RTMIN' ? 32 :
		$name =~ /^RT_(\d+)$/ ? ($1 == 1 ? 33 : $1 == 2 ? 'RTMIN' :
			'RTMIN+' . ($1 - 2)) : $name;
}

sub set_of_strace {
	my ($not, $names) = @_;
	return set_of($not, map { name_of($_) } split ' ', $names);
}

sub plain {	# a value as strace shows it, as ipclab would
	my ($v) = @_;
	return 'SIG' . name_of($1) if $v =~ /^SIG(IO|RTMIN|RT_\d+)$/;
	return set_of_strace($1, $2)
		if $v =~ /^(~?)\[((?:[A-Z][A-Z0-9_]*(?: |(?=\])))*)\]$/;
	if ($v =~ /^\{sa_handler=(\w+), sa_mask=(~?\[[^\]]*\]), sa_flags=(\w+(?:\|\w+)*)/) {
		my ($handler, $mask, $flags) = ($1, $2, $3);
		return { handler => $handler =~ /^SIG_(DFL|IGN)/ ? $handler
							       : 'ADDR',
			 mask => plain($mask),
			 flags => join '|', sort split /\|/, $flags };
	}
	return plain($1) if $v =~ /^\{mask=(~?\[[^\]]*\])\}$/;
	return { value => $1 } if $v =~ /^\{si_signo.*si_int=(-?\d+)/;
	return { interval => times_of($1), value => times_of($2) }
		if $v =~ /^\{it_interval=(\{[^}]*\}), it_value=(\{[^}]*\})/;
	return { value => $1, signo => $2, notify => $3 }
		if $v =~ /^\{sigev_value=\{sival_int=(-?\d+).*sigev_signo=(\w+), sigev_notify=(\w+)/;
	return { flags => $1, size => $2 }
		if $v =~ /^\{ss_sp=\w+, ss_flags=([\w|]+), ss_size=(\d+)\}/;
	return bytes($1) if $v =~ /^"(.*)"(?:\.\.\.)?$/s;
	return undef if $v eq 'NULL';
	return "$1." . sprintf('%09d', $2)
		if $v =~ /^\{tv_sec=(-?\d+), tv_nsec=(\d+)\}/;
	return "$1." . sprintf('%06d', $2)
		if $v =~ /^\{tv_sec=(-?\d+), tv_usec=(\d+)\}/;
	return 'ADDR' if $v =~ /^0x[0-9a-f]{6,}/;
	return 'lock' if $v =~ /^\{l_type/;
	if ($v =~ /^\[(".*)\]$/s) { return [map { plain($_) } arguments($1)] }
	if ($v =~ /^\[\{fd=/) {
		my @p = $v =~ /fd=(-?\d+), events=([A-Z|]+)/g;
		my @out;
		while (my ($fd, $ev) = splice @p, 0, 2) {
			push @out, { fd => $fd, events => $ev };
		}
		return \@out;
	}
	return [0 + $1] if $v =~ /^\[(\d+)\]/;
	return [0 + $1, 0 + $2] if $v =~ /^\[(\d+), (\d+)\]$/;
	return $1 << 8 if $v =~ /WEXITSTATUS\(s\) == (\d+)/;
	return signal_number($1) if $v =~ /WTERMSIG\(s\) == (\w+)/;
	return $v;
}

sub times_of {
	my ($v) = @_;
	return "$1." . sprintf('%09d', $2) if $v =~ /tv_sec=(-?\d+), tv_nsec=(\d+)/;
	return "$1." . sprintf('%06d', $2) if $v =~ /tv_sec=(-?\d+), tv_usec=(\d+)/;
	return $v;
}

# As ipclab has it, the same way.
sub signals_of {
	my ($v) = @_;
	if (ref $v eq 'HASH') {
		my %h = map { $_ => signals_of($v->{$_}) } keys %$v;
		$h{flags} = join '|', sort split /\|/, $h{flags}
			if defined $h{flags} && exists $h{handler};
		return \%h;
	}
	return set_of($1, split ' ', $2) if defined $v && !ref $v &&
		$v =~ /^(~?)\[([A-Z0-9 +]*)\]$/;
	return $v;
}

use Config;
sub signal_number {
	my ($name) = @_;
	my @names = split ' ', $Config{sig_name};
	$name =~ s/^SIG//;
	for (0 .. $#names) { return $_ if $names[$_] eq $name }
	return -1;
}

sub seen_by_strace {
	my (%calls, %open, $first);
	open my $in, '<', $strace or die "$strace: $!";
	while (<$in>) {
		chomp;
		my ($tid, $rest) = /^(\d+)\s+(.*)$/ or next;
		if (!defined $first) {
			$first = $tid;
			$name{$tid} = 'A'; $leader{$tid} = $tid;
			$born{$tid} = $threads{$tid} = 0;
		}
		next if $rest =~ /^(---|\+\+\+)/;
		if ($rest =~ /^(.*?)\s*<unfinished \.\.\.>$/) {
			$open{$tid} = $1;
			# Its child may be seen before it is resumed.
			next;
		}
		if ($rest =~ /^<\.\.\. (\w+) resumed>\s?(.*)$/) {
			my $tail = $2;
			my $head = delete $open{$tid};
			next unless defined $head;
			$head .= ' ' if $head =~ /,$/ && $tail !~ /^\)/;
			$rest = $head . $tail;
		}
		next unless $rest =~ /^(\w+)\((.*)\)\s+=\s+(\S+)(?:\s+(E\w+|\(Timeout\)))?/s;
		my ($call, $args, $result, $error) = ($1, $2, $3, $4);
		next unless $params{$call};
		# Private mappings are a program's own affair.
		next if $call eq 'mmap' && $args !~ /MAP_SHARED/;
		$error = '' if !$error || $error !~ /^E/;
		$error = 'ERESTARTSYS' if $rest =~ /= \? ERESTARTSYS/;
		if ($call =~ /^(fork|vfork|clone3?)$/ && $result =~ /^\d+$/) {
			$result = born($tid, $result, $args =~ /CLONE_THREAD/);
		}
		push @{ $calls{$tid} }, [$call, $args, $result, $error];
	}
	return \%calls;
}

# One call as a line of text: what both sides must agree on.
sub show {
	my ($call, $values, $result, $error) = @_;
	my $json = JSON::PP->new->canonical->allow_nonref;
	return join ' ', $call, (map { $json->encode($_) } @$values), '=',
		$result, $error;
}

sub line_of_strace {
	my ($call, $args, $result, $error) = @{ $_[0] };
	my @a = arguments($args);
	my $p = $params{$call};
	my @v;
	if ($call =~ /^clone3?$/) {
		@v = (flags_of($args));
	} elsif ($call =~ /^v?fork$/) {
		@v = ();
	} else {
		for my $i (0 .. $#$p) {
			next if $p->[$i] eq '-' || $i > $#a;
			# What came to nothing, strace does not look into.
			next if $error && $call =~ /^(recvm|getsockopt)/ &&
				$p->[$i] =~ /^(msg|optval)/;
			next if $p->[$i] =~ /^(pipefd|sv|wstatus)$/ &&
				$result !~ /^[1-9]|^0$/;
			next if $p->[$i] eq 'wstatus' && $result eq '0';
			my $v = $special{ $p->[$i] }
				? $special{ $p->[$i] }->($a[$i], $call)
				: plain($a[$i]);
			$v = hex $v if $p->[$i] eq 'offset' &&
				defined $v && $v =~ /^0x/;
			$v = 'ID' if $p->[$i] =~ /^(shm|msq|sem)id$/;
			next if $p->[$i] eq 'wstatus' && !defined $v;
			$v = who($v) if $p->[$i] =~ /^(pid|tid|tgid|id)$/ &&
				defined $v;
			push @v, defined $v ? "$v" eq $v && !ref $v ? "$v" : $v
					    : undef;
		}
	}
	my $data = data_of($call, \@a, $result);
	push @v, $data if defined $data;
	$result = who($result) if $call =~ /^wait/;
	$result = $call =~ /^($made)$/ && !$error ? 'MADE' :
		$result =~ /^0x/ ? hex $result : $result;
	$result = -1 if $error;
	$result = '?' if $call =~ /^exit/;
	($result, $error) = ('AS IT WAS', '') if $call eq 'rt_sigreturn';
	return show($call, [map { same($_) } @v], $result, $error);
}

# Some members of a structure.
sub members {
	my ($v, @names) = @_;
	my %all = $v =~ /\b(\w+)=([^,{}]+)/g;
	return plain($v) unless $v =~ /^\{/;
	return { map { $_ => $all{$_} } @names };
}

# A message: its type or priority, and its bytes.
sub message_of {
	my ($type, $data, $n) = @_;
	$data = substr($data // '', 0, $n);
	return "data:$type:" . join '', map { sprintf '%02x', ord }
		split //, substr($data, 0, 32);
}

sub message_data {
	my ($call, $a, $result) = @_;
	my $n = $call =~ /snd|send/ ? $a->[2] : $result;
	if ($call =~ /^msg/) {
		my ($type, $s) = $a->[1] =~
			/^\{mtype=(-?\d+), mtext="(.*)"(?:\.\.\.)?\}$/s;
		return message_of($type, bytes($s // ''), $n);
	}
	my ($s) = $a->[1] =~ /^"(.*)"(?:\.\.\.)?$/s;
	my $type = $call eq 'mq_timedsend' ? $a->[3] :
		$a->[3] =~ /^\[(\d+)\]$/ ? $1 : '';
	return message_of($type, bytes($s // ''), $n);
}

sub data_of {
	my ($call, $a, $result) = @_;
	return message_data($call, $a, $result) if $result =~ /^\d+$/ &&
		$call =~ /^(msgsnd|msgrcv|mq_timedsend|mq_timedreceive)$/;
	return undef unless $call =~ /^(read|write|pread64|pwrite64|sendto|recvfrom)$/
		&& $result =~ /^\d+$/;
	my ($s) = $a->[1] =~ /^"(.*)"(?:\.\.\.)?$/s;
	$s = substr(bytes($s // ''), 0, $result);
	return 'data:' . join '', map { sprintf '%02x', ord } split //, $s;
}

# Numbers and their texts are the same thing here.
sub same {
	my ($v) = @_;
	return undef unless defined $v;
	if (ref $v eq 'ARRAY') {	# both cut long lists, at other places
		my @some = @$v > 12 ? @$v[0 .. 11] : @$v;
		return [map { same($_) } @some];
	}
	return { map { $_ => same($v->{$_}) } keys %$v } if ref $v eq 'HASH';
	# Names made up at random.
	$v =~ s{/cc\w{6}\b}{/ccRANDOM}g;
	$v =~ s{^/dev/shm/sem\.\w{6}$}{/dev/shm/sem.RANDOM};
	$v =~ s{^st\w{6}$}{stRANDOM};
	$v =~ s{/dbus-\w{10}}{/dbus-RANDOM};
	$v =~ s{^/proc/\d+/}{/proc/PID/};
	$v =~ s{/PostgreSQL\.\d+}{/PostgreSQL.RANDOM};
	$v =~ s{/pg_internal\.init\.\d+}{/pg_internal.init.PID};
	$v =~ s{^/proc/(?:\d+|PID)/map_files/.*}{/proc/PID/map_files};
	$v =~ s{^mq-\d+-}{mq-PID-};
	$v =~ s{/stress-ng-\w+-\w+-\w+}{/stress-ng-RANDOM};
	return length $v > 32 && $v !~ /^data:/ ? substr("$v", 0, 32) : "$v";
}

# ---- ipclab ----
sub seen_by_ipclab {
	my (%calls, %of);
	open my $in, '<', $events or die "$events: $!";
	my $json = JSON::PP->new;
	while (<$in>) {
		my $e = $json->decode($_);
		next unless $e->{what};
		$of{ $e->{pid} } = $e->{actor} =~ s/:\d+$//r
			if $e->{pid} && $e->{what} eq 'start';
		$of{ $e->{tid} } = $e->{actor}
			if $e->{tid} && $e->{what} eq 'start';
		next unless $e->{what} eq 'call';
		push @{ $calls{ $e->{actor} } }, [$e, { %of }];
	}
	return \%calls;
}

sub line_of_ipclab {
	my ($e, $of) = @{ $_[0] };
	my $call = $e->{call};
	my @v;
	my $result = $e->{error} ? -1 : $e->{result} // '?';
	for my $p (@{ $params{$call} // [] }) {
		next if $p eq '-' || !exists $e->{args}{$p};
		next if $call eq 'clone3' && $p eq 'size';
		next if $e->{error} && $call =~ /^recvm/ && $p =~ /^msg/;
		my $v = $e->{args}{$p};
		$v = 'lock' if $call eq 'fcntl' && $p eq 'arg' &&
			defined $v && ($v eq 'ADDR' || ref $v);
		$v = 'ADDR' if defined $v && $v =~ /^0x[0-9a-f]{6,}$/;
		$v = 'ID' if $p =~ /^(shm|msq|sem)id$/;
		$v = 'ADDR' if $call eq 'semctl' && ref $v;
		$v = 'TIME' if $p eq 'abs_timeout' && defined $v;
		delete $v->{value} if $p eq 'sevp' && ref $v;
		$v = $of->{$v} // $v if $p =~ /^(pid|tid|tgid|id)$/;
		$v =~ s/:(\d+)$/$1 >= 32768 ? ':PORT' : ":$1"/e
			if $p =~ /addr$/ && defined $v;
		$v = 'credentials' if $p eq 'optval' && ref $v;
		$v = '(bytes)' if $p eq 'optval' && $v =~ /bytes$|\.\d{6}$/;
		$v->{control} = [map { exists $_->{SCM_CREDENTIALS}
			? 'credentials' : $_ } @{ $v->{control} }]
			if $p eq 'msg' && $v->{control};
		push @v, signals_of($v);
	}
	# A counter's number stands for its bytes.
	$e->{data} = pack 'Q<', $e->{value}
		if $call =~ /^(read|write)$/ && defined $e->{value} &&
			!defined $e->{data};
	if ($call =~ /^(read|write|pread64|pwrite64|sendto|recvfrom)$/ &&
		defined $e->{data}) {
		push @v, 'data:' . join '', map { sprintf '%02x', ord }
			split //, $e->{data};
	}
	if ($call =~ /^(msg|mq_timed)(snd|rcv|send|receive)$/ && !$e->{error}) {
		push @v, message_of($e->{type} // '', $e->{data},
			$e->{bytes});
	}
	$result = $of->{$result} // $result
		if $call =~ /^(fork|vfork|clone3?|wait4)$/ && !$e->{error};
	$result = 'MADE' if $call =~ /^($made)$/ && !$e->{error};
	return show($call, [map { same($_) } @v], 'AS IT WAS', '')
		if $call eq 'rt_sigreturn';
	return show($call, [map { same($_) } @v], $result, $e->{error} // '');
}

# What a random device gave is another thing in each run.
sub without_luck {
	my (%random, @out);
	for (@_) {
		my $line = $_;
		$random{$1} = 1
			if $line =~ m{^open\w* .*"/dev/u?random".* = (\d+) $};
		delete $random{$1} if $line =~ /^close "(\d+)"/;
		$line =~ s/ "data:\w*"// if $line =~ /^read "(\d+)"/ &&
			$random{$1};
		# Which of several children ended first.
		$line =~ s/ = A\S+/ = CHILD/ if $line =~ /^wait4 "-1"/;
		push @out, $line unless $but && $line =~ /$but/;
	}
	return @out;
}

# ---- together ----
my $s = seen_by_strace();
my $i = seen_by_ipclab();
my (%theirs, %ours);
$theirs{ who($_) } = [without_luck(map { line_of_strace($_) } @{ $s->{$_} })] for keys %$s;
$ours{$_} = [without_luck(map { line_of_ipclab($_) } @{ $i->{$_} })] for keys %$i;

my ($differ, $total) = (0, 0);
my %all = map { $_ => 1 } keys %theirs, keys %ours;
for my $actor (sort keys %all) {
	next if $without && $actor =~ /$without/;
	my ($t, $o) = ($theirs{$actor} // [], $ours{$actor} // []);
	my $n = @$t > @$o ? @$t : @$o;
	# One that is killed in the middle: what both did is compared.
	$n = @$t < @$o ? @$t : @$o if $killed && $actor =~ /$killed/;
	$total += $n;
	for my $k (0 .. $n - 1) {
		my ($a, $b) = ($t->[$k] // '(nothing)', $o->[$k] // '(nothing)');
		next if $a eq $b;
		print "$actor, call ", $k + 1, ":\n  strace $a\n  ipclab $b\n";
		$differ++;
		last;
	}
}
printf "%d calls of %d actors, %d actors differ\n", $total,
	scalar keys %all, $differ;
exit($differ ? 1 : 0);
