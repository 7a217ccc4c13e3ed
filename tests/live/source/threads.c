/* Two threads and a child, each calling from a line of its own.  */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int calls;	/* keeps calls from becoming jumps */

static void *
first(void *arg)
{
	getppid();	/* here: first */
	calls++;
	return arg;
}

static void *
second(void *arg)
{
	getppid();	/* here: second */
	calls += 2;
	return arg;
}

int
main(void)
{
	pthread_t thread[2];
	pid_t pid;

	pthread_create(&thread[0], NULL, first, NULL);	/* here: one */
	pthread_create(&thread[1], NULL, second, NULL);	/* here: two */
	pthread_join(thread[0], NULL);
	pthread_join(thread[1], NULL);
	pid = fork();
	if (pid == 0) {
		getppid();	/* here: child */
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	getppid();	/* here: parent */
	return 0;
}
