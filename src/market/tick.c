/*
 * Messages of quotes, written and taken apart. A quote ends at the first
 * closing brace, for no text of it can hold one: a symbol is made of letters,
 * digits and four signs. Whatever does not begin as a quote that was written
 * here ends the message.
 */
#include "base/json.h"
#include "market/tick.h"

static void
tick_write(struct json *j, const struct quote *q)
{
	jw_open(j);
	jw_key(j, "symbol");
	jw_str(j, q->symbol);
	jw_key(j, "price");
	jw_dec(j, q->price);
	jw_key(j, "previous_close");
	jw_dec(j, q->previous_close);
	jw_key(j, "change");
	jw_dec(j, q->change);
	jw_key(j, "percent_change");
	jw_dec_number(j, dec_from_double(q->percent_change, 8), 8);
	jw_key(j, "as_of");
	jw_instant(j, q->as_of);
	jw_key(j, "stale");
	jw_bool(j, q->stale);
	jw_close(j);
}

str
tick_message(struct arena *a, const struct quote *q, size_t n)
{
	struct json j;
	size_t i;

	jw_init(&j, a);
	jw_array(&j);
	for (i = 0; i < n; i++)
		tick_write(&j, &q[i]);
	jw_array_end(&j);
	return (jw_text(&j));
}

/* What stands between `begin`, off the front of `*s`, and a quote mark. */
static bool
take(str *s, str begin, str *out)
{
	if (!str_starts(*s, begin))
		return (false);
	s->p += begin.n;
	s->n -= begin.n;
	return (str_cut(s, '"', out) && out->n > 0);
}

bool
tick_number(str *message, uint64_t *seq, uint64_t *before)
{
	str rest = *message, first, second;
	int64_t n, m;

	if (!str_cut(&rest, ' ', &first) || !str_cut(&rest, ' ', &second) ||
	    rest.p == NULL || !str_long(first, &n) || !str_long(second, &m) ||
	    m < 0 || n <= m)
		return (false);
	*seq = (uint64_t)n;
	*before = (uint64_t)m;
	*message = rest;
	return (true);
}

bool
tick_next(str *rest, struct tick *out)
{
	str s, fields;

	s = *rest;
	if (s.n == 0 || (s.p[0] != '[' && s.p[0] != ','))
		return (false);
	s.p++, s.n--;
	out->json = s;
	*rest = s;
	if (!str_cut(rest, '}', &fields) || rest->p == NULL)
		return (false);
	out->json.n = fields.n + 1;
	return (take(&fields, S("{\"symbol\":\""), &out->symbol) &&
	    take(&fields, S(",\"price\":\""), &out->price));
}
