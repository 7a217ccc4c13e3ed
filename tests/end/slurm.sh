#!/bin/bash
# The scripts of docs/courses.md, as they stand there: a class of sixty through
# a real Slurm of one node, of which a job is killed in the middle; through GNU
# parallel; and in one process.  All make the same.
#
# Everything of Slurm is in this test's folder: its key, its ports, its state.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1
chmod 755 "$tmp"

# extract NAME: the block of the page that is to be called so.
extract() {
	sed -n "/^<!-- extract: $1 -->\$/,/^\`\`\`\$/p" "$SRCDIR/docs/courses.md" |
		sed '1,2d;$d' >"$1"
	[ -s "$1" ]
}
for name in grade.sbatch submit.sh merge.sh parallel.sh; do
	check "the page has $name" extract $name
done
check "... which a shell reads" bash -n grade.sbatch
mkdir bin
printf '#!/bin/sh\nexec "%s" "$@"\n' "$IPCLAB" >bin/ipclab
chmod 755 bin/ipclab
export PATH=$tmp/bin:$PATH

cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $pack
exercises: [{name: greet, points: 5}]
END
mkdir class few
for i in {01..60}; do
	mkdir "class/s$i"
	printf '#include <stdio.h>\nint main(void) { puts("%s"); return %d; }\n' \
		"$([ $((10#$i % 3)) = 0 ] && echo hallo || echo hello)" \
		$((10#$i % 7 == 0)) >"class/s$i/hello.c"
done
cp -r class/s0[1-6] few
results() { find "$@" -name '*.json' 2>found | wc -l; }

# ---- GNU parallel ----
export ASSIGNMENT=$tmp/hw.yaml SUBMISSIONS=$tmp/few RESULTS=$tmp/by-parallel
export SHARDS=3
if need parallel "GNU parallel grades a class"; then
	mkdir "$RESULTS"
	check "GNU parallel grades a class" timeout 900 bash parallel.sh
	check "... which is put together" bash merge.sh
	grade --class few --results few-alone hw.yaml
	check "... to what one process makes" alike few-alone "$RESULTS/all"
fi

# ---- Slurm ----
daemons=()
stop() {
	[ ! -e node/munge.pid ] || kill "$(cat node/munge.pid)"
	[ ${#daemons[@]} -eq 0 ] || kill "${daemons[@]}"
	daemons=()
	wait
}
trap 'stop; rm -rf "$tmp"' EXIT
stopped() { [ ! -e node/munge.pid ] && ! pgrep -f "$tmp/node" >found; }
ports() {
	python3 -c 'import socket
both = [socket.socket() for i in range(2)]
for one in both: one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in both])'
}
# A cluster of this machine, in the folder node.
cluster() {
	local us here=$tmp/node first second
	us=$(id -un)
	read -r first second < <(ports)
	mkdir node node/state node/spool
	head -c 64 /dev/urandom >node/munge.key
	chmod 400 node/munge.key
	munged --force --key-file="$here/munge.key" \
		--socket="$here/munge.socket" --pid-file="$here/munge.pid" \
		--log-file="$here/munge.log" --seed-file="$here/munge.seed" \
		>munge.out 2>&1 || return 1
	cat >node/slurm.conf <<-END
		ClusterName=ipclab
		SlurmctldHost=localhost
		SlurmUser=$us
		SlurmdUser=$us
		SlurmctldPort=$first
		SlurmdPort=$second
		AuthType=auth/munge
		AuthInfo=socket=$here/munge.socket
		StateSaveLocation=$here/state
		SlurmdSpoolDir=$here/spool
		SlurmctldPidFile=$here/slurmctld.pid
		SlurmdPidFile=$here/slurmd.pid
		SlurmctldLogFile=$here/slurmctld.log
		SlurmdLogFile=$here/slurmd.log
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		MpiDefault=none
		SwitchType=switch/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_Core
		SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
		KillWait=2
		ReturnToService=2
		MailProg=/bin/true
		NodeName=node NodeAddr=localhost NodeHostname=localhost Port=$second CPUs=2 State=UNKNOWN
		PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP
	END
	export SLURM_CONF=$here/slurm.conf
	slurmctld -D >slurmctld.out 2>&1 &
	daemons+=($!)
	slurmd -D -N node >slurmd.out 2>&1 &
	daemons+=($!)
	soon idle
}
idle() { sinfo -h -o %T 2>sinfo.err | grep -q idle; }
none_left() { [ -z "$(squeue -h 2>&1)" ]; }
at_least() { [ "$(results "$1")" -ge "$2" ]; }
# A share is killed when something of it is there: whether it was in the
# middle, the number of results says.
killed_midway() {
	local job
	rm -rf "$RESULTS"
	mkdir "$RESULTS"
	job=$(bash submit.sh 2>&1 | grep -o '[0-9]*$')
	soon at_least "$RESULTS/shard-$1" 1
	scancel --signal=KILL --batch "${job}_$1"
	soon none_left
	[ "$(results "$RESULTS/shard-$1")" -ge 1 ] &&
		[ "$(results "$RESULTS")" -lt 60 ]
}
midway() { killed_midway 3 || killed_midway 4 || killed_midway 5; }

if ! command -v slurmctld slurmd munged sbatch >which; then
	skip slurm "a class is graded by a real Slurm"
	finish
fi
# Not by check: what it starts would be another shell's.
if ! cluster; then
	not_ok "a cluster of one node" "$(tail -n 5 ./*.out node/*.log)"
	finish
fi
ok "a cluster of one node"
grade --class class --results alone --jobs 2 hw.yaml
SUBMISSIONS=$tmp/class RESULTS=$tmp/by-slurm SHARDS=8
check "a job is killed in the middle" midway
all_whole() {
	local share
	for share in "$RESULTS"/shard-*; do
		whole "$share" || return
	done
}
check "... and what is there is whole" all_whole
check "... so the whole is not the class" \
	[ "$(results "$RESULTS")" -lt 60 ]
bash submit.sh >out 2>&1
soon none_left
same "submitted again, it goes on" 60 "$(results "$RESULTS")"
check "shares are put together" bash merge.sh
check "... to what one process makes" alike alone "$RESULTS/all"
stop
check "nothing of it is left" soon stopped
finish
