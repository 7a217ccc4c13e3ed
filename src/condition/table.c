/*
 * The statements: one row each.  The syntax of a row is what the matcher
 * reads, what completion offers and what docs/conditions.md explains.
 */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

#define ACTOR(fn) .of_actor = (fn)
#define WORLD(fn) .of_world = (fn)

const struct statement statements[] = {
	{ { "WHO is running|ready|blocked|asleep|stopped|held",
	    N_("Its state. Ready: it can be chosen and would go on. Blocked: "
	       "it sleeps, or would sleep, until somebody acts. Asleep: until "
	       "a time. Held: it stands before a call. Running: none of "
	       "these."),
	    "writer is blocked" }, ACTOR(is_in_state) },
	{ { "WHO is blocked in CALL [on OBJECT]",
	    N_("It sleeps in this call, or would."),
	    "writer is blocked in write on pipe 1" }, ACTOR(is_blocked_in) },
	{ { "WHO is at CALL [on OBJECT]",
	    N_("The call that it is about to make."),
	    "reader is at read on pipe 1" }, ACTOR(is_at) },
	{ { "WHO has started",
	    N_("It exists, or has existed."), "A.1 has started" },
	  ACTOR(has_started), .of_the_dead = true },
	{ { "WHO has ended",
	    N_("It has exited or was killed."), "everybody has ended" },
	  ACTOR(has_ended), .of_the_dead = true },
	{ { "WHO has exited [with N]",
	    N_("It ended by itself, with this status."),
	    "reader has exited with 0" },
	  ACTOR(has_exited), .of_the_dead = true },
	{ { "WHO was killed [by SIGNAL]",
	    N_("It was ended by this signal."),
	    "writer was killed by SIGPIPE" },
	  ACTOR(was_killed), .of_the_dead = true },
	{ { "WHO has called CALL [N times|at least N times]",
	    N_("How often the call has come to its end."),
	    "writer has called write at least 2 times" },
	  ACTOR(has_called), .of_the_dead = true },
	{ { "WHO's last call is CALL",
	    N_("The call that ended last."), "reader's last call is read" },
	  ACTOR(last_call_is), .of_the_dead = true },
	{ { "WHO's last result is " COMPARED " N",
	    N_("What the call that ended last returned."),
	    "reader's last result is 0" },
	  ACTOR(last_result_is), .of_the_dead = true },
	{ { "WHO's last call failed [with ERRNO]",
	    N_("The call that ended last failed, with this error."),
	    "writer's last call failed with EAGAIN" },
	  ACTOR(last_call_failed), .of_the_dead = true },
	{ { "WHO holds a|the write|read end of OBJECT",
	    N_("It has a descriptor open on that end."),
	    "nobody holds a write end of pipe 1" }, ACTOR(holds_end) },
	{ { "WHO has descriptor N [on OBJECT]",
	    N_("This descriptor is open, on this object."),
	    "reader has descriptor 3 on pipe 1" }, ACTOR(has_descriptor) },
	{ { "WHO runs TEXT",
	    N_("The program that it has become, by its path or by its name "
	       "alone, as it was started or with links followed."),
	    "A.1 runs \"/bin/sh\"" }, ACTOR(runs_program) },
	{ { "WHO printed TEXT",
	    N_("Its output (of which 64 KiB are remembered) contains this."),
	    "reader printed \"ready\"" },
	  ACTOR(has_printed), .of_the_dead = true },

	{ { "WHO has SIGNAL pending [N times|at least N times]",
	    N_("It was sent and has not come: it is blocked, or the actor is "
	       "held. A standard signal is pending once at most, a real-time "
	       "signal as often as it was sent."),
	    "parent has SIGUSR1 pending" }, ACTOR(has_pending) },
	{ { "WHO blocks SIGNAL",
	    N_("It is in the actor's mask now."),
	    "parent blocks SIGUSR1" }, ACTOR(blocks_signal) },
	{ { "WHO catches|ignores SIGNAL",
	    N_("Its process has a handler for it, or ignores it (SIG_IGN)."),
	    "parent catches SIGUSR1" }, ACTOR(catches_signal) },
	{ { "WHO is in a handler [of SIGNAL]",
	    N_("A handler has begun and not returned."),
	    "parent is in a handler of SIGUSR1" }, ACTOR(is_in_handler) },
	{ { "SIGNAL was delivered to WHO [N times|at least N times]",
	    N_("A handler was begun for it, or it did what it does by "
	       "default; taken by sigwait or from a signalfd it was not "
	       "delivered."),
	    "SIGUSR1 was delivered to parent 1 times" },
	  ACTOR(was_delivered), .of_the_dead = true },
	{ { "SIGNAL was sent to WHO [N times|at least N times]",
	    N_("By actors, with kill, sigqueue and the like."),
	    "SIGUSR1 was sent to parent 5 times" },
	  ACTOR(was_sent), .of_the_dead = true },

	{ { "OBJECT is full|empty",
	    N_("A pipe or queue without room, or with nothing in it; a file "
	       "of no bytes is empty."),
	    "pipe 1 is full" }, WORLD(object_is_full) },
	{ { "OBJECT holds " COMPARED " N messages|message|datagrams|datagram"
	    "|connections|connection",
	    N_("Messages in a queue, datagrams in a socket, connections that "
	       "wait to be accepted."),
	    "queue 1 holds 3 messages" }, WORLD(object_holds_messages) },
	{ { "OBJECT's first|second|third|fourth|fifth|last message is TEXT",
	    N_("The bytes of a message in a queue, in the order in which "
	       "they came (System V) or will be taken (POSIX)."),
	    "queue 1's first message is \"hello\"" }, WORLD(message_is) },
	{ { "OBJECT's first|second|third|fourth|fifth|last message has "
	    "type|priority N",
	    N_("Its type (System V) or priority (POSIX)."),
	    "queue 1's last message has type 2" }, WORLD(message_has_type) },
	{ { "OBJECT's first|second|third|fourth|fifth|last message was sent "
	    "by WHO",
	    N_("Who put it there."),
	    "queue 1's first message was sent by asker" },
	  WORLD(message_sent_by) },
	{ { "OBJECT notifies WHO",
	    N_("The actor asked to be told when a message comes into the "
	       "empty queue, and was not told yet."),
	    "mqueue 1 notifies reader" }, WORLD(queue_notifies) },
	{ { "OBJECT has value " COMPARED " N",
	    N_("A semaphore's value, the count of an eventfd."),
	    "semaphore 1 has value 0" }, WORLD(object_has_value) },
	{ { "OBJECT's semaphore PLACE has value " COMPARED " N",
	    N_("The value of one of a System V set."),
	    "semaphore set 1's semaphore 0 has value 1" },
	  WORLD(semaphore_has_value) },
	{ { "OBJECT's semaphore PLACE is taken by WHO",
	    N_("The actor took from it, and nobody gave it back."),
	    "semaphore set 1's semaphore 0 is taken by writer" },
	  WORLD(semaphore_is_taken) },
	{ { "OBJECT is taken by WHO",
	    N_("The same of a semaphore that is alone, or the first of a "
	       "set."),
	    "semaphore 1 is taken by nobody" }, WORLD(object_is_taken) },
	{ { "WHO maps OBJECT [shared|privately]",
	    N_("It has the memory, or the file, in its own memory."),
	    "writer maps memory 1 shared" }, ACTOR(maps_object) },
	{ { "WHO maps OBJECT at the same frame|address as OTHER",
	    N_("The frame: one page of physical memory stands behind both. The "
	       "address: the two see it at the same place."),
	    "writer maps memory 1 at the same frame as reader" },
	  ACTOR(maps_at_same) },
	{ { "WHO has its own copy of OBJECT",
	    N_("It has written to a private mapping, and has a page of its own "
	       "since then (copy on write)."),
	    "writer has its own copy of \"data\"" }, ACTOR(has_own_copy) },
	{ { "byte|word PLACE of OBJECT is " COMPARED " N",
	    N_("What stands in memory there: one byte, or four as a number."),
	    "word 0 of memory 1 is at least 2" }, WORLD(place_is) },
	{ { "byte PLACE of OBJECT was last written by WHO",
	    N_("Whose write this byte is."),
	    "byte 0 of memory 1 was last written by writer" },
	  WORLD(byte_written_by) },
	{ { "OBJECT has " COMPARED " N mappings|mapping",
	    N_("How often it is mapped, over all actors."),
	    "memory 1 has 2 mappings" }, WORLD(object_has_mappings) },
	{ { "OBJECT was accessed without order",
	    N_("Two actors accessed the same byte, one of them wrote, and "
	       "nothing between them puts the two in order."),
	    "memory 1 was accessed without order" },
	  WORLD(object_is_unordered) },
	{ { "OBJECT is marked for removal",
	    N_("A System V segment that goes when the last has detached it."),
	    "memory 1 is marked for removal" }, WORLD(object_is_marked) },
	{ { "OBJECT has status TEXT",
	    N_("The kernel's own words on it, seals for example."),
	    "memory 1 has status \"F_SEAL_WRITE\"" },
	  WORLD(object_has_status) },
	{ { "OBJECT is held [for reading|for writing] by WHO",
	    N_("A mutex or read-write lock that the actor locked and has not "
	       "released, by operations of the C library (ipclab cc)."),
	    "mutex 1 is held by writer" }, WORLD(lock_is_held) },
	{ { "OBJECT has " COMPARED " N sleepers|sleeper",
	    N_("Actors that sleep in a call on it."),
	    "semaphore 1 has 2 sleepers" }, WORLD(object_has_waiters) },
	{ { "OBJECT holds " COMPARED " N [bytes|byte]",
	    N_("Bytes in a pipe or queue that nobody has read, or the length "
	       "of a file."),
	    "pipe 1 holds at most 64 KiB" }, WORLD(object_holds) },
	{ { "OBJECT has room for " COMPARED " N [bytes|byte]",
	    N_("Bytes that still go in; without a comparison: that many or "
	       "more."),
	    "pipe 1 has room for PIPE_BUF bytes" }, WORLD(object_has_room) },
	{ { "OBJECT has capacity N [bytes]",
	    N_("Bytes that go in when it is empty."),
	    "pipe 1 has capacity 65536" }, WORLD(object_has_capacity) },
	{ { "OBJECT has size " COMPARED " N",
	    N_("The length of a file."),
	    "\"props/state\" has size more than 0" },
	  WORLD(object_has_size) },
	{ { "OBJECT has " COMPARED " N write|read ends|end [open]",
	    N_("Descriptors open on that end, over all actors."),
	    "pipe 1 has 1 write end open" }, WORLD(object_has_ends) },
	{ { "OBJECT has no write|read ends|end [open]",
	    N_("Nobody has that end open."),
	    "pipe 1 has no write end open" }, WORLD(object_has_no_ends) },
	{ { "OBJECT contains [exactly] TEXT",
	    N_("The bytes in a pipe, or at the beginning of a file, as far "
	       "as they are known."),
	    "\"props/state\" contains \"ready\"" }, WORLD(object_contains) },
	{ { "OBJECT was last written by WHO",
	    N_("Whose bytes came last."),
	    "\"props/state\" was last written by A.1" },
	  WORLD(object_written_by) },
	{ { "OBJECT exists",
	    N_("It was seen, and its name has not been removed."),
	    "not \"props/state\" exists" }, WORLD(object_exists) },
	{ { COMPARED " N bytes|byte were|was written|read to|into|from OBJECT",
	    N_("Bytes that went through a pipe, since the beginning."),
	    "at least 100 bytes were read from pipe 1" },
	  WORLD(bytes_passed) },
	{ { "a byte is lost",
	    N_("The kernel holds fewer bytes in some pipe than were written "
	       "and not read."),
	    "a byte is lost" }, WORLD(byte_is_lost) },

	{ { "OBJECT is listening|connected|done|shut|reset",
	    N_("A socket. Listening: it waits for connections. Connected: it "
	       "has another end. Done: the other end sends no more. Shut: it "
	       "sends no more itself. Reset: the connection was broken off, "
	       "and the next call will be told."),
	    "socket 1 is listening" }, WORLD(socket_is_in_state) },
	{ { "OBJECT has address TEXT",
	    N_("A socket: the path or port it is bound to, \"@name\" in the "
	       "abstract name space."),
	    "socket 1 has address \"server.sock\"" },
	  WORLD(object_has_address) },
	{ { "OBJECT has no address",
	    N_("A socket that is bound to nothing."),
	    "socket 2 has no address" }, WORLD(object_has_no_address) },
	{ { "WHO holds the peer of OBJECT",
	    N_("It has the socket open that gets what is sent on this one."),
	    "server holds the peer of socket 2" }, ACTOR(holds_peer) },
	{ { COMPARED " N descriptors|descriptor are|is in flight",
	    N_("They were sent through a socket and have not been received."),
	    "1 descriptor is in flight" }, WORLD(descriptors_in_flight) },
	{ { "OBJECT has lost " COMPARED " N datagrams|datagram",
	    N_("A socket of the Internet that had no room for them."),
	    "socket 1 has lost 0 datagrams" }, WORLD(datagrams_lost) },

	{ { "output contains TEXT",
	    N_("What all printed (the last 64 KiB) contains this."),
	    "output contains \"lost\"" }, WORLD(output_contains) },
	{ { "output is TEXT",
	    N_("What all printed is exactly this."),
	    "output is \"hello\\n\"" }, WORLD(output_is) },
	{ { "deadlock",
	    N_("Somebody lives, and nobody can go on."), "not deadlock" },
	  WORLD(is_deadlock) },
	{ { "the run has ended",
	    N_("The subject's first process and all others are gone."),
	    "the run has ended" }, WORLD(run_has_ended) },
	{ { "the run ended with N",
	    N_("Ended, with this status of its first process."),
	    "the run ended with 0" }, WORLD(run_ended_with) },
	{ { "the run was killed by SIGNAL",
	    N_("Ended, its first process by this signal."),
	    "the run was killed by SIGPIPE" }, WORLD(run_was_killed) },
	{ { COMPARED " N actors|actor live|lives",
	    N_("Actors that have not ended."), "at least 2 actors live" },
	  WORLD(actors_live) },
	{ { "time is " COMPARED " N s|ms",
	    N_("Virtual time since the beginning."),
	    "time is at least 1 s" }, WORLD(time_is) },
};

const size_t n_statements = ARRAY_SIZE(statements);

const struct statement_help *
condition_statements(void)
{
	static struct statement_help help[ARRAY_SIZE(statements) + 1];

	for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
		help[i] = statements[i].help;
	return help;
}
