/*
 * The policy: system calls that nobody in a sandbox may make, each with what
 * comes of it and why.  All others are the kernel's to judge.
 *
 * Who is not traced gets it as a program of seccomp(2) (policy_export()); for
 * who is traced, the tracer asks policy_find() and answers itself.  A number
 * and the bits of an argument decide; memory is never looked at: another
 * thread could change it in between (seccomp_unotify(2)).
 */
#ifndef SANDBOX_POLICY_H
#define SANDBOX_POLICY_H

#include "base/base.h"

enum policy_asks {
	POLICY_ANY,		/* nothing: no such call at all */
	POLICY_HAS,		/* is argument & mask == value? */
	POLICY_FROM,		/* is argument >= value? */
	POLICY_NOT,		/* is argument != value? */
};

struct policy {
	const char *name;	/* of the call */
	int nr;			/* < 0: this machine has no such call */
	enum policy_asks asks;
	int arg;		/* of which argument, from 0 */
	uint64_t mask, value;
	int error;		/* it fails with this */
	bool quiet;		/* what libraries do; no sign of bad will */
	const char *why;	/* what it would be good for */
};

extern const struct policy policies[];
extern const int n_policies;

/* The row that refuses this call, NULL: it may be made.  */
const struct policy *policy_find(long nr, const uint64_t *args);

/* Add a row to a filter of libseccomp's, with what it does there
 * (SCMP_ACT_...).  0, or an errno value below 0.  */
int policy_rule(void *filter, const struct policy *p, uint32_t action);

/* Write the policy as a program for bwrap(1), --seccomp.  Calls of another
 * architecture (int 0x80, x32) kill the process.  0, or -1 with *why.  */
int policy_export(int fd, char **why);

#endif
