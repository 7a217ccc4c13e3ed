/* See bench_plain.h.  */
#include "config.h"

#include "command/bench_plain.h"

#include "base/i18n.h"
#include "bench/advise.h"
#include "bench/text.h"
#include "command/command.h"
#include "lesson/markdown.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH = 80, WIDTH_MAX = 200, COLUMNS = 3 };

static int
output_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 ||
	    size.ws_col < WIDTH)
		return WIDTH;
	return size.ws_col > WIDTH_MAX ? WIDTH_MAX : size.ws_col;
}

int
plain_features(void)
{
	struct look look = { .width = output_width(), .plain = true };
	struct buf text = BUF_INIT;
	struct styled lines = STYLED_INIT;

	features_markdown(&text, look.width / (WIDTH / COLUMNS), 2);
	markdown_lines(&lines, buf_str(&text), text.len, &look);
	buf_clear(&text);
	styled_text(&lines, &text);
	fwrite(buf_str(&text), 1, text.len, stdout);
	styled_release(&lines);
	buf_release(&text);
	return EXIT_DONE;
}

/* One answer, from 0; -1: there are no more lines.  */
static int
ask(enum question q, FILE *answers)
{
	int most = question_answers(q);
	char line[64];

	printf("%d. %s\n", q + 1, _(questions[q].text));
	for (int i = 0; i < most; i++)
		printf("   %d  %s\n", i + 1, _(questions[q].answer[i]));
	for (;;) {
		long n;
		char *end;

		fputs("> ", stdout);
		fflush(stdout);
		if (!fgets(line, sizeof(line), answers))
			return -1;
		n = strtol(line, &end, 10);
		if (end != line && strspn(end, " \t\r\n") == strlen(end) &&
		    n >= 1 && n <= most)
			return (int)n - 1;
		printf(_("A number from 1 to %d, please.\n"), most);
	}
}

int
plain_advise(const struct figures *f, FILE *answers)
{
	struct advices a;
	struct buf text = BUF_INIT;
	int answer[QUESTIONS];

	for (int q = 0; q < QUESTIONS; q++) {
		answer[q] = ask((enum question)q, answers);
		if (answer[q] < 0) {
			putchar('\n');
			return command_fail(EXIT_NO, xstrdup(
				_("the answers ended before the questions")));
		}
	}
	advise(&a, answer, f);
	buf_addc(&text, '\n');
	advice_write(&text, &a);
	if (f) {
		machine_write(&text, f);
		changes_write(&text, f);
	}
	fwrite(buf_str(&text), 1, text.len, stdout);
	buf_release(&text);
	return EXIT_DONE;
}
