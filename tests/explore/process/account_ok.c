/* Right: the auditor adds what was paid in and subtracts what was paid out.  */
#include <stdbool.h>

#include "sysv.h"

enum { START = 10, DEPOSIT = 5, WITHDRAWAL = 3 };

static struct account {
	int balance;
	bool deposited, withdrawn;
} *account;
static int lock;

static void
run_deposit(void)
{
	down(lock, 0);
	account->balance += DEPOSIT;
	account->deposited = true;
	up(lock, 0);
}

static void
run_withdrawal(void)
{
	down(lock, 0);
	account->balance -= WITHDRAWAL;
	account->withdrawn = true;
	up(lock, 0);
}

static void
run_audit(void)
{
	down(lock, 0);
	if (account->deposited && account->withdrawn)
		must(account->balance == START + DEPOSIT - WITHDRAWAL,
		     "the balance is what was paid in and out");
	up(lock, 0);
}

int
main(void)
{
	int status;

	account = share(sizeof(*account));
	account->balance = START;
	lock = semaphores(1, 1);
	start(run_audit);
	start(run_deposit);
	start(run_withdrawal);
	status = finish(3);
	semctl(lock, 0, IPC_RMID);
	return status;
}
