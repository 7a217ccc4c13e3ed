/*
 * What the tests of private namespaces and of clearing up run: it makes one
 * object of each kind that outlives its maker, says what it got, and leaves
 * all of them behind.
 *
 *	maker WHAT NAME KEY
 *
 * WHAT: "make" (and end), "wait" (for a line of input; end of input will do),
 * "there" (make nothing: say what is there), "remove".
 */
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *name;	/* "/NAME" */
static key_t key;
static int flags = IPC_CREAT | 0600, open_flags = O_CREAT | O_RDWR;

static int
queue(void)
{
	struct { long type; char text[5]; } message = { 1, "hello" };
	int id = msgget(key, flags);

	if (id >= 0 && flags)
		msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT);
	return id;
}

static int
posix_queue(void)
{
	mqd_t q = mq_open(name, open_flags, 0600, NULL);

	if (q != (mqd_t)-1 && open_flags)
		mq_send(q, "hello", 5, 1);
	return q == (mqd_t)-1 ? -1 : 0;
}

static int
posix_semaphore(void)
{
	return sem_open(name, open_flags & O_CREAT, 0600, 1) != SEM_FAILED
	       ? 0 : -1;
}

static int
posix_memory(void)
{
	return shm_open(name, open_flags, 0600) < 0 ? -1 : 0;
}

static int
path(char *out, size_t room, const char *end)
{
	const char *folder = getenv("OUTSIDE");

	return folder ? snprintf(out, room, "%s%s.%s", folder, name, end) : -1;
}

static int
fifo(void)
{
	struct stat st;
	char at[100];

	if (path(at, sizeof(at), "fifo") < 0)
		return -1;
	return flags ? mkfifo(at, 0600) : stat(at, &st);
}

static int
unix_socket(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct stat st;
	int fd;

	if (path(a.sun_path, sizeof(a.sun_path), "socket") < 0)
		return -1;
	if (!flags)
		return stat(a.sun_path, &st);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	return bind(fd, (struct sockaddr *)&a, sizeof(a));
}

/* The ports that the kernel gives: to a server, then to its client.  */
static void
ports(int family)
{
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} a = { .any.sa_family = family };
	socklen_t len = sizeof(a);
	int server = socket(family, SOCK_STREAM, 0);
	int client = socket(family, SOCK_STREAM, 0), port = -1;

	if (family == AF_INET)
		a.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	else
		a.in6.sin6_addr = in6addr_loopback;
	if (bind(server, &a.any, sizeof(a)) == 0 && listen(server, 1) == 0 &&
	    getsockname(server, &a.any, &len) == 0) {
		port = ntohs(a.in.sin_port);
		if (connect(client, &a.any, len) == 0 &&
		    getsockname(client, &a.any, &len) == 0) {
			printf("ports %d %d\n", port, ntohs(a.in.sin_port));
			return;
		}
	}
	printf("ports none\n");
}

static void
remove_all(void)
{
	char at[100];

	msgctl(msgget(key, 0), IPC_RMID, NULL);
	semctl(semget(key, 0, 0), 0, IPC_RMID);
	shmctl(shmget(key, 0, 0), IPC_RMID, NULL);
	mq_unlink(name);
	sem_unlink(name);
	shm_unlink(name);
	if (path(at, sizeof(at), "fifo") > 0)
		unlink(at);
	if (path(at, sizeof(at), "socket") > 0)
		unlink(at);
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		return 98;
	name = argv[2];
	key = strtol(argv[3], NULL, 0);
	setvbuf(stdout, NULL, _IONBF, 0);
	if (strcmp(argv[1], "remove") == 0) {
		remove_all();
		return 0;
	}
	if (strcmp(argv[1], "there") == 0)
		flags = open_flags = 0;
	printf("queue %d\n", queue());
	printf("semaphores %d\n", semget(key, flags ? 2 : 0, flags));
	printf("memory %d\n", shmget(key, flags ? 4096 : 0, flags));
	printf("posix queue %d\n", posix_queue());
	printf("posix semaphore %d\n", posix_semaphore());
	printf("posix memory %d\n", posix_memory());
	printf("fifo %d\n", fifo());
	printf("socket %d\n", unix_socket());
	if (strcmp(argv[1], "there") == 0)
		return 0;
	ports(AF_INET);
	ports(AF_INET6);
	printf("made\n");
	if (strcmp(argv[1], "wait") == 0)
		getchar();
	return 0;
}
