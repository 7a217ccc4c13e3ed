/*
 * Probing memory: what the probe says is what the kernel then does, and the
 * looking changes nothing.
 */
#include "config.h"

#include "probe/probe.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

static struct object_state s;

/* A process may look at itself.  */
START_TEST(what_is_in_a_memfd)
{
	int fd = memfd_create("test", MFD_ALLOW_SEALING);
	char *why = NULL;

	ck_assert(ftruncate(fd, 5000) == 0);
	ck_assert_int_eq(pwrite(fd, "hello", 5, 0), 5);
	ck_assert_int_eq(probe_memory(getpid(), fd, &s, &why), 0);
	ck_assert_int_eq(s.size, 5000);
	ck_assert_int_eq(s.content_len, CONTENT_MAX_LEN - 1);
	ck_assert_mem_eq(s.content, "hello\0", 6);
	ck_assert_str_eq(s.status, "");
	ck_assert_int_eq(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_WRITE), 0);
	ck_assert_int_eq(probe_memory(getpid(), fd, &s, &why), 0);
	ck_assert_str_eq(s.status, "F_SEAL_GROW|F_SEAL_WRITE");
	close(fd);
}
END_TEST

START_TEST(a_descriptor_of_something_else)
{
	char *why = NULL;
	int fd[2];

	ck_assert_int_eq(pipe(fd), 0);
	ck_assert_int_eq(probe_memory(getpid(), fd[0], &s, &why), -1);
	ck_assert_ptr_nonnull(why);
	free(why);
	close(fd[0]);
	close(fd[1]);
}
END_TEST

START_TEST(a_segment)
{
	int id = shmget(IPC_PRIVATE, 100, IPC_CREAT | 0600);
	struct shmid_ds before, after;
	char *p = shmat(id, NULL, 0), *q = shmat(id, NULL, 0), *why = NULL;

	ck_assert_int_eq(shmctl(id, IPC_STAT, &before), 0);
	ck_assert_int_eq(probe_segment(id, &s, &why), 0);
	ck_assert_int_eq(s.size, 100);
	ck_assert_int_eq(s.maps, 2);
	ck_assert_str_eq(s.status, "");
	ck_assert_int_eq(shmctl(id, IPC_STAT, &after), 0);
	ck_assert_int_eq(after.shm_atime, before.shm_atime);
	ck_assert_int_eq(after.shm_lpid, before.shm_lpid);
	shmctl(id, IPC_RMID, NULL);
	ck_assert_int_eq(probe_segment(id, &s, &why), 0);
	ck_assert_str_eq(s.status, "SHM_DEST");
	shmdt(p);
	shmdt(q);
	ck_assert_int_eq(probe_segment(id, &s, &why), -1);
	ck_assert_ptr_nonnull(why);
	free(why);
}
END_TEST

/* Shared memory: one page at two addresses.  A private mapping of it: the
 * same page, until it is written.  */
START_TEST(pages)
{
	int fd = memfd_create("test", 0);
	struct probe_page x, y, z;
	int table = probe_pages(getpid(), NULL);
	volatile char *p, *q, *r;

	ck_assert_int_eq(ftruncate(fd, 4096), 0);
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	q = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	r = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	ck_assert_int_eq(probe_page(table, (uintptr_t)p, &x), 0);
	ck_assert(!x.present);
	p[0] = 'x';
	ck_assert_int_eq(q[0] + r[0], 2 * 'x');
	probe_page(table, (uintptr_t)p, &x);
	probe_page(table, (uintptr_t)q, &y);
	probe_page(table, (uintptr_t)r, &z);
	ck_assert(x.present && y.present && z.present);
	ck_assert(x.of_object && y.of_object && z.of_object);
	ck_assert(x.frame == y.frame && y.frame == z.frame);
	r[1] = 'y';
	probe_page(table, (uintptr_t)r, &z);
	ck_assert(z.present && !z.of_object);
	ck_assert(!z.frame || z.frame != x.frame);
	close(table);
	close(fd);
}
END_TEST

/* Who executes another program has other pages.  */
START_TEST(pages_of_a_program_end_with_it)
{
	static char cat[] = "cat";
	struct probe_page x;
	int in[2], out[2], table;
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(in) | pipe(out), 0);
	pid = fork();
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close_range(3, ~0U, 0);
		if (read(0, &byte, 1) == 1)
			execlp(cat, cat, NULL);
		_exit(1);
	}
	close(in[0]);
	table = probe_pages(pid, NULL);
	ck_assert_int_ge(table, 0);
	ck_assert_int_eq(probe_page(table, (uintptr_t)cat, &x), 0);
	ck_assert(x.present);
	/* The first byte lets it go, the second comes from the program.  */
	ck_assert_int_eq(write(in[1], "gx", 2), 2);
	ck_assert_int_eq(read(out[0], &byte, 1), 1);
	ck_assert_int_eq(probe_page(table, (uintptr_t)cat, &x), -1);
	close(table);
	close(in[1]);
	close(out[0]);
	close(out[1]);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}
END_TEST

START_TEST(bytes_of_a_process)
{
	static char text[] = "here";
	char got[8] = "";
	char *why = NULL;

	ck_assert_int_eq(probe_bytes(getpid(), (uintptr_t)text, got, 5, &why),
			 5);
	ck_assert_str_eq(got, "here");
	ck_assert_int_eq(probe_bytes(getpid(), 16, got, 5, &why), -1);
	free(why);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_memory");
	TCase *c = tcase_create("memory");
	SRunner *r;
	int failed;

	tcase_add_test(c, what_is_in_a_memfd);
	tcase_add_test(c, a_descriptor_of_something_else);
	tcase_add_test(c, a_segment);
	tcase_add_test(c, pages);
	tcase_add_test(c, pages_of_a_program_end_with_it);
	tcase_add_test(c, bytes_of_a_process);
	suite_add_tcase(suite, c);
	r = srunner_create(suite);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
