/* Calls that were refused, listed. */
#include "config.h"

#include "unit.h"

#include "base/buf.h"
#include "sandbox/policy.h"
#include "tracer/refused.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct policy mounts = { .name = "mount", .error = EPERM,
				      .why = "other file systems" };
static const struct policy rings = { .name = "io_uring_setup",
				     .error = ENOSYS, .why = "rings" };
static struct refusals list;

static void
is(const char *expected)
{
	struct buf out = BUF_INIT;

	refused_sort(&list);
	refused_write(&list, &out);
	ck_assert_str_eq(buf_str(&out), expected);
	buf_release(&out);
}

START_TEST(the_same_from_the_same_place_is_one)
{
	refused_note(&list, "A", &mounts, "a.c:1");
	refused_note(&list, "A", &rings, "a.c:1");
	refused_note(&list, "A", &mounts, "a.c:1");
	refused_note(&list, "A", &mounts, "a.c:2");
	is("A\tmount\tEPERM\t2\ta.c:1\nA\tio_uring_setup\tENOSYS\t1\ta.c:1\n"
	   "A\tmount\tEPERM\t1\ta.c:2\n");
	refused_free(&list);
}
END_TEST

/* Who came first in time depends on the machine.  */
START_TEST(actors_come_in_order_and_each_as_it_went)
{
	struct buf out = BUF_INIT;

	refused_note(&list, "A:1", &rings, "");
	refused_note(&list, "A", &rings, "");
	refused_note(&list, "A:1", &mounts, "");
	refused_note(&list, "A", &mounts, "");
	is("A\tio_uring_setup\tENOSYS\t1\t\nA\tmount\tEPERM\t1\t\n"
	   "A:1\tio_uring_setup\tENOSYS\t1\t\nA:1\tmount\tEPERM\t1\t\n");
	refused_tell(&list, NULL, &out);
	ck_assert_str_eq(buf_str(&out), "A: io_uring_setup (rings)");
	buf_clear(&out);
	refused_tell(&list, "A:1=other,A=main", &out);
	ck_assert_str_eq(buf_str(&out), "main: io_uring_setup (rings)");
	buf_release(&out);
	refused_free(&list);
}
END_TEST

START_TEST(there_is_an_end_to_counting)
{
	char source[16];

	for (int i = 0; i < 1000; i++)
		refused_note(&list, "A", &mounts, "");
	is("A\tmount\tEPERM\t100\t\n");
	for (int i = 0; i < 100; i++) {
		snprintf(source, sizeof(source), "a.c:%d", i);
		refused_note(&list, "A", &mounts, source);
		refused_note(&list, "B", &mounts, source);
	}
	ck_assert_uint_eq(list.n, 2 * REFUSED_PLACES);
	ck_assert_ptr_eq(refused_begin(&list), &list);
	is("");
	refused_free(&list);
}
END_TEST

START_TEST(a_place_breaks_no_line)
{
	refused_note(&list, "A", &mounts, "a\tb\nc:1");
	is("A\tmount\tEPERM\t1\ta?b?c:1\n");
	refused_free(&list);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("refused");

	unit_add(s, the_same_from_the_same_place_is_one);
	unit_add(s, actors_come_in_order_and_each_as_it_went);
	unit_add(s, there_is_an_end_to_counting);
	unit_add(s, a_place_breaks_no_line);
	return unit_run(s);
}
