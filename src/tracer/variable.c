/*
 * The variable at an address, by debug information (DWARF 5, sections 2.6,
 * 3.3, 4.1, 5): the locals and parameters of the function, from the innermost
 * block outwards, then the variables of the file; those that lie at the
 * address before those that point there.  Programs are compiled with -O0:
 * each variable lies in one place, and the places are simple.
 */
#include "config.h"

#include "tracer/variable.h"

#include "tracer/source_line.h"
#include "tracer/trace.h"

#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#ifdef __x86_64__
enum { FRAME_REGISTER = 6, STACK_REGISTER = -1 };	/* rbp */
#else
enum { FRAME_REGISTER = 29, STACK_REGISTER = 31 };	/* as good as x29 */
#endif

enum {
	FRAMES_MAX = 8,		/* of the runtime */
	DEPTH_MAX = 16,		/* of types */
};

struct search {
	pid_t tid;
	const struct where *where;
	Dwarf_Addr bias;
	Dwfl_Module *module;
	Dwarf_Word frame;	/* the function's frame pointer, 0: not known */
	Dwarf_Word base;	/* what fbreg counts from, 0: not known */
	char *out;
	size_t room;
	bool pointers;		/* second look: what is pointed to */
	Dwarf_Word nearest;	/* ... by the pointer of this value */
	const char *pointer;	/* ... and name */
	Dwarf_Die to;		/* ... and what it points to */
};

/* ---- the frame ---- */

static Dwarf_Word
frame_pointer(pid_t tid)
{
	struct user_regs_struct regs;
	struct iovec all = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &all) < 0)
		return 0;
#ifdef __x86_64__
	return regs.rbp;
#else
	return regs.regs[FRAME_REGISTER];
#endif
}

/* The frame of the function at pc: up to whom the runtime returns there.  */
static Dwarf_Word
find_frame(const struct search *s)
{
	Dwarf_Word at = frame_pointer(s->tid);

	for (int i = 0; i < FRAMES_MAX && at; i++) {
		Dwarf_Word frame[2];	/* the caller's, return address */

		if (memory_read(s->tid, at, frame, sizeof(frame)) !=
		    sizeof(frame))
			return 0;
		if (frame[1] == s->where->pc)
			return frame[0];
		at = frame[0];
	}
	return 0;
}

/* A register and an offset; 0: it is not that simple.  */
static Dwarf_Word
by_register(const struct search *s, const Dwarf_Op *op)
{
	int reg = -1;
	Dwarf_Word offset = op->number;

	if (op->atom >= DW_OP_breg0 && op->atom <= DW_OP_breg31) {
		reg = op->atom - DW_OP_breg0;
	} else if (op->atom >= DW_OP_reg0 && op->atom <= DW_OP_reg31) {
		reg = op->atom - DW_OP_reg0;
		offset = 0;
	} else if (op->atom == DW_OP_bregx) {
		reg = op->number;
		offset = op->number2;
	}
	return reg == FRAME_REGISTER || reg == STACK_REGISTER
	       ? s->frame + offset : 0;
}

static Dwarf_Word
call_frame(const struct search *s)
{
	Dwarf_Addr bias;
	Dwarf_CFI *cfi = dwfl_module_eh_cfi(s->module, &bias);
	Dwarf_Frame *rules = NULL;
	Dwarf_Word at = 0;
	Dwarf_Op *ops;
	size_t n;

	if (!cfi || dwarf_cfi_addrframe(cfi, s->where->pc - 1 - bias, &rules) != 0)
		return 0;
	if (dwarf_frame_cfa(rules, &ops, &n) == 0 && n == 1)
		at = by_register(s, &ops[0]);
	free(rules);
	return at;
}

static Dwarf_Word
frame_base(const struct search *s, Dwarf_Die *function)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t n;

	if (!s->frame ||
	    !dwarf_attr_integrate(function, DW_AT_frame_base, &attribute) ||
	    dwarf_getlocation(&attribute, &ops, &n) != 0 || n != 1)
		return 0;
	return ops[0].atom == DW_OP_call_frame_cfa ? call_frame(s)
						   : by_register(s, &ops[0]);
}

/* ---- types ---- */

/* Without names for it and qualifiers.  */
static bool
plain_type(Dwarf_Die *of, Dwarf_Die *type)
{
	Dwarf_Attribute attribute;
	Dwarf_Die die;

	return dwarf_attr_integrate(of, DW_AT_type, &attribute) &&
	       dwarf_formref_die(&attribute, &die) &&
	       dwarf_peel_type(&die, type) == 0;
}

static void
add(struct search *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void
add(struct search *s, const char *fmt, ...)
{
	size_t len = strlen(s->out);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->out + len, s->room - len, fmt, ap);
	va_end(ap);
}

static bool
member_at(Dwarf_Die *type, Dwarf_Word offset, Dwarf_Die *member,
	  Dwarf_Word *start)
{
	Dwarf_Attribute attribute;
	Dwarf_Word size;
	Dwarf_Die its;

	for (int rc = dwarf_child(type, member); rc == 0;
	     rc = dwarf_siblingof(member, member)) {
		if (dwarf_tag(member) != DW_TAG_member ||
		    !plain_type(member, &its) ||
		    dwarf_aggregate_size(&its, &size) != 0)
			continue;
		*start = 0;	/* of a union: none is said */
		if (dwarf_attr(member, DW_AT_data_member_location, &attribute))
			dwarf_formudata(&attribute, start);
		if (offset >= *start && offset < *start + size)
			return true;
	}
	return false;
}

/* Is all of the access in an object of this type?  */
static bool
holds(const struct search *s, Dwarf_Die *type, Dwarf_Word *size)
{
	return dwarf_aggregate_size(type, size) == 0 && *size >= s->where->size;
}

/* What of an object of a type lies at an offset: ".tail", "[3].name".  */
static void
add_part(struct search *s, Dwarf_Die *of, Dwarf_Word offset)
{
	Dwarf_Die type = *of, member, part;
	Dwarf_Word start, size;

	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		switch (dwarf_tag(&type)) {
		case DW_TAG_structure_type:
		case DW_TAG_class_type:
		case DW_TAG_union_type:
			if (!member_at(&type, offset, &member, &start) ||
			    !plain_type(&member, &part) ||
			    !holds(s, &part, &size))
				return;
			if (dwarf_diename(&member))
				add(s, ".%s", dwarf_diename(&member));
			offset -= start;
			break;
		case DW_TAG_array_type:
			if (!plain_type(&type, &part) ||
			    !holds(s, &part, &size) || size == 0)
				return;
			add(s, "[%llu]", (unsigned long long)(offset / size));
			offset %= size;
			break;
		default:
			return;
		}
		type = part;
	}
}

/* ---- variables ---- */

static bool
place_of(const struct search *s, Dwarf_Die *variable, Dwarf_Addr *at)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t n;

	if (!dwarf_attr_integrate(variable, DW_AT_location, &attribute) ||
	    dwarf_getlocation(&attribute, &ops, &n) != 0 || n != 1)
		return false;
	if (ops[0].atom == DW_OP_addr || ops[0].atom == DW_OP_addrx) {
		Dwarf_Attribute value;

		*at = ops[0].number;
		if (ops[0].atom == DW_OP_addrx &&
		    (dwarf_getlocation_attr(&attribute, &ops[0], &value) != 0 ||
		     dwarf_formaddr(&value, at) != 0))
			return false;
		*at += s->bias;
		return true;
	}
	*at = s->base + ops[0].number;
	return ops[0].atom == DW_OP_fbreg && s->base;
}

static bool
lies_there(struct search *s, const char *name, Dwarf_Die *type, Dwarf_Addr at)
{
	Dwarf_Word size;

	if (dwarf_aggregate_size(type, &size) != 0 || s->where->address < at ||
	    s->where->address >= at + size)
		return false;
	add(s, "%s", name);
	add_part(s, type, s->where->address - at);
	return true;
}

/* "shared->" and ".tail"; all of what it points to is "*shared".  */
static void
join_arrow(char *name)
{
	size_t len = strlen(name);
	char *arrow = strstr(name, "->");

	if (arrow && arrow[2] == '.') {
		memmove(arrow + 2, arrow + 3, strlen(arrow + 3) + 1);
	} else if (arrow && !arrow[2]) {
		memmove(name + 1, name, len - 2);
		name[0] = '*';
		name[len - 1] = '\0';
	}
}

/* It may point to an object at the address, or to an array of them.  Of
 * several pointers the nearest is the likeliest.  */
static void
points_there(struct search *s, const char *name, Dwarf_Die *type, Dwarf_Addr at)
{
	Dwarf_Word value, size;
	Dwarf_Die to;

	if (dwarf_tag(type) != DW_TAG_pointer_type || !plain_type(type, &to) ||
	    dwarf_aggregate_size(&to, &size) != 0 || size == 0 ||
	    memory_read(s->tid, at, &value, sizeof(value)) != sizeof(value) ||
	    value <= s->nearest || value < s->where->low ||
	    value > s->where->address)
		return;
	s->nearest = value;
	s->pointer = name;
	s->to = to;
}

static bool
name_pointed(struct search *s)
{
	Dwarf_Word size, place;

	if (!s->pointer || dwarf_aggregate_size(&s->to, &size) != 0)
		return false;
	place = (s->where->address - s->nearest) / size;
	if (place > 0)
		add(s, "%s[%llu]", s->pointer, (unsigned long long)place);
	else if (dwarf_tag(&s->to) == DW_TAG_structure_type ||
		 dwarf_tag(&s->to) == DW_TAG_class_type ||
		 dwarf_tag(&s->to) == DW_TAG_union_type)
		add(s, "%s->", s->pointer);
	else
		add(s, "*%s", s->pointer);
	add_part(s, &s->to, (s->where->address - s->nearest) % size);
	join_arrow(s->out);
	return true;
}

static bool
try_variable(struct search *s, Dwarf_Die *variable)
{
	const char *name = dwarf_diename(variable);
	Dwarf_Addr at;
	Dwarf_Die type;

	/* Such names are the compiler's and its headers' own (C11, 7.1.3), as
	 * in atomic_load().  */
	if (!name || strncmp(name, "__", 2) == 0 ||
	    !plain_type(variable, &type) ||
	    !place_of(s, variable, &at))
		return false;
	if (!s->pointers)
		return lies_there(s, name, &type, at);
	points_there(s, name, &type, at);
	return false;
}

static bool
try_block(struct search *s, Dwarf_Die *block)
{
	Dwarf_Die die;

	for (int rc = dwarf_child(block, &die); rc == 0;
	     rc = dwarf_siblingof(&die, &die))
		if ((dwarf_tag(&die) == DW_TAG_variable ||
		     dwarf_tag(&die) == DW_TAG_formal_parameter) &&
		    try_variable(s, &die))
			return true;
	return false;
}

static bool
try_blocks(struct search *s, Dwarf_Die *block, int n)
{
	for (int i = 0; i < n; i++)
		if (try_block(s, &block[i]))
			return true;
	return false;
}

/* Another file's, or without debug information: by the symbol.  */
static bool
try_symbol(struct search *s, Dwfl *dwfl)
{
	Dwfl_Module *module = dwfl_addrmodule(dwfl, s->where->address);
	GElf_Off offset;
	GElf_Sym symbol;
	const char *name = module ?
		dwfl_module_addrinfo(module, s->where->address, &offset, &symbol,
				     NULL, NULL, NULL) : NULL;

	if (!name || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT)
		return false;
	add(s, "%s", name);
	if (offset)
		add(s, "+%llu", (unsigned long long)offset);
	return true;
}

static bool
try_function(struct search *s)
{
	Dwarf_Die *unit = source_unit(s->module, s->where->pc - 1, &s->bias);
	Dwarf_Die *block = NULL;
	bool found;
	int n;

	if (!unit)
		return false;
	n = dwarf_getscopes(unit, s->where->pc - 1 - s->bias, &block);
	s->frame = find_frame(s);
	for (int i = 0; i < n; i++)
		if (dwarf_tag(&block[i]) == DW_TAG_subprogram)
			s->base = frame_base(s, &block[i]);
	found = try_blocks(s, block, n);
	s->pointers = true;
	found = found || try_blocks(s, block, n) || name_pointed(s);
	free(block);
	return found;
}

bool
variable_name(Dwfl *dwfl, pid_t tid, const struct where *where, char *out,
	      size_t room)
{
	struct search s = {
		.tid = tid, .where = where,
		.module = dwfl_addrmodule(dwfl, where->pc),
		.out = out, .room = room,
	};

	out[0] = '\0';
	return (s.module && try_function(&s)) || try_symbol(&s, dwfl);
}
