/* Right: the type of a reply says whose it is.  */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "must.h"

enum { REQUEST = 1, REPLY = 2, CLIENTS = 2 };

struct message { long type; int client; };

static int queue;

/* The type of a reply to a client: one for each.  */
static long
reply_type(int client)
{
	return REPLY + client;
}

static void
post(long type, int client)
{
	struct message message = { type, client };

	must(msgsnd(queue, &message, sizeof(int), 0) == 0, "it can be sent");
}

static int
take(long type)
{
	struct message message;

	must(msgrcv(queue, &message, sizeof(int), type, 0) == sizeof(int),
	     "a message comes");
	return message.client;
}

static void
ask(int client)
{
	post(REQUEST, client);
	must(take(reply_type(client)) == client, "the reply is mine");
}

static void
run_first(void)
{
	ask(0);
}

static void
run_second(void)
{
	ask(1);
}

static void
run_server(void)
{
	for (int i = 0; i < CLIENTS; i++) {
		int client = take(REQUEST);

		post(reply_type(client), client);
	}
}

int
main(void)
{
	int status;

	queue = msgget(IPC_PRIVATE, 0600);
	must(queue != -1, "there is a queue");
	start(run_server);
	start(run_first);
	start(run_second);
	status = finish(CLIENTS + 1);
	msgctl(queue, IPC_RMID, NULL);
	return status;
}
