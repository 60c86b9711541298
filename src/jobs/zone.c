/*
 * Time zones as RFC 9636 (TZif) keeps them: moments at which the offset
 * changes, and a rule for all time after the last of them. Refuses names
 * that could lead out of the database's folder, and files it cannot follow:
 * also those that count leap seconds, which nobody else here does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "jobs/zone.h"

#define FOLDER		"/usr/share/zoneinfo"
#define NAME_MAX_BYTES	64
#define FILE_MAX	(256 * 1024)
#define HEADER		44
#define DAY_S		INT64_C(86400)

/* When a rule's daylight saving begins or ends: in the wall clock's time of
 * before, on a day that is given in one of three ways. */
struct edge {
	char	way;	/* M: month.week.day, J: 1..365, N: 0..365 */
	int	month, week, n;
	int64_t	at_s;
};

struct rule {
	bool	known, saves;
	int64_t	standard, saving;	/* offsets */
	struct edge from, to;
};

struct zone {
	char		 name[NAME_MAX_BYTES + 1];
	size_t		 n;
	int64_t		*at;		/* n moments, ascending */
	int64_t		*offset;	/* n + 1; offset[i] is before at[i] */
	struct rule	 rule;		/* after at[n - 1] */
	struct zone	*next;
};

static struct zone *zones;

/* ---- the rule: POSIX's TZ -------------------------------------- */

static bool
take(const char **p, char c)
{
	if (**p != c)
		return (false);
	(*p)++;
	return (true);
}

static bool
take_number(const char **p, int64_t most, int64_t *out)
{
	char *end;

	if (**p < '0' || **p > '9')
		return (false);
	*out = strtol(*p, &end, 10);
	*p = end;
	return (*out <= most);
}

/* "EST" or "<-03>" */
static bool
take_name(const char **p)
{
	const char *from = *p;

	if (take(p, '<')) {
		while (**p != '\0' && **p != '>')
			(*p)++;
		return (take(p, '>'));
	}
	while ((**p | 32) >= 'a' && (**p | 32) <= 'z')
		(*p)++;
	return (*p - from >= 3);
}

/* [+-]hh[:mm[:ss]] */
static bool
take_time(const char **p, int64_t *out)
{
	int64_t h, m = 0, s = 0, sign = 1;

	if (take(p, '-'))
		sign = -1;
	else
		(void)take(p, '+');
	if (!take_number(p, 167, &h) ||
	    (take(p, ':') && !take_number(p, 59, &m)) ||
	    (take(p, ':') && !take_number(p, 59, &s)))
		return (false);
	*out = sign * (h * 3600 + m * 60 + s);
	return (true);
}

static bool
take_edge(const char **p, struct edge *e)
{
	int64_t month = 0, week = 0, n;

	e->way = 'N';
	if (take(p, 'J'))
		e->way = 'J';
	else if (take(p, 'M')) {
		e->way = 'M';
		if (!take_number(p, 12, &month) || !take(p, '.') ||
		    !take_number(p, 5, &week) || !take(p, '.') ||
		    month < 1 || week < 1)
			return (false);
	}
	if (!take_number(p, e->way == 'M' ? 6 : 365, &n))
		return (false);
	e->month = (int)month;
	e->week = (int)week;
	e->n = (int)n;
	e->at_s = 7200;
	return (!take(p, '/') || take_time(p, &e->at_s));
}

/* "EST5EDT,M3.2.0,M11.1.0"; POSIX counts offsets westward. */
static bool
rule_read(const char *text, struct rule *r)
{
	const char *p = text;
	int64_t west;

	memset(r, 0, sizeof(*r));
	if (!take_name(&p) || !take_time(&p, &west))
		return (false);
	r->known = true;
	r->standard = -west;
	if (*p == '\0')
		return (true);
	if (!take_name(&p))
		return (false);
	r->saving = r->standard + 3600;
	if (*p != ',') {
		if (!take_time(&p, &west))
			return (false);
		r->saving = -west;
	}
	r->saves = true;
	return (take(&p, ',') && take_edge(&p, &r->from) && take(&p, ',') &&
	    take_edge(&p, &r->to) && *p == '\0');
}

static bool
leap(int year)
{
	return (day_ok(day_of(year, 2, 29)));
}

static day
edge_day(const struct edge *e, int year)
{
	day first;
	int n;

	if (e->way != 'M') {
		n = e->way == 'N' ? e->n :
		    e->n - 1 + (leap(year) && e->n > 59);
		return (day_add(day_of(year, 1, 1), n));
	}
	first = day_of(year, e->month, 1);
	/* day_weekday counts from Monday, POSIX from Sunday. */
	n = (e->n + 6 - day_weekday(first) + 7) % 7 + (e->week - 1) * 7;
	while (n >= day_between(first, day_add_months(first, 1)))
		n -= 7;
	return (day_add(first, n));
}

static int64_t
edge_moment(const struct edge *e, int year, int64_t offset)
{
	return (edge_day(e, year).n * DAY_S + e->at_s - offset);
}

static int
year_of(int64_t at)
{
	int y, m, d;

	day_civil((day){ (int32_t)((at - (at < 0 ? DAY_S - 1 : 0)) / DAY_S) },
	    &y, &m, &d);
	return (y);
}

/* The last change at or before `at`, and the first one after it. */
static int64_t
rule_offset(const struct rule *r, int64_t at, int64_t *until)
{
	int64_t latest = INT64_MIN, offset = r->standard, t;
	int year = year_of(at), y, i;

	*until = ZONE_FOREVER;
	if (!r->saves)
		return (r->standard);
	for (y = year - 1; y <= year + 1; y++) {
		for (i = 0; i < 2; i++) {
			t = i == 0 ? edge_moment(&r->from, y, r->standard) :
			    edge_moment(&r->to, y, r->saving);
			if (t <= at && t >= latest) {
				latest = t;
				offset = i == 0 ? r->saving : r->standard;
			} else if (t > at && t < *until)
				*until = t;
		}
	}
	return (offset);
}

/* ---- the file -------------------------------------------------- */

static int64_t
big(const unsigned char *p, int bytes)
{
	uint64_t n = p[0] & 0x80 ? UINT64_MAX : 0;
	int i;

	for (i = 0; i < bytes; i++)
		n = n << 8 | p[i];
	return ((int64_t)n);
}

struct counts {
	int64_t	isut, isstd, leaps, times, types, chars;
};

static bool
header_read(const unsigned char *p, size_t left, struct counts *c)
{
	if (left < HEADER || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return (false);
	c->isut = big(p + 20, 4);
	c->isstd = big(p + 24, 4);
	c->leaps = big(p + 28, 4);
	c->times = big(p + 32, 4);
	c->types = big(p + 36, 4);
	c->chars = big(p + 40, 4);
	return (c->isut >= 0 && c->isstd >= 0 && c->leaps >= 0 &&
	    c->times >= 0 && c->types > 0 && c->chars >= 0 &&
	    c->isut < FILE_MAX && c->isstd < FILE_MAX &&
	    c->leaps < FILE_MAX && c->times < FILE_MAX / 9 &&
	    c->types <= 256 && c->chars < FILE_MAX);
}

static size_t
body_size(const struct counts *c, int64_t width)
{
	return ((size_t)(c->times * (width + 1) + c->types * 6 + c->chars +
	    c->leaps * (width + 4) + c->isstd + c->isut));
}

static bool
times_read(struct zone *z, const unsigned char *p, const struct counts *c)
{
	const unsigned char *type = p + c->times * 8;
	const unsigned char *types = type + c->times;
	int64_t i;

	z->n = (size_t)c->times;
	z->at = calloc(z->n + 1, sizeof(*z->at));
	z->offset = calloc(z->n + 1, sizeof(*z->offset));
	if (z->at == NULL || z->offset == NULL)
		return (false);
	z->offset[0] = big(types, 4);
	for (i = 0; i < c->times; i++) {
		if (type[i] >= c->types)
			return (false);
		z->at[i] = big(p + i * 8, 8);
		z->offset[i + 1] = big(types + type[i] * 6, 4);
		if (i > 0 && z->at[i] <= z->at[i - 1])
			return (false);
	}
	return (true);
}

/* The first part has 32 bits for a moment and is passed over. */
static bool
zone_read(struct zone *z, unsigned char *p, size_t n)
{
	struct counts c;
	size_t skip;
	char *end;

	if (!header_read(p, n, &c) ||
	    (skip = HEADER + body_size(&c, 4)) > n ||
	    !header_read(p + skip, n - skip, &c) || c.leaps > 0)
		return (false);
	p += skip + HEADER;
	n -= skip + HEADER;
	skip = body_size(&c, 8);
	if (skip + 2 > n || !times_read(z, p, &c) || p[skip] != '\n' ||
	    (end = memchr(p + skip + 1, '\n', n - skip - 1)) == NULL)
		return (false);
	*end = '\0';
	return (end == (char *)p + skip + 1 ||
	    rule_read((char *)p + skip + 1, &z->rule));
}

static bool
name_good(str name)
{
	size_t i;
	char c;

	for (i = 0; i < name.n; i++) {
		c = name.p[i];
		if (!((c | 32) >= 'a' && (c | 32) <= 'z') &&
		    !(c >= '0' && c <= '9' && i > 0) &&
		    !(i > 0 && strchr("_+-/", c) != NULL))
			return (false);
	}
	return (name.n > 0 && name.n <= NAME_MAX_BYTES);
}

static struct zone *
zone_load(str name)
{
	static unsigned char text[FILE_MAX];
	char path[sizeof(FOLDER) + NAME_MAX_BYTES + 2];
	struct zone *z;
	FILE *fp;
	size_t n;

	snprintf(path, sizeof(path), FOLDER "/%.*s", STR_ARG(name));
	if ((fp = fopen(path, "rb")) == NULL)
		return (NULL);
	n = fread(text, 1, sizeof(text) - 1, fp);
	fclose(fp);
	if ((z = calloc(1, sizeof(*z))) == NULL)
		return (NULL);
	if (!zone_read(z, text, n)) {
		free(z->at);
		free(z->offset);
		free(z);
		return (NULL);
	}
	memcpy(z->name, name.p, name.n);
	return (z);
}

const struct zone *
zone_find(str name)
{
	static const struct zone utc = { .name = "UTC",
	    .rule = { .known = true } };
	struct zone *z;

	if (str_eqz(name, "UTC"))
		return (&utc);
	if (!name_good(name))
		return (NULL);
	for (z = zones; z != NULL; z = z->next)
		if (str_eqz(name, z->name))
			return (z);
	if ((z = zone_load(name)) != NULL) {
		z->next = zones;
		zones = z;
	}
	return (z);
}

/* ---- asking ---------------------------------------------------- */

int64_t
zone_offset(const struct zone *z, int64_t at, int64_t *until)
{
	size_t low = 0, high = z->n, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (z->at[mid] <= at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < z->n) {
		*until = z->at[low];
		return (z->offset[low]);
	}
	if (z->rule.known)
		return (rule_offset(&z->rule, at, until));
	*until = ZONE_FOREVER;
	return (z->n > 0 ? z->offset[z->n] : 0);
}

/*
 * Offsets are less than a day, so it is shown within a day of its count read
 * as UTC: walk the stretches of one offset from there.
 */
int64_t
zone_moment(const struct zone *z, int64_t local)
{
	int64_t at = local - DAY_S, until, offset;

	for (;;) {
		offset = zone_offset(z, at, &until);
		if (local - offset < until)
			return (local - offset >= at ? local - offset : at);
		at = until;
	}
}
