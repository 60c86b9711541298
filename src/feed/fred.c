/*
 * FRED: series of the St. Louis Fed, such as the rate of three-month
 * Treasury bills. A day without a value has a point for one. The key stands in
 * the address.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

/* What went wrong is a 400 for all causes, told apart by its sentence. */
static enum feed_answer
refusal(struct arena *a, const struct outbound_reply *r)
{
	str json = str_trim(r->body), text;

	if (r->status != 400 || !view_valid(json))
		return (status_answer(r->status));
	text = view_str(a, view_member(json, "error_message"), 200);
	if (text.p == NULL)
		return (FEED_NONSENSE);
	return (memmem(text.p, text.n, "api_key", 7) != NULL ? FEED_KEY
							     : FEED_NO_DATA);
}

enum feed_answer
fred_read_series(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct series_point);
	enum feed_answer answer;
	struct series_point p;
	str json, rows, row, value;

	if (r->status != 200)
		return (refusal(a, r));
	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	rows = view_member(json, "observations");
	if (!view_array(rows))
		return (FEED_NONSENSE);
	while (view_item(&rows, &row)) {
		value = view_member(row, "value");
		if (!view_day(view_member(row, "date"), &p.day))
			return (FEED_NONSENSE);
		if (str_eqz(value, "\".\""))
			continue;
		if (!view_dec(value, &p.value))
			return (FEED_NONSENSE);
		gather_add(&g, &p);
	}
	*out = g.list;
	return (FEED_OK);
}

static enum feed_answer
fred_series(struct asking *a, str id, day from, day to, struct list *out)
{
	static const char *const headers[] = { "Accept: application/json",
		NULL };
	char begin[DAY_TEXT_MAX], end[DAY_TEXT_MAX];
	struct arena *arena = &a->f->arena;
	struct outbound_reply r;
	enum feed_answer e;

	day_print(from, begin);
	day_print(to, end);
	e = ask_get(a,
	    arena_printf(arena,
		"%s/fred/series/observations?series_id=%.*s&file_type=json"
		"&observation_start=%s&observation_end=%s&api_key=%.*s",
		settings.fred_url, STR_ARG(outbound_escape(arena, id)), begin,
		end, STR_ARG(outbound_escape(arena, a->key)))
		.p,
	    headers, &r);
	return (e != FEED_OK ? e : fred_read_series(arena, &r, out));
}

const struct provider provider_fred = {
	.name = "fred",
	.doc = "FRED: economic series such as interest rates and inflation",
	.key = KEY_MUST,
	.key_setting = &settings.fred_key,
	.key_name = "BURSAR_FRED_KEY",
	.address = &settings.fred_url,
	.address_name = "BURSAR_FRED_URL",
	.limits = { .second = 2, .minute = 120 },
	.body_max = 8 << 20,
	.series = fred_series,
};
