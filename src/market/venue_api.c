/*
 * Exchanges and their calendars.
 */
#include "market/candle.h"
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
	int64_t		since;
	struct list	items;
};

static const struct field calendar_fields[] = {
	MUST(calendar, exchange, "Code (ISO 10383)."),
	MUST(calendar, name, "Name."),
	MUST(calendar, zone, "Time zone."),
	MUST(calendar, since, "First year that the calendar is right for."),
	MUST(calendar, items, "Every day of the range.",
	    .shape = SHAPE(calendar_day)),
	FIELDS_END
};

SHAPE_OF(calendar);

enum err
calendar_route(struct call *c)
{
	struct calendar_query *q = c->query;
	const struct venue *v = venue_find(q->exchange);
	struct calendar_day *days;
	struct session s;
	struct calendar out;
	int i, n;

	if (v == NULL)
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
	days = ARENA_MANY(&c->f->arena, (size_t)n, struct calendar_day);
	for (i = 0; i < n; i++) {
		venue_session(v, day_add(q->from, i), &s);
		days[i] = (struct calendar_day){ s.day, s.open, s.early,
		    str_of(s.holiday), s.opens, s.closes };
	}
	out = (struct calendar){ str_of(venue_mic(v)), str_of(venue_name(v)),
	    str_of(venue_zone(v)), venue_since(v), { days, (size_t)n } };
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

enum err
exchanges_route(struct call *c)
{
	instant now = sim_now();
	struct exchange_row *rows;
	const struct venue *v;
	struct session s;
	size_t i, n;

	for (n = 0; venue_at(n) != NULL; n++)
		;
	rows = ARENA_MANY(&c->f->arena, n, struct exchange_row);
	for (i = 0; i < n; i++) {
		v = venue_at(i);
		venue_next(v, now, &s);
		rows[i] = (struct exchange_row){ str_of(venue_mic(v)),
		    str_of(venue_name(v)), str_of(venue_zone(v)),
		    s.opens.us <= now.us, s.opens, s.closes };
	}
	return (reply_many(c, &(struct list){ rows, n }, STR_NONE));
}
