/* and, or, not and parentheses around statements; and the rules.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "condition/inside.h"

#include <stdlib.h>
#include <string.h>

enum { NESTED_MAX = 50 };

enum node_kind { NODE_STATEMENT, NODE_NOT, NODE_AND, NODE_OR };

struct node {
	enum node_kind kind;
	struct node *left, *right;
	const struct statement *statement;
	struct blanks blanks;
};

struct condition {
	char *text;
	struct node *root;
};

struct parser {
	struct tokens t;
	size_t at;
	int nested;
	bool too_deep;
	struct expected x;
};

static void
node_free(struct node *n)
{
	if (!n)
		return;
	node_free(n->left);
	node_free(n->right);
	free(n);
}

static struct node *
node_new(enum node_kind kind, struct node *left, struct node *right)
{
	struct node *n = xcalloc(1, sizeof(*n));

	n->kind = kind;
	n->left = left;
	n->right = right;
	return n;
}

static bool
take_word(struct parser *p, const char *word)
{
	const struct token *k = &p->t.token[p->at];

	if (k->kind == TOKEN_WORD && strcmp(k->text, word) == 0) {
		p->at++;
		return true;
	}
	expect(&p->x, p->at, word);
	return false;
}

static bool
take(struct parser *p, enum token_kind kind, const char *what)
{
	if (p->t.token[p->at].kind == kind) {
		p->at++;
		return true;
	}
	expect(&p->x, p->at, what);
	return false;
}

static struct node *
parse_statement(struct parser *p)
{
	struct node *n;
	struct blanks b;
	const struct statement *s = match(&p->t, &p->at, &b, &p->x);

	if (!s)
		return NULL;
	n = node_new(NODE_STATEMENT, NULL, NULL);
	n->statement = s;
	n->blanks = b;
	return n;
}

static struct node *parse_or(struct parser *p);

static struct node *
parse_not(struct parser *p)
{
	struct node *n = NULL;

	if (++p->nested > NESTED_MAX) {
		p->too_deep = true;
		return NULL;
	}
	if (take_word(p, "not")) {
		n = parse_not(p);
		if (n)
			n = node_new(NODE_NOT, n, NULL);
	} else if (take(p, TOKEN_OPEN, "'('")) {
		n = parse_or(p);
		if (n && !take(p, TOKEN_CLOSE, "')'")) {
			node_free(n);
			n = NULL;
		}
	} else {
		n = parse_statement(p);
	}
	p->nested--;
	return n;
}

static struct node *
parse_chain(struct parser *p, const char *word, enum node_kind kind,
	    struct node *(*part)(struct parser *p))
{
	struct node *left = part(p), *right;

	while (left && take_word(p, word)) {
		right = part(p);
		if (!right) {
			node_free(left);
			return NULL;
		}
		left = node_new(kind, left, right);
	}
	return left;
}

static struct node *
parse_and(struct parser *p)
{
	return parse_chain(p, "and", NODE_AND, parse_not);
}

static struct node *
parse_or(struct parser *p)
{
	return parse_chain(p, "or", NODE_OR, parse_and);
}

/* ---- errors ---- */

/* column 11: found "blokced" where blocked, ready or held could stand; did
 * you mean "blocked"?  */
static int
say_expected(const struct parser *p, char **why)
{
	const struct expected *x = &p->x;
	const struct token *k = &p->t.token[x->at];
	struct suggest near = SUGGEST_INIT(k->text);
	struct buf list = BUF_INIT, best = BUF_INIT;
	const char *quote = k->kind == TOKEN_TEXT ? "\"" : "'";

	for (int i = 0; i < x->n; i++) {
		buf_adds(&list, i == 0 ? "" : i == x->n - 1 ? _(" or ") :
			 _(", "));
		buf_adds(&list, x->what[i]);
		if (k->kind == TOKEN_WORD)
			suggest_try(&near, x->what[i]);
	}
	if (suggest_best(&near))
		buf_addf(&best, _("; did you mean '%s'?"), suggest_best(&near));
	if (k->kind == TOKEN_END)
		fail(why, _("column %zu: the condition ends where %s could "
			    "stand"), k->at + 1, buf_str(&list));
	else
		fail(why, _("column %zu: found %s%.40s%s where %s could "
			    "stand%s"), k->at + 1, quote,
		     k->kind == TOKEN_OF ? "'s" : k->text, quote,
		     buf_str(&list), buf_str(&best));
	buf_release(&list);
	buf_release(&best);
	return -1;
}

struct condition *
condition_parse(const char *text, char **why)
{
	struct parser p = { .at = 0 };
	struct condition *c = NULL;
	struct node *root = NULL;
	int rc = scan(&p.t, text, why);

	if (rc == 0) {
		root = parse_or(&p);
		if (p.too_deep)
			rc = fail(why, _("more than %d parentheses and nots "
				  "inside each other"), NESTED_MAX);
		else if (!root || !take(&p, TOKEN_END, _("its end")))
			rc = say_expected(&p, why);
	}
	if (rc == 0) {
		c = xmalloc(sizeof(*c));
		c->text = xstrdup(text + strspn(text, " \t"));
		c->root = root;
	} else {
		node_free(root);
	}
	tokens_release(&p.t);
	return c;
}

void
condition_free(struct condition *c)
{
	if (!c)
		return;
	node_free(c->root);
	free(c->text);
	free(c);
}

const char *
condition_text(const struct condition *c)
{
	return c->text;
}

/* ---- truth: of three values (Kleene) ---- */

static enum truth
eval(const struct node *n, const struct world *w)
{
	enum truth l, r, decisive = n->kind == NODE_AND ? IS_FALSE : IS_TRUE;

	if (n->kind == NODE_STATEMENT)
		return statement_eval(n->statement, &n->blanks, w, NULL);
	l = eval(n->left, w);
	if (n->kind == NODE_NOT)
		return l == IS_UNKNOWN ? l : l == IS_TRUE ? IS_FALSE : IS_TRUE;
	if (l == decisive)
		return l;
	r = eval(n->right, w);
	return r == decisive || l != IS_UNKNOWN ? r : IS_UNKNOWN;
}

enum truth
condition_eval(const struct condition *c, const struct world *w)
{
	return eval(c->root, w);
}

/* The parts that decide: what is false of an "and", true of an "or".  */
static void
explain(const struct node *n, const struct world *w, size_t from,
	struct buf *out)
{
	enum truth whole = eval(n, w);
	struct buf part = BUF_INIT, line = BUF_INIT;

	if (n->kind == NODE_STATEMENT) {
		statement_eval(n->statement, &n->blanks, w, &part);
		buf_add_line(&line, buf_str(&part), part.len);
		buf_add_part(out, from, buf_str(&line));
		buf_release(&part);
		buf_release(&line);
		return;
	}
	if (n->kind == NODE_NOT || eval(n->left, w) == whole)
		explain(n->left, w, from, out);
	if (n->kind != NODE_NOT && eval(n->right, w) == whole)
		explain(n->right, w, from, out);
}

void
condition_explain(const struct condition *c, const struct world *w,
		  struct buf *out)
{
	explain(c->root, w, out->len, out);
}
