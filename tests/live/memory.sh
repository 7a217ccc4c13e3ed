#!/bin/bash
# Shared memory: what is told of it is what the kernel has, whoever wrote it
# and however it is shared.
. "$SRCDIR/tests/tap.sh"

sharer=$BUILDDIR/tests/live/sharer
cd "$tmp" || exit

checked() { # WORDS: by the default choice
	timeout 900 "$IPCLAB" trace --private --check --json -o events -- \
		"$sharer" "$@" </dev/null 2>said
}
told() { # PATTERN: of an event
	grep -qE "$1" events
}
until_holds() { # CONDITION WORD
	timeout 900 "$IPCLAB" trace --private --until "$1" -- "$sharer" "$2" \
		</dev/null >seen 2>&1
}

for word in anonymous file posix memfd system_v other_process; do
	check "$word: it runs and ends as it should" checked $word
	empty "$word: nothing is said against it" "$(cat said)"
	empty "$word: the world and the kernel agree" \
		"$(grep '"what":"differ"' events)"
done

checked anonymous
check "a child's store is told, though it makes no call" told \
	'"what":"check","object":"memory 1".*"writer":"A.1","content":"anonymous"'
check "mremap names its object" told '"call":"mremap".*"object":"memory 1"'
check "mprotect, too" told '"call":"mprotect".*"prot":"PROT_READ".*memory 1'
check "private memory in the place of shared memory is seen" until_holds \
	'memory 2 has 1 mapping and not A maps memory 2 privately and
	A is at exit_group' anonymous
check "the child has inherited the mapping" until_holds \
	'A.1 maps memory 1 shared and A maps memory 1 shared' anonymous
check "and has lost it with its end" until_holds \
	'A.1 has ended and memory 1 has 1 mapping' anonymous
check "whose byte it is, is known" until_holds \
	'byte 3 of memory 1 was last written by A.1' anonymous

checked file
check "a private page is a copy after the first write" told \
	'"perms":"rw-p".*"own":1,"data":"File'
check "and so the condition says" until_holds \
	'A has its own copy of "sharer-file"' file

checked memfd
check "seals are told by their names" told \
	'"status":"F_SEAL_SHRINK\|F_SEAL_GROW\|F_SEAL_WRITE"'
check "sealing what is mapped for writing fails" told \
	'F_ADD_SEALS.*"error":"EBUSY"'

checked system_v
check "a segment is marked while it is attached" told '"status":"SHM_DEST"'
check "and is gone with its last user" until_holds \
	'memory 1 has 0 mappings and not memory 1 exists' system_v
check "what is attached twice has two mappings" until_holds \
	'memory 1 has 2 mappings' system_v

checked posix
check "what was unlinked goes on under its name" until_holds \
	'not "/dev/shm/sharer-of-tests" exists and
	memory 1 contains "posix"' posix

check "who wrote through the mapping, the file knows" until_holds \
	'"/dev/shm/sharer-of-tests" was last written by A.1' posix

checked other_process
check "whose memory was read is told, and what it was" told \
	'"call":"process_vm_readv".*"bytes":16.*"from":"A.1","data":"'

for word in beyond read_only nowhere; do
	timeout 900 "$IPCLAB" trace --private --driven --json -o $word -- \
		"$sharer" $word </dev/null >/dev/null 2>&1
done
check "SIGBUS: in which object, at which byte" grep -qE \
	'"args":\{"code":"BUS_ADRERR".*"signal":"SIGBUS","object":"memory 1".*"offset":4096' \
	beyond
check "SIGSEGV: what the mapping forbids" grep -qE \
	'"code":"SEGV_ACCERR".*"object":"memory 1"' read_only
check "SIGSEGV: where nothing is" grep -q '"code":"SEGV_MAPERR"' nowhere
empty "nothing is left behind" "$(find /dev/shm -name '*sharer*'
	ipcs -m | grep 4711)"
finish
