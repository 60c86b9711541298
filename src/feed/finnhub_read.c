/*
 * Finnhub's answers: a status of 200 does not mean there is data, so each
 * one is classified before a number is believed. Prices are taken from the
 * text, not through a double.
 */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "feed/finnhub.h"
#include "feed/member.h"

#define SEARCH_MAX  20
#define TEXT_MAX    200   /* code points of a name */
#define LINK_MAX    500   /* bytes of an address */
#define AHEAD_S     86400 /* a clock may differ; a day is nonsense */
#define YEAR_2000_S 946684800

static enum feed_answer
status_answer(long status)
{
	switch (status) {
	case 200:
		return (FEED_OK);
	case 401:
		return (FEED_KEY);
	case 403:
		return (FEED_NOT_ENTITLED);
	case 429:
		return (FEED_RATE_LIMITED);
	default:
		return (FEED_UPSTREAM);
	}
}

/* An error inside a 200: the words are all there is to go by. */
static enum feed_answer
error_answer(const json_t *error)
{
	const char *text = json_string_value(error);

	if (text == NULL)
		return (FEED_NONSENSE);
	if (strcasestr(text, "limit") != NULL)
		return (FEED_RATE_LIMITED);
	if (strcasestr(text, "API key") != NULL)
		return (FEED_KEY);
	if (strcasestr(text, "access") != NULL)
		return (FEED_NOT_ENTITLED);
	return (FEED_UPSTREAM);
}

/* On FEED_OK `*json` is an object, the caller's to release. */
static enum feed_answer
reply_object(const struct outbound_reply *r, json_t **json)
{
	enum feed_answer a = status_answer(r->status);
	json_t *j, *error;

	if (a != FEED_OK)
		return (a);
	/* The parser recurses, and a fiber's stack is small. */
	j = member_depth(r->body) > LIMIT_JSON_DEPTH
	    ? NULL
	    : json_loadb(r->body.p, r->body.n, 0, NULL);
	if (!json_is_object(j)) {
		json_decref(j);
		return (FEED_NONSENSE);
	}
	if ((error = json_object_get(j, "error")) != NULL) {
		a = error_answer(error);
		json_decref(j);
		return (a);
	}
	*json = j;
	return (FEED_OK);
}

/* ---- quotes ------------------------------------------------------ */

/* A price above zero; null, absent and zero are DEC_NONE. */
static bool
price_read(str body, const char *name, dec *out)
{
	enum member m = member_dec(body, name, out);

	if (m == MEMBER_WRONG || (m == MEMBER_NUMBER && dec_sign(*out) < 0))
		return (false);
	if (m == MEMBER_NUMBER && dec_sign(*out) == 0)
		*out = DEC_NONE;
	return (true);
}

static bool
quote_prices(str body, struct quote *q)
{
	if (!price_read(body, "c", &q->price) ||
	    !price_read(body, "pc", &q->previous_close) ||
	    !price_read(body, "o", &q->open) ||
	    !price_read(body, "h", &q->high) || !price_read(body, "l", &q->low))
		return (false);
	q->change = dec_sub(q->price, q->previous_close);
	q->percent_change = dec_ok(q->change)
	    ? dec_double(dec_div(q->change, q->previous_close))
	    : NAN;
	return (true);
}

enum feed_answer
finnhub_read_quote(struct arena *a, const struct outbound_reply *r, str symbol,
    instant now, struct quote *out)
{
	int64_t now_s = now.us / 1000000, t;
	enum feed_answer answer;
	json_t *json, *time;
	bool whole;

	if ((answer = reply_object(r, &json)) != FEED_OK)
		return (answer);
	time = json_object_get(json, "t");
	whole = json_is_integer(time);
	t = whole ? json_integer_value(time) : 0;
	json_decref(json);
	*out = (struct quote){ .symbol = arena_str(a, symbol),
		.source = S("finnhub") };
	if (!whole || !quote_prices(r->body, out))
		return (FEED_NONSENSE);
	if (t == 0)
		return (FEED_UNKNOWN_SYMBOL);
	if (!dec_ok(out->price) || t < YEAR_2000_S || t > now_s + AHEAD_S)
		return (FEED_NONSENSE);
	out->as_of = instant_of_unix(t);
	out->age_s = now_s > t ? now_s - t : 0;
	return (FEED_OK);
}

/* ---- profiles ---------------------------------------------------- */

/* As much of a text as fits; STR_NONE when absent or empty. */
static str
text_read(struct arena *a, const json_t *json, const char *name)
{
	const json_t *v = json_object_get(json, name);
	str s = { json_string_value(v), json_string_length(v) };
	size_t n = 0;

	if (s.p == NULL || s.n == 0)
		return (STR_NONE);
	for (int points = 0; points < TEXT_MAX && n < s.n; points++)
		n += str_point((str){ s.p + n, s.n - n });
	return (arena_str(a, (str){ s.p, n }));
}

/* Shown in pages as an address: nothing but https, and nothing odd. */
static str
link_read(struct arena *a, const json_t *json, const char *name)
{
	str s = str_of(json_string_value(json_object_get(json, name)));

	if (s.n > LINK_MAX ||
	    !(str_starts(s, S("https://")) || str_starts(s, S("http://"))))
		return (STR_NONE);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    strchr("\"'<>\\`", s.p[i]) != NULL)
			return (STR_NONE);
	return (arena_str(a, s));
}

/* Sent in millions. */
static dec
millions_read(str body, const char *name)
{
	dec d;

	if (!price_read(body, name, &d))
		return (DEC_NONE);
	return (dec_mul(d, dec_of(1000000)));
}

enum feed_answer
finnhub_read_profile(struct arena *a, const struct outbound_reply *r,
    str symbol, struct profile *out)
{
	enum feed_answer answer;
	json_t *json;
	str ipo;

	if ((answer = reply_object(r, &json)) != FEED_OK)
		return (answer);
	if (json_object_size(json) == 0) {
		json_decref(json);
		return (FEED_UNKNOWN_SYMBOL);
	}
	*out = (struct profile){ .symbol = arena_str(a, symbol),
		.name = text_read(a, json, "name"),
		.kind = S("stock"),
		.country = text_read(a, json, "country"),
		.currency = text_read(a, json, "currency"),
		.exchange = text_read(a, json, "exchange"),
		.ipo = DAY_NONE,
		.market_cap = millions_read(r->body, "marketCapitalization"),
		.shares = millions_read(r->body, "shareOutstanding"),
		.industry = text_read(a, json, "finnhubIndustry"),
		.sector = text_read(a, json, "finnhubIndustry"),
		.logo = link_read(a, json, "logo"),
		.website = link_read(a, json, "weburl"),
		.source = S("finnhub") };
	ipo = text_read(a, json, "ipo");
	if (!day_parse(ipo, &out->ipo))
		out->ipo = DAY_NONE;
	json_decref(json);
	return (out->name.p != NULL ? FEED_OK : FEED_NONSENSE);
}

/* ---- searches ---------------------------------------------------- */

static str
kind_of(const json_t *row)
{
	static const struct {
		const char *theirs;
		str ours;
	} kinds[] = {
		{ "Common Stock", { "stock", 5 } },
		{ "ADR", { "stock", 5 } },
		{ "REIT", { "stock", 5 } },
		{ "ETP", { "etf", 3 } },
		{ "ETF", { "etf", 3 } },
		{ "Crypto", { "crypto", 6 } },
	};
	const char *type = json_string_value(json_object_get(row, "type"));

	for (size_t i = 0; type != NULL && i < sizeof(kinds) / sizeof(kinds[0]);
	     i++)
		if (strcmp(type, kinds[i].theirs) == 0)
			return (kinds[i].ours);
	return (S("other"));
}

enum feed_answer
finnhub_read_search(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	enum feed_answer answer;
	json_t *json, *rows, *row;
	struct match *v, m;
	size_t i;

	if ((answer = reply_object(r, &json)) != FEED_OK)
		return (answer);
	rows = json_object_get(json, "result");
	if (!json_is_array(rows)) {
		json_decref(json);
		return (FEED_NONSENSE);
	}
	out->v = v = ARENA_MANY(a, SEARCH_MAX, struct match);
	out->n = 0;
	json_array_foreach(rows, i, row)
	{
		m.symbol = text_read(a, row, "symbol");
		m.name = text_read(a, row, "description");
		m.kind = kind_of(row);
		if (out->n < SEARCH_MAX && m.symbol.p != NULL &&
		    m.symbol.n <= LIMIT_SYMBOL_BYTES)
			v[out->n++] = m;
	}
	json_decref(json);
	return (FEED_OK);
}
