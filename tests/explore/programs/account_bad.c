/* Wrong: the auditor subtracts the deposit.  To be found: the auditor comes
 * after both others, and before main, which waits for nobody, has returned.  */
#include <pthread.h>
#include <stdbool.h>

#include "must.h"

enum { START = 10, DEPOSIT = 5, WITHDRAWAL = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int balance = START;
static bool deposited, withdrawn;

static void *
run_deposit(void *unused)
{
	pthread_mutex_lock(&lock);
	balance += DEPOSIT;
	deposited = true;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_withdrawal(void *unused)
{
	pthread_mutex_lock(&lock);
	balance -= WITHDRAWAL;
	withdrawn = true;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_audit(void *unused)
{
	pthread_mutex_lock(&lock);
	if (deposited && withdrawn)
		must(balance == START - DEPOSIT - WITHDRAWAL,
		     "the balance is what was paid in and out");
	pthread_mutex_unlock(&lock);
	return unused;
}

int
main(void)
{
	pthread_t auditor, depositor, withdrawer;

	pthread_create(&auditor, NULL, run_audit, NULL);
	pthread_create(&depositor, NULL, run_deposit, NULL);
	pthread_create(&withdrawer, NULL, run_withdrawal, NULL);
	return 0;
}
