/* Moments of the calendar.  */
#include "config.h"

#include "base/utc.h"

#include <string.h>
#include <time.h>

enum { DAY = 24 * 60 * 60 };

/* So many digits; -1: they are not there.  */
static int
digits(const char **s, int n)
{
	int value = 0;

	for (; n > 0; n--, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		value = value * 10 + **s - '0';
	}
	return value;
}

static bool
passes(const char **s, char c)
{
	bool there = **s == c;

	*s += there;
	return there;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to the day; -1: there is no such day.  */
static int64_t
day_number(int year, int month, int day)
{
	int64_t n = day - 1;

	if (year < 1970 || month < 1 || month > 12 || day < 1 ||
	    day > days_of(year, month))
		return -1;
	for (int y = 1970; y < year; y++)
		n += 365 + is_leap(y);
	for (int m = 1; m < month; m++)
		n += days_of(year, m);
	return n;
}

/* "14:03", in minutes; -1.  */
static int
minutes(const char **s)
{
	int hour = digits(s, 2), minute;

	if (hour < 0 || hour > 23 || !passes(s, ':'))
		return -1;
	minute = digits(s, 2);
	return minute < 0 || minute > 59 ? -1 : hour * 60 + minute;
}

/* What the end of the text adds; false: it is none.  */
static bool
parse_zone(const char *s, int64_t *seconds)
{
	int sign, offset;

	if (strcmp(s, "Z") == 0)
		return true;
	if (*s != '+' && *s != '-')
		return false;
	sign = *s++ == '+' ? -1 : 1;
	offset = minutes(&s);
	*seconds += (int64_t)sign * offset * 60;
	return offset >= 0 && !*s && *seconds >= 0;
}

bool
utc_parse(const char *s, int64_t *seconds)
{
	int year, month, day, minute, second;
	int64_t days;

	year = digits(&s, 4);
	if (year < 0 || !passes(&s, '-'))
		return false;
	month = digits(&s, 2);
	if (!passes(&s, '-'))
		return false;
	day = digits(&s, 2);
	days = day_number(year, month, day);
	if (days < 0 || !passes(&s, 'T'))
		return false;
	minute = minutes(&s);
	if (minute < 0 || !passes(&s, ':'))
		return false;
	second = digits(&s, 2);
	if (second < 0 || second > 59)
		return false;
	if (*s == '.' && strspn(s + 1, "0123456789"))
		s += 1 + strspn(s + 1, "0123456789");
	*seconds = days * DAY + minute * 60 + second;
	return parse_zone(s, seconds);
}

char *
utc_text(int64_t seconds)
{
	time_t when = (time_t)seconds;
	char text[64];
	struct tm tm;

	gmtime_r(&when, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return xstrdup(text);
}
