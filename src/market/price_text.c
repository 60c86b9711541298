/*
 * Bars as text. An answer of ten years is a third of a megabyte, so this is
 * written for speed: into memory that is known to be enough and once, yielding
 * to others every few hundred bars.
 */
#include <string.h>

#include "market/prices.h"

#define YIELD_BARS	200	/* take 0.4 ms */
/* Seven decimals, names, a day, an instant; the source besides. */
#define BAR_BYTES	(7 * DEC_TEXT_MAX + 220)

struct pen {
	char	*p;
};

#define PUT(pen, literal)						\
	(memcpy((pen)->p, (literal), sizeof(literal) - 1),		\
	    (pen)->p += sizeof(literal) - 1)

static void
put_str(struct pen *pen, str s)
{
	if (s.n > 0)
		memcpy(pen->p, s.p, s.n);
	pen->p += s.n;
}

static void
put_dec(struct pen *pen, dec d)
{
	pen->p += dec_print(d, pen->p);
}

/* A source is a name that the program or its operator gave. */
static void
put_source(struct pen *pen, str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			*pen->p++ = '\\';
		*pen->p++ = (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i];
	}
}

static void
bar_json(struct pen *pen, const struct price *p)
{
	PUT(pen, "{\"date\":\"");
	pen->p += day_print(p->date, pen->p);
	if (instant_ok(p->at)) {
		PUT(pen, "\",\"at\":\"");
		pen->p += instant_print(p->at, pen->p);
	}
	PUT(pen, "\",\"open\":\"");
	put_dec(pen, p->open);
	PUT(pen, "\",\"high\":\"");
	put_dec(pen, p->high);
	PUT(pen, "\",\"low\":\"");
	put_dec(pen, p->low);
	PUT(pen, "\",\"close\":\"");
	put_dec(pen, p->close);
	PUT(pen, "\",\"adjusted_close\":\"");
	put_dec(pen, dec_round(p->adjusted_close, 6));
	PUT(pen, "\",\"volume\":\"");
	put_dec(pen, p->volume);
	PUT(pen, "\",\"source\":\"");
	put_source(pen, p->source);
	PUT(pen, "\"}");
}

static void
bar_csv(struct pen *pen, const struct price *p)
{
	const dec parts[] = { p->open, p->high, p->low, p->close,
	    dec_round(p->adjusted_close, 6), p->volume };
	size_t i;

	if (instant_ok(p->at))
		pen->p += instant_print(p->at, pen->p);
	else
		pen->p += day_print(p->date, pen->p);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		*pen->p++ = ',';
		put_dec(pen, parts[i]);
	}
	PUT(pen, "\r\n");
}

size_t
prices_bytes(const struct list *prices)
{
	const struct price *p = prices->v;
	size_t i, n = 256;

	for (i = 0; i < prices->n; i++)
		n += BAR_BYTES + 2 * p[i].source.n;
	return (n);
}

/* Others get a turn; what the wait answers the next one will. */
static void
yield_at(struct flow *f, size_t i)
{
	if (i % YIELD_BARS == YIELD_BARS - 1)
		(void)!flow_sleep(f, 0);
}

size_t
prices_json(struct flow *f, const struct list *prices, char *room)
{
	const struct price *p = prices->v;
	struct pen pen = { room };
	size_t i;

	*pen.p++ = '[';
	for (i = 0; i < prices->n; i++) {
		if (i > 0)
			*pen.p++ = ',';
		bar_json(&pen, &p[i]);
		yield_at(f, i);
	}
	*pen.p++ = ']';
	return ((size_t)(pen.p - room));
}

size_t
prices_csv(struct flow *f, const struct list *prices, char *room)
{
	const struct price *p = prices->v;
	struct pen pen = { room };
	size_t i;

	put_str(&pen, prices->n > 0 && instant_ok(p[0].at) ? S("at") :
	    S("date"));
	PUT(&pen, ",open,high,low,close,adjusted_close,volume\r\n");
	for (i = 0; i < prices->n; i++) {
		bar_csv(&pen, &p[i]);
		yield_at(f, i);
	}
	return ((size_t)(pen.p - room));
}
