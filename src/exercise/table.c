/* Which keys an exercise has: docs/exercise-format.md is checked against it. */
#include "config.h"

#include "exercise/table.h"

#define END { .key = NULL }

/* Longest text of a key; texts that are longer are files.  */
enum { WORD_MAX = 64, SENTENCE_MAX = 1000, TEXT_MAX = 64 * 1024 };

#define FIELD(name, of_kind, type, member) \
	.key = name, .kind = of_kind, .at = offsetof(struct type, member)
#define TEXT(key, type, member, max, needed) \
	{ FIELD(key, YAML_TEXT, type, member), .required = needed, \
	  .high = max }
#define TEXTS(key, type, member, most, needed) \
	{ FIELD(key, YAML_TEXTS, type, member), .required = needed, \
	  .high = most }
#define NUMBER(key, type, member, from, to, otherwise) \
	{ FIELD(key, YAML_NUMBER, type, member), .low = from, .high = to, \
	  .fallback = otherwise }
#define FLAG(key, type, member, otherwise) \
	{ FIELD(key, YAML_FLAG, type, member), .fallback = otherwise }
#define WORD(key, type, member, list, needed) \
	{ FIELD(key, YAML_WORD, type, member), .required = needed, \
	  .words = list }
#define LIST(key, type, member, most, of) \
	{ FIELD(key, YAML_LIST, type, member), .high = most, .table = of }
#define MAPPING(key, type, member, of) \
	{ FIELD(key, YAML_MAPPING, type, member), .table = of }

#define ITS_WORD(name, word) word,
static const char *const modes[] = { EXERCISE_MODES(ITS_WORD) NULL };
static const char *const visibilities[] = { VISIBILITIES(ITS_WORD) NULL };
static const char *const languages[] = { "c", "c++", NULL };
static const char *const warnings[] = { "note", "error", NULL };

const char *
visibility_word(enum visibility v)
{
	return visibilities[v];
}

static const struct yaml_field program_fields[] = {
	TEXT("name", exercise_program, name, WORD_MAX, true),
	TEXTS("sources", exercise_program, sources, 16, true),
	END
};
static const struct yaml_table program_table = {
	sizeof(struct exercise_program), program_fields
};

static const struct yaml_field build_fields[] = {
	LIST("programs", exercise_build, programs, 16, &program_table),
	FLAG("points", exercise_build, points, true),
	WORD("language", exercise_build, language, languages, false),
	TEXTS("flags", exercise_build, flags, 32, false),
	WORD("warnings", exercise_build, warnings, warnings, false),
	END
};
static const struct yaml_table build_table = {
	sizeof(struct exercise_build), build_fields
};

static const struct yaml_field limits_fields[] = {
	NUMBER("cpu", exercise_limits, cpu, 1, 60, 5),
	NUMBER("wall", exercise_limits, wall, 1, 600, 60),
	NUMBER("memory", exercise_limits, memory, 1, 4096, 256),
	NUMBER("processes", exercise_limits, processes, 1, 500, 32),
	NUMBER("descriptors", exercise_limits, descriptors, 8, 1024, 64),
	NUMBER("file", exercise_limits, file, 1, 256, 16),
	NUMBER("disk", exercise_limits, disk, 1, 512, 32),
	NUMBER("output", exercise_limits, output, 1, 65536, 256),
	NUMBER("objects", exercise_limits, objects, 0, 1000, 32),
	NUMBER("steps", exercise_limits, steps, 1, 100000, 10000),
	END
};
static const struct yaml_table limits_table = {
	sizeof(struct exercise_limits), limits_fields
};

static const struct yaml_field file_fields[] = {
	TEXT("name", exercise_file, name, WORD_MAX, true),
	TEXT("text", exercise_file, text, TEXT_MAX, false),
	END
};
static const struct yaml_table file_table = {
	sizeof(struct exercise_file), file_fields
};

static const struct yaml_field explore_fields[] = {
	NUMBER("runs", exercise_explore, runs, 1, 100000, 200),
	NUMBER("preemptions", exercise_explore, preemptions, -1, 100, -1),
	FLAG("signals", exercise_explore, signals, false),
	FLAG("faults", exercise_explore, faults, false),
	TEXT("strategy", exercise_explore, strategy, WORD_MAX, false),
	END
};
static const struct yaml_table explore_table = {
	sizeof(struct exercise_explore), explore_fields
};

static const struct yaml_field check_fields[] = {
	TEXT("id", exercise_check, id, WORD_MAX, true),
	TEXT("title", exercise_check, title, SENTENCE_MAX, true),
	NUMBER("points", exercise_check, points, 0, 1000, 1),
	WORD("visibility", exercise_check, visibility, visibilities, false),
	TEXTS("needs", exercise_check, needs, 16, false),
	TEXT("program", exercise_check, program, WORD_MAX, false),
	TEXTS("args", exercise_check, args, 64, false),
	TEXTS("env", exercise_check, env, 16, false),
	TEXT("input", exercise_check, input, TEXT_MAX, false),
	LIST("files", exercise_check, files, 16, &file_table),
	TEXT("status", exercise_check, status, WORD_MAX, false),
	TEXT("output", exercise_check, output, TEXT_MAX, false),
	TEXTS("rules", exercise_check, rules, 32, false),
	TEXTS("somewhere", exercise_check, somewhere, 16, false),
	TEXTS("allow", exercise_check, allow, 8, false),
	FLAG("strict", exercise_check, strict, false),
	TEXT("cast", exercise_check, cast, SENTENCE_MAX, false),
	NUMBER("cases", exercise_check, cases, 1, 20, 1),
	MAPPING("explore", exercise_check, explore, &explore_table),
	END
};
static const struct yaml_table check_table = {
	sizeof(struct exercise_check), check_fields
};

static const struct yaml_field bug_fields[] = {
	TEXT("id", exercise_bug, id, WORD_MAX, true),
	TEXT("verdict", exercise_bug, verdict, WORD_MAX, true),
	TEXT("check", exercise_bug, check, WORD_MAX, false),
	TEXT("message", exercise_bug, message, SENTENCE_MAX, false),
	TEXT("when", exercise_bug, when, SENTENCE_MAX, false),
	TEXT("says", exercise_bug, says, SENTENCE_MAX, true),
	TEXT("hint", exercise_bug, hint, SENTENCE_MAX, true),
	END
};
static const struct yaml_table bug_table = {
	sizeof(struct exercise_bug), bug_fields
};

static const struct yaml_field answer_fields[] = {
	TEXT("text", exercise_answer, text, SENTENCE_MAX, true),
	TEXT("holds", exercise_answer, holds, SENTENCE_MAX, true),
	TEXT("why", exercise_answer, why, SENTENCE_MAX, true),
	END
};
static const struct yaml_table answer_table = {
	sizeof(struct exercise_answer), answer_fields
};

static const struct yaml_field question_fields[] = {
	TEXT("id", exercise_question, id, WORD_MAX, true),
	TEXT("ask", exercise_question, ask, SENTENCE_MAX, true),
	NUMBER("points", exercise_question, points, 0, 1000, 1),
	TEXT("program", exercise_question, program, WORD_MAX, true),
	TEXTS("args", exercise_question, args, 64, false),
	TEXT("cast", exercise_question, cast, SENTENCE_MAX, false),
	TEXT("schedule", exercise_question, schedule, SENTENCE_MAX, false),
	TEXT("until", exercise_question, until, SENTENCE_MAX, false),
	LIST("answers", exercise_question, answers, 9, &answer_table),
	END
};
static const struct yaml_table question_table = {
	sizeof(struct exercise_question), question_fields
};

static const struct yaml_field goal_fields[] = {
	TEXT("program", exercise_goal, program, WORD_MAX, true),
	TEXTS("args", exercise_goal, args, 64, false),
	TEXT("cast", exercise_goal, cast, SENTENCE_MAX, false),
	TEXT("verdict", exercise_goal, verdict, WORD_MAX, true),
	TEXTS("rules", exercise_goal, rules, 32, false),
	TEXT("status", exercise_goal, status, WORD_MAX, false),
	END
};
static const struct yaml_table goal_table = {
	sizeof(struct exercise_goal), goal_fields
};

static const struct yaml_field exercise_fields[] = {
	{ FIELD("format", YAML_NUMBER, exercise, format), .required = true,
	  .low = 1, .high = 1 },
	TEXT("id", exercise, id, WORD_MAX, true),
	TEXT("title", exercise, title, SENTENCE_MAX, true),
	TEXT("lesson", exercise, lesson, WORD_MAX, false),
	TEXT("breaks", exercise, breaks, WORD_MAX, false),
	WORD("mode", exercise, mode, modes, true),
	NUMBER("minutes", exercise, minutes, 1, 600, 30),
	TEXTS("files", exercise, files, 16, false),
	MAPPING("build", exercise, build, &build_table),
	MAPPING("limits", exercise, limits, &limits_table),
	LIST("checks", exercise, checks, 64, &check_table),
	LIST("questions", exercise, questions, 32, &question_table),
	MAPPING("goal", exercise, goal, &goal_table),
	LIST("bugs", exercise, bugs, 64, &bug_table),
	TEXTS("hints", exercise, hints, 16, false),
	END
};
const struct yaml_table exercise_table = {
	sizeof(struct exercise), exercise_fields
};
