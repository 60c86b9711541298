/*
 * A line a member, in the order of the structs; an empty line is "none". The
 * first line names the form, so that another version's records are not read.
 */
#include <math.h>
#include <string.h>

#include "feed/record.h"

#define MATCHES_MAX 20

struct lines {
	struct arena *arena;
	char *p;
	size_t n, cap;
};

static void
line_str(struct lines *l, str s)
{
	size_t need = l->n + s.n + 1;
	char *p;

	if (need > l->cap) {
		l->cap = need * 2 + 256;
		p = arena_alloc(l->arena, l->cap);
		if (l->n > 0)
			memcpy(p, l->p, l->n);
		l->p = p;
	}
	for (size_t i = 0; i < s.n; i++)
		l->p[l->n++] = s.p[i] == '\n' ? ' ' : s.p[i];
	l->p[l->n++] = '\n';
}

static void
line_dec(struct lines *l, dec d)
{
	char text[DEC_TEXT_MAX];
	size_t n = dec_print(d, text);

	line_str(l, dec_ok(d) ? (str){ text, n } : S(""));
}

static bool
line_read(str *rest, str *out)
{
	if (!str_cut(rest, '\n', out))
		return (false);
	if (out->n == 0)
		*out = STR_NONE;
	return (true);
}

static bool
line_read_dec(str *rest, dec *out)
{
	str s;

	*out = DEC_NONE;
	if (!line_read(rest, &s))
		return (false);
	return (s.p == NULL || (dec_parse(s, out) == OK && dec_sign(*out) > 0));
}

static bool
form_is(str *rest, const char *form)
{
	str s;

	return (line_read(rest, &s) && str_eqz(s, form));
}

/* ---- quotes ------------------------------------------------------ */

str
record_quote(struct arena *a, const struct quote *q)
{
	struct lines l = { .arena = a };
	char when[INSTANT_TEXT_MAX];

	line_str(&l, S("quote 1"));
	line_str(&l, q->symbol);
	line_dec(&l, q->price);
	line_dec(&l, q->previous_close);
	line_dec(&l, q->open);
	line_dec(&l, q->high);
	line_dec(&l, q->low);
	line_str(&l, q->currency);
	line_str(&l, (str){ when, instant_print(q->as_of, when) });
	line_str(&l, q->source);
	return ((str){ l.p, l.n });
}

bool
record_quote_read(str text, struct quote *out)
{
	struct quote q = { .stale = false };
	str when;

	if (!form_is(&text, "quote 1") || !line_read(&text, &q.symbol) ||
	    !line_read_dec(&text, &q.price) ||
	    !line_read_dec(&text, &q.previous_close) ||
	    !line_read_dec(&text, &q.open) || !line_read_dec(&text, &q.high) ||
	    !line_read_dec(&text, &q.low) || !line_read(&text, &q.currency) ||
	    !line_read(&text, &when) || !line_read(&text, &q.source) ||
	    !dec_ok(q.price) || q.symbol.p == NULL ||
	    !instant_parse(when, &q.as_of))
		return (false);
	q.change = dec_sub(q.price, q.previous_close);
	q.percent_change = dec_ok(q.change)
	    ? dec_double(dec_div(q.change, q.previous_close))
	    : NAN;
	*out = q;
	return (true);
}

/* ---- profiles ---------------------------------------------------- */

/* The texts of a profile, in the order of their lines. */
#define PROFILE_TEXTS(X)                                                 \
	X(symbol)                                                        \
	X(name)                                                          \
	X(kind)                                                          \
	X(country) X(currency) X(exchange) X(industry) X(sector) X(logo) \
	    X(website) X(source)

str
record_profile(struct arena *a, const struct profile *p)
{
	struct lines l = { .arena = a };
	char ipo[DAY_TEXT_MAX];

	line_str(&l, S("profile 1"));
#define WRITE(member) line_str(&l, p->member);
	PROFILE_TEXTS(WRITE)
#undef WRITE
	line_dec(&l, p->market_cap);
	line_dec(&l, p->shares);
	line_str(
	    &l, day_ok(p->ipo) ? (str){ ipo, day_print(p->ipo, ipo) } : S(""));
	return ((str){ l.p, l.n });
}

bool
record_profile_read(str text, struct profile *out)
{
	struct profile p = { .ipo = DAY_NONE };
	str ipo;

	if (!form_is(&text, "profile 1"))
		return (false);
#define READ(member)                      \
	if (!line_read(&text, &p.member)) \
		return (false);
	PROFILE_TEXTS(READ)
#undef READ
	if (!line_read_dec(&text, &p.market_cap) ||
	    !line_read_dec(&text, &p.shares) || !line_read(&text, &ipo) ||
	    (ipo.p != NULL && !day_parse(ipo, &p.ipo)) || p.symbol.p == NULL ||
	    p.name.p == NULL)
		return (false);
	*out = p;
	return (true);
}

/* ---- matches ----------------------------------------------------- */

str
record_matches(struct arena *a, const struct list *list)
{
	struct lines l = { .arena = a };
	const struct match *m = list->v;

	line_str(&l, S("matches 1"));
	for (size_t i = 0; i < list->n; i++) {
		line_str(&l, m[i].symbol);
		line_str(&l, m[i].name);
		line_str(&l, m[i].kind);
	}
	return ((str){ l.p, l.n });
}

bool
record_matches_read(struct arena *a, str text, struct list *out)
{
	struct match *v = ARENA_MANY(a, MATCHES_MAX, struct match), m;
	size_t n = 0;

	if (!form_is(&text, "matches 1"))
		return (false);
	while (text.n > 0 && n < MATCHES_MAX) {
		if (!line_read(&text, &m.symbol) || m.symbol.p == NULL ||
		    !line_read(&text, &m.name) || !line_read(&text, &m.kind))
			return (false);
		v[n++] = m;
	}
	out->v = v;
	out->n = n;
	return (true);
}
