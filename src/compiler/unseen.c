/* Parts of a program whose accesses to memory are no points.  */
#include "config.h"

#include "compiler/unseen.h"

#include "base/i18n.h"

#include <ctype.h>
#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
	const char *path, *text;
	size_t size;
};

static bool
file_map(struct file *f, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	*f = (struct file){ .path = path };
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size > 0) {
		f->text = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd,
			       0);
		f->size = st.st_size;
	}
	if (fd >= 0)
		close(fd);
	return f->text && f->text != MAP_FAILED;
}

static bool
ends_in(const char *path, const char *const *list)
{
	const char *dot = strrchr(path, '.');

	for (; dot && *list; list++)
		if (strcmp(dot, *list) == 0)
			return true;
	return false;
}

/* ---- sources ---- */

static const struct unseen {
	const char *word, *text;
} words[] = {
	{ "asm", N_("assembly: what it does to memory is no point") },
	{ "__asm", N_("assembly: what it does to memory is no point") },
	{ "__asm__", N_("assembly: what it does to memory is no point") },
	{ "no_sanitize_thread",
	  N_("this function asks not to be instrumented: what it does to "
	     "memory is no point") },
	{ "__no_sanitize_thread__",
	  N_("this function asks not to be instrumented: what it does to "
	     "memory is no point") },
	{ "no_sanitize",
	  N_("this function asks not to be instrumented: what it does to "
	     "memory is no point") },
};

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Behind a comment or a string that begins at p; p where there is none.
 * (Trigraphs and raw strings are not known here.)  */
static const char *
skip(const char *p, const char *end, int *line)
{
	const char *begin = p;
	char quote = *p;
	bool block = end - p > 1 && p[0] == '/' && p[1] == '*';

	if (end - p > 1 && p[0] == '/' && p[1] == '/') {
		while (p < end && *p != '\n')
			p++;
	} else if (block) {
		for (p += 2; p < end && (p - begin < 3 || p[-1] != '*' ||
					 *p != '/'); p++)
			*line += *p == '\n';
		p += p < end;
	} else if (quote == '"' || quote == '\'') {
		for (p++; p < end && *p != quote && *p != '\n'; p++)
			p += *p == '\\' && p + 1 < end;
		p += p < end && *p == quote;
	}
	return p;
}

/* no_sanitize("thread"), and not of another sanitizer.  */
static bool
is_of_threads(const char *word, size_t n, const char *end)
{
	enum { NEAR = 24 };
	size_t left = end - (word + n);

	return n != strlen("no_sanitize") ||
	       memcmp(word, "no_sanitize", n) ||
	       memmem(word + n, left < NEAR ? left : NEAR, "thread",
		      strlen("thread"));
}

static void
look_word(FILE *out, const struct file *f, const char *word, size_t n,
	  int line)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i].word) == n &&
		    memcmp(words[i].word, word, n) == 0 &&
		    is_of_threads(word, n, f->text + f->size))
			fprintf(out, "%s:%d: %s\n", f->path, line,
				_(words[i].text));
}

static void
look_source(FILE *out, const struct file *f)
{
	const char *p = f->text, *end = f->text + f->size, *start;
	int line = 1;

	while (p < end) {
		start = p;
		p = skip(p, end, &line);
		if (p != start)
			continue;
		while (p < end && is_word(*p))
			p++;
		if (p != start)
			look_word(out, f, start, p - start, line);
		else
			line += *p++ == '\n';
	}
}

/* ---- object files ---- */

static const void *
part(const struct file *f, uint64_t at, uint64_t size)
{
	return at <= f->size && size <= f->size - at ? f->text + at : NULL;
}

/* Does it want that symbol?  Instrumented ones all want __tsan_init.  */
static bool
wants(const struct file *f, const Elf64_Shdr *symbols,
      const Elf64_Shdr *names, const char *name)
{
	const Elf64_Sym *s = part(f, symbols->sh_offset, symbols->sh_size);
	const char *text = part(f, names->sh_offset, names->sh_size);
	size_t n = strlen(name) + 1;

	for (size_t i = 0; s && text &&
	     i < symbols->sh_size / sizeof(*s); i++)
		if (s[i].st_name + n <= names->sh_size &&
		    memcmp(text + s[i].st_name, name, n) == 0)
			return true;
	return false;
}

static void
look_object(FILE *out, const struct file *f)
{
	const Elf64_Ehdr *h = part(f, 0, sizeof(*h));
	const Elf64_Shdr *s = h ? part(f, h->e_shoff,
				       h->e_shnum * sizeof(*s)) : NULL;
	bool code = false, told = false;

	if (!s || memcmp(h->e_ident, ELFMAG, SELFMAG) ||
	    h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_type != ET_REL)
		return;
	for (int i = 0; i < h->e_shnum; i++) {
		code |= s[i].sh_flags & SHF_EXECINSTR && s[i].sh_size > 0;
		told |= s[i].sh_type == SHT_SYMTAB &&
			s[i].sh_link < h->e_shnum &&
			wants(f, &s[i], &s[s[i].sh_link], "__tsan_init");
	}
	if (code && !told)
		fprintf(out, _("%s: compiled without ipclab cc: what it does "
			       "to memory is no point\n"), f->path);
}

void
compiler_unseen(FILE *out, const char *path)
{
	static const char *const sources[] = {
		".c", ".h", ".cc", ".cpp", ".cxx", ".C", ".c++", ".hh", NULL
	};
	static const char *const objects[] = { ".o", ".obj", ".lo", NULL };
	bool source = ends_in(path, sources);
	struct file f;

	if ((!source && !ends_in(path, objects)) || !file_map(&f, path))
		return;
	if (source)
		look_source(out, &f);
	else
		look_object(out, &f);
	munmap((void *)(uintptr_t)f.text, f.size);
}
