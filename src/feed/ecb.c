/*
 * The European Central Bank's own files of reference rates: units of a
 * currency for one euro, of today, of ninety days, or of all days since 1999.
 * They are XML of one fixed form, and anything else is refused, not guessed.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define DAILY_DAYS   1
#define QUARTER_DAYS 80

/* Past the first `what` in `s`; false without one. */
static bool
past(str *s, const char *what)
{
	const char *p =
	    s->n > 0 ? memmem(s->p, s->n, what, strlen(what)) : NULL;

	if (p == NULL)
		return (false);
	p += strlen(what);
	*s = (str){ p, s->n - (size_t)(p - s->p) };
	return (true);
}

/* The value of an attribute of one tag, in either kind of quotes. */
static str
attribute(str tag, const char *name)
{
	size_t n = strlen(name);
	str value;
	char quote;

	while (past(&tag, name)) {
		if (tag.n < 2 || tag.p[0] != '=' ||
		    (tag.p[1] != '"' && tag.p[1] != '\'') ||
		    tag.p[-(ptrdiff_t)n - 1] != ' ')
			continue;
		quote = tag.p[1];
		tag = (str){ tag.p + 2, tag.n - 2 };
		return (str_cut(&tag, quote, &value) ? value : STR_NONE);
	}
	return (STR_NONE);
}

static bool
code_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return (false);
	return (s.n == 3);
}

/* The file must be whole: what is cut off might be believed otherwise. */
enum feed_answer
ecb_read_rates(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct fx_rate);
	struct fx_rate rate = { .base = S("EUR"), .day = DAY_NONE };
	enum feed_answer answer = status_answer(r->status);
	str rest = r->body, tag, time, code;

	if (answer != FEED_OK)
		return (answer);
	if (rest.n == 0 || !str_utf8(rest) ||
	    memmem(rest.p, rest.n, "</gesmes:Envelope>", 18) == NULL)
		return (FEED_NONSENSE);
	gather_reserve(&g, rest, "currency=");
	while (past(&rest, "<Cube") && str_cut(&rest, '>', &tag)) {
		time = attribute(tag, "time");
		code = attribute(tag, "currency");
		if (time.p != NULL && !day_parse(time, &rate.day))
			return (FEED_NONSENSE);
		if (code.p == NULL)
			continue;
		if (!code_ok(code) || !day_ok(rate.day) ||
		    dec_parse(attribute(tag, "rate"), &rate.rate) != OK)
			return (FEED_NONSENSE);
		rate.quote = code;
		gather_add(&g, &rate);
	}
	*out = g.list;
	return (g.list.n > 0 ? FEED_OK : FEED_NONSENSE);
}

static enum feed_answer
ecb_fx(struct asking *a, day from, day to, struct list *out)
{
	static const char *const headers[] = { "Accept: application/xml",
		NULL };
	int back = day_between(from, day_today());
	const char *file = back <= DAILY_DAYS ? "daily"
	    : back <= QUARTER_DAYS            ? "hist-90d"
					      : "hist";
	struct outbound_reply r;
	enum feed_answer e = ask_get(a,
	    arena_printf(&a->f->arena, "%s/stats/eurofxref/eurofxref-%s.xml",
		settings.ecb_url, file)
		.p,
	    headers, &r);

	(void)to;
	return (e != FEED_OK ? e : ecb_read_rates(&a->f->arena, &r, out));
}

const struct provider provider_ecb = {
	.name = "ecb",
	.doc = "European Central Bank: euro reference rates since 1999",
	.key = KEY_NONE,
	.address = &settings.ecb_url,
	.address_name = "BURSAR_ECB_URL",
	.limits = { .second = 1, .minute = 10 },
	.body_max = 12 << 20,
	.fx = ecb_fx,
};
