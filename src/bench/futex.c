/* A futex that processes share: no FUTEX_PRIVATE_FLAG (futex(2)).  */
#include "config.h"

#include "bench/channel.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

void
futex_wait(uint32_t *word, uint32_t while_it_is)
{
	/* EAGAIN: it has changed; EINTR: look again.  Callers loop.  */
	syscall(SYS_futex, word, FUTEX_WAIT, while_it_is, NULL, NULL, 0);
}

void
futex_wake(uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}
