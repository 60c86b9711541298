/*
 * Exchanges and their calendars.
 */
#include <ctype.h>

#include "market/routes.h"

#define DAYS_MAX	800

struct calendar_query {
	str	exchange;
	day	from, to;
};

static const struct field calendar_query_fields[] = {
	MUST(calendar_query, exchange, "Code or name: XNYS, NASDAQ, Xetra.",
	    .min = 1, .max = 60, .example = "\"XNYS\""),
	MAY(calendar_query, from, "First day; today when absent."),
	MAY(calendar_query, to, "Last day; 30 days later when absent."),
	FIELDS_END
};

SHAPE_OF(calendar_query);

struct calendar_day {
	day	date;
	bool	open, early;
	str	holiday;
	instant	opens_at, closes_at;
};

static const struct field calendar_day_fields[] = {
	MUST(calendar_day, date, "Day."),
	MUST(calendar_day, open, "Whether it trades."),
	MUST(calendar_day, early, "It closes earlier than usual."),
	MAY(calendar_day, holiday, "Why it is closed or early."),
	MAY(calendar_day, opens_at, "First moment."),
	MAY(calendar_day, closes_at, "Last moment."),
	FIELDS_END
};

struct calendar {
	str		exchange, name, zone;
	struct list	items;
};

static const struct field calendar_fields[] = {
	MUST(calendar, exchange, "Code (ISO 10383)."),
	MUST(calendar, name, "Name."),
	MUST(calendar, zone, "Time zone."),
	MUST(calendar, items, "Every day of the range.",
	    .shape = SHAPE(calendar_day)),
	FIELDS_END
};

SHAPE_OF(calendar);

/* By its code or a name in any case; NULL: none whose holidays are known. */
static const struct exchange *
exchange_known(struct arena *a, str name)
{
	const struct exchange *x;
	char *upper = arena_z(a, name);
	size_t i;

	for (i = 0; i < name.n; i++)
		upper[i] = (char)toupper((unsigned char)upper[i]);
	x = exchange_find((str){ upper, name.n }, name, STR_NONE);
	return (x->weekdays_only ? NULL : x);
}

static void
day_fill(const struct exchange *x, day d, struct calendar_day *out)
{
	const enum hours hours = exchange_hours(x, d);

	*out = (struct calendar_day){ .date = d, .open = hours != HOURS_NONE,
	    .early = hours == HOURS_HALF,
	    .holiday = str_of(exchange_holiday(x, d)),
	    .opens_at = INSTANT_NONE, .closes_at = INSTANT_NONE };
	if (!exchange_session(x, d, &out->opens_at, &out->closes_at))
		out->opens_at = out->closes_at = INSTANT_NONE;
}

enum err
calendar_route(struct call *c)
{
	struct calendar_query *q = c->query;
	const struct exchange *x = exchange_known(&c->f->arena, q->exchange);
	struct calendar_day *days;
	struct calendar out;
	int i, n;

	if (x == NULL)
		return (flow_fault(c->f, E_NOT_FOUND,
		    "no calendar of this exchange is known"));
	if (!day_ok(q->from))
		q->from = sim_today();
	if (!day_ok(q->to))
		q->to = day_add(q->from, 30);
	n = day_between(q->from, q->to) + 1;
	if (n < 1 || n > DAYS_MAX)
		return (fault(c, "?to", "out_of_range", "1 to %d days",
		    DAYS_MAX));
	if (!exchange_knows(x, q->from) || !exchange_knows(x, q->to))
		return (fault(c, exchange_knows(x, q->from) ? "?to" : "?from",
		    "out_of_range", "the holidays of %s are known from %d to "
		    "%d", x->mic, x->known_from, x->known_to));
	days = ARENA_MANY(&c->f->arena, (size_t)n, struct calendar_day);
	for (i = 0; i < n; i++)
		day_fill(x, day_add(q->from, i), &days[i]);
	out = (struct calendar){ str_of(x->mic), str_of(x->name),
	    str_of(x->zone), { days, (size_t)n } };
	return (reply(c, &out));
}

struct exchange_row {
	str	exchange, name, zone;
	bool	open;
	instant	opens_at, closes_at;
};

static const struct field exchange_row_fields[] = {
	MUST(exchange_row, exchange, "Code (ISO 10383)."),
	MUST(exchange_row, name, "Name."),
	MUST(exchange_row, zone, "Time zone."),
	MUST(exchange_row, open, "Whether it trades now."),
	MUST(exchange_row, opens_at, "Of this session or the next one."),
	MUST(exchange_row, closes_at, "Of this session or the next one."),
	FIELDS_END
};

SHAPE_OF(exchange_row);

/* The first session that is not over. */
static void
session_next(const struct exchange *x, instant now, struct exchange_row *out)
{
	day d = day_add(day_of_instant(now), -1);

	while (!exchange_session(x, d, &out->opens_at, &out->closes_at) ||
	    out->closes_at.us <= now.us)
		d = day_add(d, 1);
	out->open = out->opens_at.us <= now.us;
}

enum err
exchanges_route(struct call *c)
{
	instant now = sim_now();
	struct exchange_row *rows;
	const struct exchange *x;
	size_t n;

	for (n = 0; exchanges[n].mic != NULL; n++)
		;
	rows = ARENA_MANY(&c->f->arena, n, struct exchange_row);
	for (n = 0, x = exchanges; x->mic != NULL; x++) {
		if (x->weekdays_only)
			continue;
		rows[n] = (struct exchange_row){ str_of(x->mic),
		    str_of(x->name), str_of(x->zone), false, INSTANT_NONE,
		    INSTANT_NONE };
		session_next(x, now, &rows[n++]);
	}
	return (reply_many(c, &(struct list){ rows, n }, STR_NONE));
}
