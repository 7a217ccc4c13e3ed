/* Where something lies in private memory, in words that outlast a build.  */
#include "config.h"

#include "tracer/spot.h"

#include "tracer/trace.h"

#include <elfutils/libdwfl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256, DIGITS_MAX = 22 };

/* Distances are from a fixed point: upwards, or down to the byte.  */
enum area { AREA_HEAP, AREA_STACK, AREA_ABOVE, AREAS };

struct spots {
	Dwfl *dwfl;
	uint64_t base[AREAS];		/* the fixed point */
	uint64_t low[AREAS], high[AREAS];	/* what is counted from it */
};

static const struct {
	const char *word;
	const char *told;	/* to people */
	bool down;
} areas[AREAS] = {
	[AREA_HEAP] = { "heap:", "heap", false },
	[AREA_STACK] = { "stack:", "stack", true },
	[AREA_ABOVE] = { "above:", "mapped", true },
};

static const char data[] = "data:", image[] = "image:";

/* ---- what is where ---- */

/* Fields of /proc/PID/stat (proc(5)): startstack, start_brk.  */
enum { FIELD_STACK = 28, FIELD_HEAP = 47 };

static uint64_t
field(const char *text, int number)
{
	const char *p = strrchr(text, ')');	/* the end of the second */

	for (int i = 2; p && i < number; i++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

static bool
read_fields(struct spots *s, pid_t pid)
{
	struct buf text = BUF_INIT;
	char path[40];
	bool ok;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	ok = buf_read_file(&text, path, 1 << 16, NULL) == 0;
	if (ok) {
		s->base[AREA_STACK] = field(buf_str(&text), FIELD_STACK);
		s->base[AREA_HEAP] = field(buf_str(&text), FIELD_HEAP);
	}
	buf_release(&text);
	return ok && s->base[AREA_STACK] && s->base[AREA_HEAP];
}

/* The loader has the highest mapping, or, of a static program, the kernel's
 * own pages are there.  The stack grows, and the heap.  */
static bool
read_mappings(struct spots *s, pid_t pid)
{
	uint64_t start, end, stack = s->base[AREA_STACK], above = 0;
	char path[40], line[PATH_MAX_LEN + 128];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%" SCNx64 "-%" SCNx64, &start, &end) != 2)
			continue;
		if (end <= stack)
			above = end;
	}
	if (!f)
		return false;
	fclose(f);
	s->base[AREA_ABOVE] = s->high[AREA_ABOVE] = s->low[AREA_STACK] = above;
	s->high[AREA_STACK] = stack;
	s->low[AREA_HEAP] = s->base[AREA_HEAP];
	/* Between the two there is room for both.  */
	s->high[AREA_HEAP] = s->low[AREA_ABOVE] =
		s->base[AREA_HEAP] + (above - s->base[AREA_HEAP]) / 2;
	return above > s->base[AREA_HEAP];
}

static int
no_debuginfo(Dwfl_Module *module, void **with, const char *name,
	     Dwarf_Addr base, const char *file, const char *link,
	     GElf_Word crc, char **path)
{
	(void)module, (void)with, (void)name, (void)base;
	(void)file, (void)link, (void)crc, (void)path;
	return -1;
}

static bool
read_modules(struct spots *s, pid_t pid)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_linux_proc_find_elf,
		.find_debuginfo = no_debuginfo,
	};

	s->dwfl = dwfl_begin(&callbacks);
	if (!s->dwfl)
		return false;
	dwfl_report_begin(s->dwfl);
	return dwfl_linux_proc_report(s->dwfl, pid) == 0 &&
	       dwfl_report_end(s->dwfl, NULL, NULL) == 0;
}

struct spots *
spots_of(pid_t pid)
{
	struct spots *s = xcalloc(1, sizeof(*s));

	if (read_fields(s, pid) && read_mappings(s, pid) &&
	    read_modules(s, pid))
		return s;
	spots_free(s);
	return NULL;
}

void
spots_free(struct spots *s)
{
	if (!s)
		return;
	dwfl_end(s->dwfl);
	free(s);
}

/* ---- modules and their symbols ---- */

struct symbol {
	const char *name;
	uint64_t at, size;
};

static bool
symbol_at(Dwfl_Module *m, int i, struct symbol *symbol)
{
	GElf_Sym sym;
	GElf_Addr at;

	symbol->name = dwfl_module_getsym_info(m, i, &sym, &at, NULL, NULL,
					       NULL);
	symbol->at = at;
	symbol->size = sym.st_size;
	return symbol->name && *symbol->name && sym.st_size > 0 &&
	       GELF_ST_TYPE(sym.st_info) == STT_OBJECT;
}

/* Only in what is the subject's own: of the system's libraries the symbols are
 * often missing.  */
static int
symbols_of(Dwfl_Module *m)
{
	const char *file = NULL;

	dwfl_module_info(m, NULL, NULL, NULL, NULL, NULL, &file, NULL);
	return file && path_is_system(file) ? 0 : dwfl_module_getsymtab(m);
}

/* How many before it have its name.  */
static int
namesakes(Dwfl_Module *m, int symbol, const char *name)
{
	struct symbol other;
	int n = 0;

	for (int i = 0; i < symbol; i++)
		n += symbol_at(m, i, &other) && strcmp(other.name, name) == 0;
	return n;
}

static const char *
module_name(Dwfl_Module *m, uint64_t *start)
{
	Dwarf_Addr low = 0;
	const char *file = NULL, *slash;
	const char *name = dwfl_module_info(m, NULL, &low, NULL, NULL, NULL,
					    &file, NULL);

	*start = low;
	slash = strrchr(file ? file : name, '/');
	return slash ? slash + 1 : file ? file : name;
}

struct module_search {
	const char *name;	/* NULL: the first, which is the program */
	Dwfl_Module *found;
};

static int
visit_module(Dwfl_Module *m, void **with, const char *name, Dwarf_Addr start,
	     void *arg)
{
	struct module_search *s = arg;
	uint64_t low;

	(void)with, (void)name, (void)start;
	if (s->name && strcmp(module_name(m, &low), s->name) != 0)
		return DWARF_CB_OK;
	s->found = m;
	return DWARF_CB_ABORT;
}

static Dwfl_Module *
module_named(struct spots *s, const char *name)
{
	struct module_search search = { .name = name };

	dwfl_getmodules(s->dwfl, visit_module, &search, 0);
	return search.found;
}

/* ---- words ---- */

static void
write_symbols(Dwfl_Module *m, uint64_t from, uint64_t to, struct buf *out)
{
	int n = symbols_of(m);

	for (int i = 0; i < n; i++) {
		struct symbol o;
		uint64_t first, last;
		int before;

		if (!symbol_at(m, i, &o) || o.at >= to || o.at + o.size <= from)
			continue;
		first = o.at > from ? 0 : from - o.at;
		last = (o.at + o.size < to ? o.size : to - o.at) - 1;
		before = namesakes(m, i, o.name);
		buf_addf(out, " %s%s", data, o.name);
		if (before)
			buf_addf(out, "@%d", before);
		buf_addf(out, "+%" PRIu64 "..%" PRIu64, first, last);
	}
}

static void
write_image(struct spots *s, Dwfl_Module *m, uint64_t from, uint64_t to,
	    struct buf *out)
{
	uint64_t start;
	const char *name = module_name(m, &start);

	buf_addf(out, " %s%s+%" PRIu64 "..%" PRIu64, image,
		 m == module_named(s, NULL) ? "main" : name, from - start,
		 to - 1 - start);
}

static bool
write_area(struct spots *s, enum area i, uint64_t from, uint64_t to,
	   struct buf *out)
{
	if (from < s->low[i] || to > s->high[i])
		return false;
	buf_addf(out, " %s%" PRIu64 "..%" PRIu64, areas[i].word,
		 areas[i].down ? s->base[i] - to : from - s->base[i],
		 areas[i].down ? s->base[i] - 1 - from : to - 1 - s->base[i]);
	return true;
}

/* The module that has all of it, NULL: libdwfl gives the nearest.  */
static Dwfl_Module *
module_at(struct spots *s, uint64_t from, uint64_t to)
{
	Dwfl_Module *m = dwfl_addrmodule(s->dwfl, from);
	Dwarf_Addr low = 0, high = 0;

	if (m)
		dwfl_module_info(m, NULL, &low, &high, NULL, NULL, NULL, NULL);
	return from >= low && to <= high ? m : NULL;
}

bool
spot_write(struct spots *s, uint64_t from, uint64_t to, struct buf *out)
{
	size_t before = out->len;
	Dwfl_Module *m;

	if (write_area(s, AREA_HEAP, from, to, out) ||
	    write_area(s, AREA_STACK, from, to, out))
		return true;
	m = module_at(s, from, to);
	if (!m)
		return write_area(s, AREA_ABOVE, from, to, out);
	write_symbols(m, from, to, out);
	if (out->len == before)
		write_image(s, m, from, to, out);
	return true;
}

/* ---- for people ---- */

static bool
tell_area(struct spots *s, enum area i, uint64_t at, char *out, size_t room)
{
	if (at < s->low[i] || at >= s->high[i])
		return false;
	snprintf(out, room, "%s%c%" PRIu64, areas[i].told,
		 areas[i].down ? '-' : '+',
		 areas[i].down ? s->base[i] - at : at - s->base[i]);
	return true;
}

bool
spot_tell(struct spots *s, uint64_t at, char *out, size_t room)
{
	uint64_t start;
	const char *name;
	Dwfl_Module *m;

	if (tell_area(s, AREA_HEAP, at, out, room) ||
	    tell_area(s, AREA_STACK, at, out, room))
		return true;
	m = module_at(s, at, at + 1);
	if (!m)
		return tell_area(s, AREA_ABOVE, at, out, room);
	name = module_name(m, &start);
	snprintf(out, room, "%.*s+%" PRIu64, (int)room - DIGITS_MAX, name,
		 at - start);
	/* It stands between quotation marks, and may have been cut anywhere. */
	for (char *c = out; *c; c++)
		if (*c <= ' ' || *c > '~' || *c == '"' || *c == '\\')
			*c = '?';
	return true;
}

/* ---- ... and back ---- */

/* "12..15" to the end.  */
static bool
read_range(const char *text, uint64_t *first, uint64_t *last)
{
	int end = 0;

	return *text >= '0' && *text <= '9' &&
	       sscanf(text, "%" SCNu64 "..%" SCNu64 "%n", first, last, &end) ==
	       2 && !text[end] && *first <= *last && *last < UINT64_MAX / 2;
}

/* "data:state@1+8..15": the name alone is left in word.  */
static char *
split(char *word, size_t prefix, uint64_t *first, uint64_t *last)
{
	char *plus = strrchr(word, '+');

	if (!plus || !read_range(plus + 1, first, last))
		return NULL;
	*plus = '\0';
	return word + prefix;
}

static bool
find_symbol(Dwfl_Module *m, const char *name, int number, struct symbol *found)
{
	int n = symbols_of(m);

	for (int i = 0; i < n; i++)
		if (symbol_at(m, i, found) && strcmp(found->name, name) == 0 &&
		    number-- == 0)
			return true;
	return false;
}

struct symbol_search {
	const char *name;
	int number;
	struct symbol found;
	bool any;
};

static int
visit_symbols(Dwfl_Module *m, void **with, const char *name, Dwarf_Addr start,
	      void *arg)
{
	struct symbol_search *s = arg;

	(void)with, (void)name, (void)start;
	s->any = find_symbol(m, s->name, s->number, &s->found);
	return s->any ? DWARF_CB_ABORT : DWARF_CB_OK;
}

static bool
find_data(struct spots *s, char *name, uint64_t last, uint64_t *at)
{
	char *mark = strrchr(name, '@');
	struct symbol_search search = { .name = name };

	/* Not a version, as in "stdout@GLIBC_2.2.5".  */
	if (mark && mark[1] && !mark[1 + strspn(mark + 1, "0123456789")]) {
		*mark = '\0';
		search.number = atoi(mark + 1);
	}
	dwfl_getmodules(s->dwfl, visit_symbols, &search, 0);
	*at = search.found.at;
	return search.any && last < search.found.size;
}

static bool
find_image(struct spots *s, char *name, uint64_t last, uint64_t *at)
{
	Dwfl_Module *m = module_named(s, strcmp(name, "main") == 0 ? NULL
								  : name);

	if (!m)
		return false;
	module_name(m, at);
	return module_at(s, *at + last, *at + last + 1) == m;
}

static bool
find_area(struct spots *s, const char *word, uint64_t *from, uint64_t *to)
{
	uint64_t first, last;

	for (int i = 0; i < AREAS; i++) {
		size_t n = strlen(areas[i].word);

		if (strncmp(word, areas[i].word, n) != 0)
			continue;
		if (!read_range(word + n, &first, &last))
			return false;
		*from = areas[i].down ? s->base[i] - 1 - last
				      : s->base[i] + first;
		*to = areas[i].down ? s->base[i] - first
				    : s->base[i] + last + 1;
		return *from >= s->low[i] && *to <= s->high[i];
	}
	return false;
}

bool
spot_find(struct spots *s, const char *word, uint64_t *from, uint64_t *to)
{
	char text[WORD_MAX], *name;
	uint64_t first, last, at = 0;
	bool is_data = strncmp(word, data, strlen(data)) == 0;

	if (!is_data && strncmp(word, image, strlen(image)) != 0)
		return find_area(s, word, from, to);
	copy_str(text, sizeof(text), word);
	name = split(text, is_data ? strlen(data) : strlen(image), &first,
		     &last);
	if (!name || !(is_data ? find_data(s, name, last, &at)
			       : find_image(s, name, last, &at)))
		return false;
	*from = at + first;
	*to = at + last + 1;
	return true;
}

bool
spot_is_word(const char *word, size_t len)
{
	const char *const kinds[] = { data, image, areas[AREA_HEAP].word,
				      areas[AREA_STACK].word,
				      areas[AREA_ABOVE].word };
	char text[WORD_MAX];
	uint64_t first, last;

	if (len >= sizeof(text))
		return false;
	memcpy(text, word, len);
	text[len] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t n = strlen(kinds[i]);

		if (strncmp(text, kinds[i], n) != 0)
			continue;
		if (kinds[i] != data && kinds[i] != image)
			return read_range(text + n, &first, &last);
		return split(text, n, &first, &last) && text[n];
	}
	return false;
}
