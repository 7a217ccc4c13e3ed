/* The fields of a result.  */
#include "config.h"

#include "report/field.h"

#define F(name, what, type, member) \
	.key = name, .kind = FIELD_##what, .at = offsetof(struct type, member)
#define MUST(name, what, type, member) { F(name, what, type, member) }
#define MAY(name, what, type, member) \
	{ F(name, what, type, member), .optional = true }
#define TIME(name, what, type, member) \
	{ F(name, what, type, member), .time = true, .optional = true }
#define OBJECT(name, of) { .key = name, .kind = FIELD_OBJECT, .fields = of }
#define LIST(name, type, member, n, element, of) \
	{ F(name, LIST, type, member), .count = offsetof(struct type, n), \
	  .size = sizeof(struct element), .fields = of }
#define END { .key = NULL }

static const struct field pack_fields[] = {
	MAY("name", TEXT, result, pack),
	MAY("digest", TEXT, result, pack_digest),
	END
};

static const struct field file_fields[] = {
	MUST("name", TEXT, result_file, name),
	MUST("size", NUMBER, result_file, size),
	MUST("digest", TEXT, result_file, digest),
	END
};

static const struct field submission_fields[] = {
	MUST("id", TEXT, result, id),
	MAY("digest", TEXT, result, digest),
	LIST("files", result, file, n_files, result_file, file_fields),
	MAY("breaker", TEXT, result, breaker),
	MAY("hints", NUMBER, result, hints),
	END
};

static const struct field build_fields[] = {
	MUST("verdict", GRADE, result, build),
	MAY("message", TEXT, result, build_message),
	MAY("diagnostics", TEXT, result, diagnostics),
	END
};

static const struct field step_fields[] = {
	MUST("actor", TEXT, result_step, actor),
	MUST("what", TEXT, result_step, what),
	MAY("object", TEXT, result_step, object),
	MAY("source", TEXT, result_step, source),
	MUST("switch", FLAG, result_step, changes),
	MUST("turning", FLAG, result_step, turning),
	END
};

static const struct field blocked_fields[] = {
	MUST("actor", TEXT, result_blocked, actor),
	MAY("call", TEXT, result_blocked, call),
	MAY("object", TEXT, result_blocked, object),
	MAY("holder", TEXT, result_blocked, holder),
	END
};

static const struct field check_fields[] = {
	MUST("id", TEXT, result_check, id),
	MUST("title", TEXT, result_check, title),
	MUST("points", NUMBER, result_check, points),
	MUST("maximum", NUMBER, result_check, maximum),
	MUST("visibility", TEXT, result_check, visibility),
	MUST("verdict", GRADE, result_check, verdict),
	MAY("message", TEXT, result_check, message),
	MAY("bug", TEXT, result_check, bug),
	MAY("says", TEXT, result_check, says),
	MAY("hint", TEXT, result_check, hint),
	MAY("rule", TEXT, result_check, rule),
	MUST("case", NUMBER, result_check, failed_case),
	MAY("args", TEXT, result_check, args),
	MAY("input", TEXT, result_check, input),
	MUST("runs", NUMBER, result_check, runs),
	MUST("complete", FLAG, result_check, complete),
	MAY("claim", LINES, result_check, claim),
	MAY("schedule", TEXT, result_check, schedule),
	MAY("picture", TEXT, result_check, picture),
	MAY("passing", TEXT, result_check, passing),
	LIST("steps", result_check, step, n_steps, result_step, step_fields),
	MAY("output", TEXT, result_check, output),
	MAY("expected", TEXT, result_check, expected),
	LIST("blocked", result_check, blocked, n_blocked, result_blocked,
	     blocked_fields),
	END
};

static const struct field forbidden_fields[] = {
	MUST("call", TEXT, result_forbidden, call),
	MAY("actor", TEXT, result_forbidden, actor),
	MAY("check", TEXT, result_forbidden, check),
	MAY("error", TEXT, result_forbidden, error),
	MAY("source", TEXT, result_forbidden, source),
	MAY("times", NUMBER, result_forbidden, times),
	END
};

static const struct field times_fields[] = {
	TIME("compile", NUMBER, result, compile_ms),
	TIME("check", NUMBER, result, check_ms),
	TIME("total", NUMBER, result, total_ms),
	END
};

const struct field result_fields[] = {
	MUST("tool", TEXT, result, tool),
	MUST("exercise", TEXT, result, exercise),
	MUST("title", TEXT, result, title),
	MAY("assignment", TEXT, result, assignment),
	OBJECT("pack", pack_fields),
	OBJECT("submission", submission_fields),
	MUST("seed", SEED, result, seed),
	MUST("tier", TEXT, result, tier),
	MAY("submitted_at", TEXT, result, submitted_at),
	TIME("graded_at", TEXT, result, graded_at),
	MUST("verdict", GRADE, result, verdict),
	MUST("score", NUMBER, result, score),
	MUST("maximum", NUMBER, result, maximum),
	MUST("gradable", FLAG, result, gradable),
	OBJECT("build", build_fields),
	LIST("checks", result, check, n_checks, result_check, check_fields),
	MAY("limits", JSON, result, limits),
	LIST("forbidden", result, forbidden, n_forbidden, result_forbidden,
	     forbidden_fields),
	{ .key = "times", .kind = FIELD_OBJECT, .fields = times_fields,
	  .time = true },
	END
};
