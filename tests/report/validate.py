#!/usr/bin/env python3
"""validate.py FORMAT FILE RESULT...: is FILE what FORMAT is said to be?

Each format is read by a parser that is not ours, and what it reads is compared
with the results that the report was made of.  Prints what is wrong.
"""
import csv
import html.parser
import io
import json
import re
import sys
import xml.etree.ElementTree as xml

faults = []
csv.field_size_limit(1 << 24)


def must(true, *what):
    if not true:
        faults.append(" ".join(str(w) for w in what))


def visible(result):
    return [c for c in result["checks"] if c["visibility"] == "visible"]


def gradescope(text, results):
    r, = results
    d = json.loads(text)
    must(set(d) <= {"score", "execution_time", "output", "output_format",
                    "test_output_format", "test_name_format", "visibility",
                    "stdout_visibility", "extra_data", "tests",
                    "leaderboard"}, "unknown keys", list(d))
    must(d["test_output_format"] == d["output_format"] == "text" and
         d["test_name_format"] == "text", "not all is text")
    must(("score" in d) == r["gradable"], "a score that is not gradable")
    for t, c in zip(d["tests"], r["checks"], strict=True):
        want = {"visible": "visible", "after_due": "after_due_date",
                "after_published": "after_published"}.get(c["visibility"],
                                                          "hidden")
        must(t["visibility"] == want, c["id"], t["visibility"])
        must(t["status"] in ("passed", "failed"), t["status"])
        must(t["output_format"] == "text", t["output_format"])
        if r["gradable"]:
            must((t["score"], t["max_score"]) == (c["points"], c["maximum"]),
                 "points of", c["id"])
    if r["gradable"]:
        must(sum(t["score"] for t in d["tests"]) == d["score"], "the sum")


def prairielearn(text, results):
    r, = results
    d = json.loads(text)
    must(len(text.encode()) < 1000000, "larger than 1 MB")
    must(d["gradable"] is r["gradable"], "gradable")
    must(0 <= d["score"] <= 1, "score", d["score"])
    if r["gradable"]:
        must(abs(d["score"] - r["score"] / r["maximum"]) < 1e-4, "the score")
    else:
        must(d["score"] == 0 and d["format_errors"], "it is charged")
    for t, c in zip(d["tests"], visible(r), strict=True):
        must(isinstance(t["points"], int) and isinstance(t["max_points"], int)
             and t["max_points"] == c["maximum"], "points of", c["id"])


def classroom50(text, results):
    r, = results
    d = json.loads(text)
    keys = ["schema", "classroom", "assignment", "assignment_type", "owner",
            "submission", "commit", "release", "review", "datetime", "score",
            "max-score", "tests"]
    must(set(keys) <= set(d) <= set(keys) | {"graded_at", "submitted_by"},
         "keys", list(d))
    must(d["schema"] == "classroom50/result/v1", d["schema"])
    must(d["submission"].startswith("submit/"), d["submission"])
    instant = (r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$")
    must(re.match(instant, d["datetime"]), d["datetime"])
    must(d["datetime"] == r["submitted_at"], "the time of the submission")
    must((d["score"], d["max-score"]) == (r["score"], r["maximum"]), "points")
    for t in d["tests"]:
        must(isinstance(t["passed"], bool) and isinstance(t["score"], int) and
             0 <= t["score"] <= t["max-score"] and t["test-name"], t)


def autolab(text, results):
    r, = results
    lines = text.split("\n")
    must(len(lines) == 3 and lines[2] == "", "not two lines")
    shown, scores = (json.loads(line) for line in lines[:2])
    must(shown["_presentation"] == "semantic", "no presentation")
    must(all(isinstance(shown[s], dict) for s in shown["stages"]), "stages")
    must(list(scores["scores"].values()) ==
         ([r["score"]] if r["gradable"] else []), scores)


def rows_of(text):
    must(text.endswith("\r\n"), "no line end at the end")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    must(len({len(row) for row in rows}) == 1, "rows differ in length")
    for row in rows:
        for cell in row:
            must(not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell),
                 "a formula:", repr(cell[:40]))
    return rows


def plain(cell):
    """What was written, by what is read."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\n]", cell) else cell


def canvas(text, results):
    rows = rows_of(text)
    must(rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID",
                         "Section"], rows[0])
    must(re.search(r"\(\d+\)$", rows[0][5]), rows[0][5])
    must("Points Possible" in rows[1][0], rows[1])
    got = {plain(row[3]): row[5] for row in rows[2:]}
    must(got == {r["submission"]["id"]:
                 str(r["score"]) if r["gradable"] else "" for r in results},
         got)


def moodle(text, results):
    rows = rows_of(text)
    got = {plain(row[0]): row[1] for row in rows[1:]}
    must(got == {r["submission"]["id"]:
                 str(r["score"]) if r["gradable"] else "" for r in results},
         got)
    for row in rows[1:]:
        must(not re.search(r"<(?!/?p>)", row[2]), "markup:", row[2])


def csv_table(text, results):
    rows = rows_of(text)
    got = {plain(row[0]): row for row in rows[1:]}
    must(len(got) == len(results), "rows", len(got))
    for r in results:
        row = got.get(r["submission"]["id"], [""] * len(rows[0]))
        must(row[5] == (str(r["score"]) if r["gradable"] else ""), row)
        for c in r["checks"]:
            at = [plain(h) for h in rows[0]].index(c["id"])
            must(row[at] == str(c["points"]), c["id"], row[at])
            must(row[at + 1] == c["verdict"], c["id"], row[at + 1])


def junit(text, results):
    top = xml.fromstring(text.encode())
    must(top.tag == "testsuites", top.tag)
    must("[[ATTACHMENT|" not in "".join(top.itertext()) +
         "".join(v for e in top.iter() for v in e.attrib.values()),
         "an attachment")
    for s, r in zip(top, results, strict=True):
        cases = s.findall("testcase")
        must(len(cases) == int(s.get("tests")) == len(visible(r)) + 1,
             "cases", len(cases))
        must(len({(c.get("classname"), c.get("name")) for c in cases}) ==
             len(cases), "two of one name")
        for tag in ("failure", "error", "skipped"):
            key = {"failure": "failures", "error": "errors"}.get(tag, tag)
            must(len(s.findall("testcase/" + tag)) == int(s.get(key)), tag)
        must(not list(s.iter("system-out")), "system-out")
        for case, c in zip(cases[1:], visible(r), strict=True):
            tags = [e.tag for e in case]
            must(tags == {"accept": [], "skipped": ["skipped"],
                          "internal": ["error"]}.get(c["verdict"],
                                                     ["failure"]), c["id"])


def tap(text, results):
    lines = text.split("\n")
    must(lines[0] == "TAP version 14" and lines[-1] == "", "the version")
    stack, block, bail = {}, None, False
    for line in lines[1:-1]:
        must(not bail, "something after Bail out!")
        if block is not None:
            if line == block + "...":
                block = None
            else:
                m = re.match(block + r"([a-z]+): (.*)$", line)
                must(m, "no pair:", line[:60])
                if m and m[2].startswith('"'):
                    json.loads(m[2])
            continue
        indent = re.match(" *", line)[0]
        word = line[len(indent):]
        level = stack.setdefault(len(indent), {"plan": None, "n": 0})
        if word == "---":
            block = indent
        elif re.match(r"1\.\.\d+$", word):
            must(level["n"] == level["plan"] or level["n"] == 0, "two plans")
            stack[len(indent)] = {"plan": int(word[3:]), "n": 0}
        elif m := re.match(r"(not )?ok (\d+) - ", word):
            level["n"] += 1
            must(int(m[2]) == level["n"], "numbers:", word[:60])
            # A directive that was not meant: "#" that is not escaped.
            tail = re.sub(r"\\.", "", word[m.end():])
            must("#" not in tail or re.search(r" # SKIP [^#]*$", tail),
                 "a directive:", word[:60])
        elif word.startswith("Bail out! "):
            bail = True
        else:
            must(word.startswith("# Subtest: "), "no TAP:", line[:60])
    for level in stack.values():
        must(level["n"] == (level["plan"] if level["plan"] is not None else 0),
             "plan", level)
    must(bail == (not all(r["gradable"] for r in results)), "bail out")


def github(text, results):
    """As the runner reads the log: which commands would it carry out?"""
    stopped, kinds = None, {}
    for line in text.split("\n"):
        word = line.lstrip()
        if stopped:
            if word == "::" + stopped + "::":
                stopped = None
            continue
        m = re.match(r"::([a-z-]+)( [^:]*(?:::?[^:]+)*?)?::(.*)$", word)
        if not m:
            must(line == "", "a line that is no command:", line[:60])
            continue
        kinds[m[1]] = kinds.get(m[1], 0) + 1
        if m[1] == "stop-commands":
            stopped = m[3]
            must(text.count("::" + stopped + "::") == 1, "the end of it")
        must(m[1] in ("error", "warning", "notice", "stop-commands"), m[1])
    must(stopped is None, "never resumed")
    must(all(n <= 10 for n in kinds.values()), kinds)


def summary(text, results):
    must(len(text.encode()) < 1 << 20, "larger than 1 MiB")
    fence, open_details = None, 0
    for line in text.split("\n"):
        if fence:
            if line.strip() == fence:
                fence = None
            continue
        if m := re.match("(`{3,})text$", line):
            fence = m[1]
            continue
        open_details += line.count("<details>") - line.count("</details>")
        must(not re.search(r"<(?!/?details>|/?summary>)", line), "markup:",
             line[:60])
    must(fence is None and open_details == 0, "something is left open")


class Page(html.parser.HTMLParser):
    void = {"meta", "link", "br", "input", "img", "hr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags = [], [], [], {}
        self.words = []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for key, value in attrs:
            must(not key.startswith("on"), "a handler:", key)
            must(key != "href" or tag == "link" and value == "data:," or
                 value.startswith("#"), "a link out:", value)
            must(key != "src", "it fetches", value)
            if key == "id":
                self.ids.append(value)
            if key == "href" and value.startswith("#"):
                self.links.append(value[1:])
        attrs = dict(attrs)
        must(tag != "svg" or attrs.get("aria-label") or
             attrs.get("aria-hidden"), "a picture without words")
        must(tag != "th" or "scope" in attrs, "a head without scope")
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.void:
            self.open.pop()

    def handle_endtag(self, tag):
        must(self.open and self.open[-1] == tag, "closes", tag, self.open)
        if self.open:
            self.open.pop()

    def handle_data(self, data):
        self.words.append(data)


def contrast(text):
    """Colours of the style sheet against what they stand on."""
    def light(colour):
        colour = colour[1:]
        if len(colour) == 3:
            colour = "".join(c + c for c in colour)
        parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
        parts = [p / 12.92 if p <= .03928 else ((p + .055) / 1.055) ** 2.4
                 for p in parts]
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]

    pairs = [("text", "page"), ("text", "card"), ("text", "band"),
             ("text", "turn"), ("text", "fail-on"), ("soft", "page"),
             ("soft", "card"), ("soft", "band"), ("soft", "turn"),
             ("accent", "card"), ("turn-line", "turn"), ("fail", "card"),
             ("text", "fault-on")]
    pairs += [(k, k + "-on") for k in ("pass", "fail", "skip", "fault")]
    pairs += [("l%d" % i, "card") for i in range(6)]
    schemes = re.findall(r":root\{([^}]*)\}", text)
    must(len(schemes) == 2, "not two schemes")
    for scheme in schemes:
        colour = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]+)", scheme))
        for a, b in pairs:
            x, y = sorted((light(colour[a]), light(colour[b])))
            must((y + .05) / (x + .05) >= 4.5, "contrast", a, b,
                 round((y + .05) / (x + .05), 2))


def page(text, results):
    p = Page()
    p.feed(text)
    p.close()
    must(not p.open, "open at the end:", p.open)
    must(not set(p.tags) & {"script", "img", "iframe", "object", "form"},
         p.tags)
    must(p.tags.get("h1") == 1 and p.tags.get("main") == 1, "the headings")
    must(len(p.ids) == len(set(p.ids)), "two of one id")
    must(set(p.links) <= set(p.ids), "links to nowhere")
    words = "".join(p.words)
    for r in results:
        must(r["submission"]["id"].split("\n")[0] in words, "no id")
    contrast(text)


def words(text, results):
    for r in results:
        must(r["submission"]["id"].split("\n")[0] in text, "no id")
    must(not re.search(r"^(Grade|Comment) :=>>|^<\|--|^--\|>|^::", text,
                       re.M), "a line that commands")


formats = {
    "gradescope": gradescope, "prairielearn": prairielearn,
    "classroom50": classroom50, "autolab": autolab, "canvas": canvas,
    "moodle": moodle, "csv": csv_table, "junit": junit, "tap": tap,
    "github": github, "github-summary": summary, "html": page, "text": words,
}


def main():
    with open(sys.argv[2], "rb") as f:
        text = f.read().decode("utf-8", "strict")
    results = []
    for path in sys.argv[3:]:
        with open(path, encoding="utf-8") as f:
            results.append(json.load(f))
    must(not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f"
                       "\u202a-\u202e\u2066-\u2069\ufffe\uffff]", text),
         "a control character")
    formats[sys.argv[1]](text, results)
    print("\n".join(faults[:20]))
    return 1 if faults else 0


sys.exit(main())
