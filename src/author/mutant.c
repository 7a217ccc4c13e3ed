/* See mutant.h.  */
#include "config.h"

#include "author/mutant.h"
#include "author/lexeme.h"
#include "base/buf.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

enum how {
	LEAVE_OUT,	/* a call of this function: it is not made, and 0
			   stands where its result did */
	REPLACE,	/* these tokens, with a blank between them */
	SWAP,		/* two statements in a row that each have a call of one
			   of these functions; but two that give something
			   back can mostly go in either order */
};

/* What students forget, confuse and do in the wrong order.  What the kernel
 * undoes at a process's end anyway, munmap() for instance, is not here: nobody
 * could see it.  */
static const struct change {
	enum how how;
	const char *what, *with;
} changes[] = {
	/* left open, not waited for, not woken, not kept out */
	{ LEAVE_OUT, "close" }, { LEAVE_OUT, "shutdown" },
	{ LEAVE_OUT, "wait" }, { LEAVE_OUT, "waitpid" },
	{ LEAVE_OUT, "waitid" }, { LEAVE_OUT, "pthread_join" },
	{ LEAVE_OUT, "sem_wait" }, { LEAVE_OUT, "sem_post" },
	{ LEAVE_OUT, "semop" },
	{ LEAVE_OUT, "pthread_mutex_lock" },
	{ LEAVE_OUT, "pthread_mutex_unlock" },
	{ LEAVE_OUT, "pthread_cond_wait" },
	{ LEAVE_OUT, "pthread_cond_signal" },
	{ LEAVE_OUT, "pthread_cond_broadcast" },
	{ LEAVE_OUT, "pthread_rwlock_rdlock" },
	{ LEAVE_OUT, "pthread_rwlock_wrlock" },
	{ LEAVE_OUT, "pthread_rwlock_unlock" },
	{ LEAVE_OUT, "pthread_barrier_wait" },
	{ LEAVE_OUT, "sigprocmask" }, { LEAVE_OUT, "sigaction" },
	{ LEAVE_OUT, "sigsuspend" }, { LEAVE_OUT, "kill" },
	{ LEAVE_OUT, "flock" }, { LEAVE_OUT, "lockf" },
	{ LEAVE_OUT, "fflush" }, { LEAVE_OUT, "ftruncate" },
	{ LEAVE_OUT, "pthread_mutexattr_setpshared" },
	{ LEAVE_OUT, "pthread_condattr_setpshared" },
	{ LEAVE_OUT, "pthread_mutex_consistent" },
	/* left behind */
	{ LEAVE_OUT, "unlink" }, { LEAVE_OUT, "shm_unlink" },
	{ LEAVE_OUT, "sem_unlink" }, { LEAVE_OUT, "mq_unlink" },
	{ LEAVE_OUT, "msgctl" }, { LEAVE_OUT, "semctl" },
	{ LEAVE_OUT, "shmctl" },
	/* not said, not heard */
	{ LEAVE_OUT, "msgsnd" }, { LEAVE_OUT, "msgrcv" },
	{ LEAVE_OUT, "sendmsg" }, { LEAVE_OUT, "recvmsg" },
	/* in the wrong order */
	{ SWAP, "close", "gives back" }, { SWAP, "dup2" },
	{ SWAP, "wait" }, { SWAP, "waitpid" },
	{ SWAP, "sem_wait" }, { SWAP, "sem_post", "gives back" },
	{ SWAP, "pthread_mutex_lock" },
	{ SWAP, "pthread_mutex_unlock", "gives back" },
	{ SWAP, "pthread_cond_signal" },
	{ SWAP, "read" }, { SWAP, "write" }, { SWAP, "shutdown" },
	{ SWAP, "msgsnd" }, { SWAP, "msgrcv" }, { SWAP, "msgctl" },
	{ SWAP, "sigprocmask" }, { SWAP, "sigaction" }, { SWAP, "kill" },
	/* confused */
	{ REPLACE, "sem_wait", "sem_trywait" },
	{ REPLACE, "pthread_mutex_lock", "pthread_mutex_trylock" },
	{ REPLACE, "pthread_cond_broadcast", "pthread_cond_signal" },
	{ REPLACE, "MAP_SHARED", "MAP_PRIVATE" },
	{ REPLACE, "PTHREAD_PROCESS_SHARED", "PTHREAD_PROCESS_PRIVATE" },
	{ REPLACE, "SIG_BLOCK", "SIG_UNBLOCK" },
	{ REPLACE, "SIG_UNBLOCK", "SIG_BLOCK" },
	{ REPLACE, "O_CREAT", "0" }, { REPLACE, "O_EXCL", "0" },
	{ REPLACE, "O_TRUNC", "0" }, { REPLACE, "O_APPEND", "0" },
	{ REPLACE, "IPC_CREAT", "0" }, { REPLACE, "IPC_EXCL", "0" },
	{ REPLACE, "SA_RESTART", "0" }, { REPLACE, "SEM_UNDO", "0" },
	{ REPLACE, "WNOHANG", "0" },
	{ REPLACE, "SHUT_WR", "SHUT_RD" }, { REPLACE, "MSG_NOSIGNAL", "0" },
	{ REPLACE, "MSG_CMSG_CLOEXEC", "0" }, { REPLACE, "SOCK_CLOEXEC", "0" },
	{ REPLACE, "CMSG_LEN", "CMSG_SPACE" },
	{ REPLACE, "CMSG_SPACE", "CMSG_LEN" },
	{ REPLACE, "STDIN_FILENO", "STDOUT_FILENO" },
	{ REPLACE, "STDOUT_FILENO", "STDIN_FILENO" },
	/* asked the wrong way round, or once in place of again and again */
	{ REPLACE, "!= 0", "== 0" }, { REPLACE, "== 0", "!= 0" },
	{ REPLACE, "== - 1", "!= -1" }, { REPLACE, "!= - 1", "== -1" },
	{ REPLACE, "< 0", ">= 0" }, { REPLACE, "> 0", ">= 0" },
	{ REPLACE, ">= 0", "< 0" },
	{ REPLACE, "while (", "if (" },
};

enum { SAYS_MAX = 60 };		/* bytes of source in a sentence */

struct making {
	const char *text;
	struct lexemes tokens;
	struct mutants *to;
};

static const struct lexeme *
token(const struct making *m, size_t i)
{
	return i < m->tokens.n ? &m->tokens.at[i] : NULL;
}

static bool
is(const struct making *m, size_t i, const char *word)
{
	return i < m->tokens.n && m->tokens.at[i].kind != LEXEME_TEXT &&
	       lexeme_is(&m->tokens.at[i], word);
}

static size_t
offset(const struct making *m, size_t i)
{
	return (size_t)(m->tokens.at[i].at - m->text);
}

/* Behind the i-th token.  */
static size_t
end_of(const struct making *m, size_t i)
{
	return offset(m, i) + m->tokens.at[i].n;
}

/* The source from one token to another, as a few words on one line.  */
static char *
words(const struct making *m, size_t from, size_t to)
{
	struct buf out = BUF_INIT;

	for (size_t i = from; i <= to; i++) {
		bool apart = i > from && offset(m, i) > end_of(m, i - 1);

		if (out.len + m->tokens.at[i].n > SAYS_MAX) {
			buf_adds(&out, "...");
			break;
		}
		if (apart)
			buf_addc(&out, ' ');
		buf_add(&out, m->tokens.at[i].at, m->tokens.at[i].n);
	}
	return buf_take(&out);
}

static struct mutant *
add(struct making *m, size_t i, char *says)
{
	struct mutants *to = m->to;

	to->at = xgrow(to->at, &to->room, to->n + 1, sizeof(*to->at));
	to->at[to->n] = (struct mutant){ .line = token(m, i)->line,
					 .says = says };
	return &to->at[to->n++];
}

static void
edit(struct mutant *it, size_t at, size_t n, char *with)
{
	it->edit[it->n_edits++] = (struct mutant_edit){ at, n, with };
}

/* ---- calls ---- */
/* The token that closes what the i-th opens; the number of tokens: none.  */
static size_t
closing(const struct making *m, size_t i)
{
	int depth = 0;

	for (; i < m->tokens.n; i++) {
		depth += is(m, i, "(");
		depth -= is(m, i, ")");
		if (depth == 0)
			return i;
	}
	return i;
}

/* "close (": but neither "int close (" nor "it.close (".  */
static bool
is_call(const struct making *m, size_t i, const char *name)
{
	static const char *const before[] = { "return", "else", "do", "case" };
	const struct lexeme *last = i ? token(m, i - 1) : NULL;

	if (!is(m, i, name) || !is(m, i + 1, "("))
		return false;
	if (!last || last->kind != LEXEME_NAME)
		return !last || !(lexeme_is(last, ".") ||
				  lexeme_is(last, "->") ||
				  lexeme_is(last, "::"));
	for (size_t k = 0; k < ARRAY_SIZE(before); k++)
		if (lexeme_is(last, before[k]))
			return true;
	return false;
}

static void
leave_out(struct making *m, size_t i, const struct change *c)
{
	size_t last, from = offset(m, i);
	bool alone;
	char *said;

	if (!is_call(m, i, c->what))
		return;
	last = closing(m, i + 1);
	if (last >= m->tokens.n)
		return;
	alone = is(m, last + 1, ";") && i > 0 &&
		(is(m, i - 1, ";") || is(m, i - 1, "{") || is(m, i - 1, "}"));
	said = words(m, i, last);
	edit(add(m, i, xasprintf(_("without %s"), said)), from,
	     end_of(m, last) - from, xstrdup(alone ? "" : "0"));
	free(said);
}

/* ---- tokens ---- */
/* How many tokens are the words, from the i-th on; 0: others stand there.  */
static size_t
match(const struct making *m, size_t i, const char *what)
{
	size_t n = 0;

	while (*what) {
		size_t len = strcspn(what, " ");
		const struct lexeme *t = token(m, i + n);

		if (!t || t->kind == LEXEME_TEXT || t->n != len ||
		    memcmp(t->at, what, len) != 0)
			return 0;
		n++;
		what += len + (what[len] == ' ');
	}
	return n;
}

static void
replace(struct making *m, size_t i, const struct change *c)
{
	size_t n = match(m, i, c->what), from;
	char *said;

	if (!n)
		return;
	from = offset(m, i);
	said = words(m, i, i + n - 1);
	edit(add(m, i, xasprintf(_("%s in place of %s"), c->with, said)),
	     from, end_of(m, i + n - 1) - from, xstrdup(c->with));
	free(said);
}

/* ---- statements ---- */
/* The ';' of a simple statement that begins with the i-th token; the number of
 * tokens: none begins there.  */
static size_t
statement(const struct making *m, size_t i)
{
	static const char *const others[] = {
		"if", "else", "for", "while", "do", "switch", "case", "return",
		"default", "goto", "break", "continue",
	};

	for (size_t k = 0; k < ARRAY_SIZE(others); k++)
		if (is(m, i, others[k]))
			return m->tokens.n;
	for (; i < m->tokens.n; i++) {
		if (is(m, i, ";"))
			return i;
		if (is(m, i, "("))
			i = closing(m, i);
		if (is(m, i, "{") || is(m, i, "}"))
			break;
		if (i < m->tokens.n && token(m, i)->kind == LEXEME_DIRECTIVE)
			break;
	}
	return m->tokens.n;
}

/* The change that the statement is of; NULL: none.  */
static const struct change *
swap_of(const struct making *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		for (size_t k = 0; k < ARRAY_SIZE(changes); k++)
			if (changes[k].how == SWAP &&
			    is_call(m, i, changes[k].what))
				return &changes[k];
	return NULL;
}

static void
swap(struct making *m, size_t i)
{
	size_t a_end = statement(m, i), b = a_end + 1, b_end;
	const struct change *x_of, *y_of;
	struct mutant *it;
	char *first, *second;

	if (a_end >= m->tokens.n || !(x_of = swap_of(m, i, a_end)))
		return;
	b_end = statement(m, b);
	if (b_end >= m->tokens.n || !(y_of = swap_of(m, b, b_end)) ||
	    (x_of->with && y_of->with))
		return;
	first = xstrndup(m->text + offset(m, i), end_of(m, a_end) -
			 offset(m, i));
	second = xstrndup(m->text + offset(m, b), end_of(m, b_end) -
			  offset(m, b));
	if (strcmp(first, second) != 0) {
		char *x = words(m, i, a_end - 1), *y = words(m, b, b_end - 1);

		it = add(m, i, xasprintf(_("%s before %s"), y, x));
		edit(it, offset(m, i), strlen(first), xstrdup(second));
		edit(it, offset(m, b), strlen(second), xstrdup(first));
		free(x);
		free(y);
	}
	free(first);
	free(second);
}

/* ---- all of them ---- */
static void
make_at(struct making *m, size_t i)
{
	static void (*const make[])(struct making *m, size_t i,
				    const struct change *c) = {
		[LEAVE_OUT] = leave_out, [REPLACE] = replace,
	};

	if (token(m, i)->kind == LEXEME_DIRECTIVE)
		return;
	for (size_t k = 0; k < ARRAY_SIZE(changes); k++)
		if (changes[k].how != SWAP)
			make[changes[k].how](m, i, &changes[k]);
	if (i && (is(m, i - 1, ";") || is(m, i - 1, "{") ||
		  is(m, i - 1, "}")))
		swap(m, i);
}

void
mutants_make(struct mutants *m, const char *text, size_t n)
{
	struct making making = { .text = text, .to = m };

	*m = (struct mutants)MUTANTS_INIT;
	lexemes_read(&making.tokens, text, n);
	for (size_t i = 0; i < making.tokens.n; i++)
		make_at(&making, i);
	lexemes_release(&making.tokens);
}

void
mutants_release(struct mutants *m)
{
	for (size_t i = 0; i < m->n; i++) {
		for (size_t k = 0; k < m->at[i].n_edits; k++)
			free(m->at[i].edit[k].with);
		free(m->at[i].says);
	}
	free(m->at);
	*m = (struct mutants)MUTANTS_INIT;
}

char *
mutant_apply(const struct mutant *m, const char *text, size_t *n)
{
	struct buf out = BUF_INIT;
	size_t at = 0;

	for (size_t i = 0; i < m->n_edits; i++) {
		buf_add(&out, text + at, m->edit[i].at - at);
		buf_adds(&out, m->edit[i].with);
		at = m->edit[i].at + m->edit[i].n;
	}
	buf_add(&out, text + at, *n - at);
	*n = out.len;
	return out.data ? buf_take(&out) : xstrdup("");
}
