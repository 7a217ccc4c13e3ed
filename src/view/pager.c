/* See pager.h.  */
#include "config.h"

#include "view/pager.h"

#include <stdlib.h>
#include <string.h>

void
pager_release(struct pager *p)
{
	buf_release(&p->text);
	*p = (struct pager){ .width = 0 };
}

static void
keep_inside(struct pager *p)
{
	int most = p->lines > p->shown ? p->lines - p->shown : 0;

	p->first = p->first < 0 ? 0 : p->first > most ? most : p->first;
}

void
pager_set(struct pager *p, struct buf *text, int width)
{
	buf_release(&p->text);
	p->text = *text;
	*text = (struct buf)BUF_INIT;
	p->width = width;
	p->lines = 0;
	for (const char *s = buf_str(&p->text); *s; s++)
		p->lines += *s == '\n';
}

void
pager_draw(struct pager *p, struct canvas *c, struct rect r, int chosen)
{
	const char *s = buf_str(&p->text);

	p->shown = r.rows;
	if (chosen >= 0 && chosen < p->first)
		p->first = chosen;
	if (chosen >= p->first + r.rows)
		p->first = chosen - r.rows + 1;
	keep_inside(p);
	for (int i = 0; *s; i++) {
		size_t len = strcspn(s, "\n");
		int y = r.y + i - p->first;

		if (y >= r.y && y < r.y + r.rows) {
			char *line = xstrndup(s, len);

			canvas_put(c, y, r.x, r.cols, ROLE_TEXT, line);
			if (i == chosen)
				canvas_paint(c, y, r.x, r.cols,
					     ROLE_SELECTED);
			free(line);
		}
		s += len + (s[len] == '\n');
	}
}

bool
pager_move(struct pager *p, enum action action)
{
	int page = p->shown > 1 ? p->shown - 1 : 1;

	switch (action) {
	case ACTION_UP:
		p->first--;
		break;
	case ACTION_DOWN:
		p->first++;
		break;
	case ACTION_PAGE_UP:
		p->first -= page;
		break;
	case ACTION_PAGE_DOWN:
		p->first += page;
		break;
	case ACTION_FIRST:
		p->first = 0;
		break;
	case ACTION_LAST:
		p->first = p->lines;
		break;
	default:
		return false;
	}
	keep_inside(p);
	return true;
}
