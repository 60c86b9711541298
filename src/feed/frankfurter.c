/*
 * Frankfurter: the European Central Bank's rates as JSON, from its own host
 * or one of yours. The day of an answer is the one it tells, not the one that
 * was asked about: there are no rates on Sundays.
 */
#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

static bool
code_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return (false);
	return (s.n == 3);
}

/* One day's object of rates. */
static bool
day_read(struct gather *g, str base, day d, str rates)
{
	struct fx_rate r = { .base = base, .day = d };
	str value;

	if (!view_object(rates))
		return (false);
	while (view_pair(&rates, &r.quote, &value)) {
		if (!code_ok(r.quote) || view_text(value) ||
		    !view_dec(value, &r.rate))
			return (false);
		gather_add(g, &r);
	}
	return (true);
}

/* A day has `date`; a range has an object by day. */
enum feed_answer
frankfurter_read_rates(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct fx_rate);
	enum feed_answer answer;
	str json, base, rates, name, value;
	day d;

	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	base = view_str(a, view_member(json, "base"), 3);
	rates = view_member(json, "rates");
	if (!code_ok(base) || !view_object(rates))
		return (FEED_NONSENSE);
	gather_reserve(&g, json, ":");
	if (view_day(view_member(json, "date"), &d)) {
		if (!day_read(&g, base, d, rates))
			return (FEED_NONSENSE);
	} else
		while (view_pair(&rates, &name, &value))
			if (!day_parse(name, &d) ||
			    !day_read(&g, base, d, value))
				return (FEED_NONSENSE);
	*out = g.list;
	return (FEED_OK);
}

static enum feed_answer
frankfurter_fx(struct asking *a, day from, day to, struct list *out)
{
	static const char *const headers[] = { "Accept: application/json",
		NULL };
	char begin[DAY_TEXT_MAX], end[DAY_TEXT_MAX];
	struct outbound_reply r;
	enum feed_answer e;

	day_print(from, begin);
	day_print(to, end);
	e = ask_get(a,
	    arena_printf(&a->f->arena, "%s/v1/%s..%s", settings.frankfurter_url,
		begin, end)
		.p,
	    headers, &r);
	return (
	    e != FEED_OK ? e : frankfurter_read_rates(&a->f->arena, &r, out));
}

const struct provider provider_frankfurter = {
	.name = "frankfurter",
	.doc = "Frankfurter: the European Central Bank's rates, told on",
	.key = KEY_NONE,
	.address = &settings.frankfurter_url,
	.address_name = "BURSAR_FRANKFURTER_URL",
	.limits = { .second = 2, .minute = 60 },
	.body_max = 12 << 20,
	.fx = frankfurter_fx,
};
