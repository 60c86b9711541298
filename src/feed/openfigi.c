/*
 * OpenFIGI: what else something is called. Many questions go in one call, and
 * answers come in their order; a question without an answer has a warning in
 * its place. Without a key a call may hold five, with one a hundred.
 */
#include <string.h>

#include "base/json.h"
#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define JOBS_KEYLESS 5
#define JOBS_KEYED   100

/* ---- answers ------------------------------------------------------------- */

static void
rows_read(struct gather *g, str rows, size_t ask)
{
	struct arena *a = g->arena;
	struct identity i;
	str row;

	while (view_item(&rows, &row)) {
		i = (struct identity){ .ask = ask,
			.figi = view_str(a, view_member(row, "figi"), 12),
			.composite_figi =
			    view_str(a, view_member(row, "compositeFIGI"), 12),
			.share_class_figi =
			    view_str(a, view_member(row, "shareClassFIGI"), 12),
			.ticker = view_str(a, view_member(row, "ticker"), 40),
			.name = read_name(a, view_member(row, "name")),
			.exchange =
			    view_str(a, view_member(row, "exchCode"), 12),
			.kind =
			    view_str(a, view_member(row, "securityType"), 60),
			.sector =
			    view_str(a, view_member(row, "marketSector"), 40) };
		if (i.figi.p != NULL)
			gather_add(g, &i);
	}
}

/* One element for each ask, or it cannot be told which is whose. */
enum feed_answer
openfigi_read_mapping(struct arena *a, const struct outbound_reply *r,
    size_t first, size_t n, struct gather *out)
{
	enum feed_answer answer;
	str json, one;
	size_t i = 0;

	(void)a;
	if (r->status == 400 || r->status == 413)
		return (FEED_NONSENSE);
	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	if (!view_array(json))
		return (FEED_NONSENSE);
	for (; view_item(&json, &one); i++) {
		if (!view_object(one) || i >= n)
			return (FEED_NONSENSE);
		rows_read(out, view_member(one, "data"), first + i);
	}
	return (i == n ? FEED_OK : FEED_NONSENSE);
}

/* ---- calls --------------------------------------------------------------- */

static const char *
id_type(str kind)
{
	static const char *const types[][2] = { { "isin", "ID_ISIN" },
		{ "cusip", "ID_CUSIP" }, { "sedol", "ID_SEDOL" },
		{ "wkn", "ID_WERTPAPIER" }, { "figi", "ID_BB_GLOBAL" },
		{ "ticker", "TICKER" } };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eqz(kind, types[i][0]))
			return (types[i][1]);
	return (NULL);
}

/* STR_NONE: something is asked that is no kind of name. */
static str
question(struct arena *a, const struct identity_ask *asks, size_t n)
{
	struct json j;

	jw_init(&j, a);
	jw_array(&j);
	for (size_t i = 0; i < n; i++) {
		if (id_type(asks[i].kind) == NULL || asks[i].value.n == 0)
			return (STR_NONE);
		jw_open(&j);
		jw_key(&j, "idType");
		jw_z(&j, id_type(asks[i].kind));
		jw_key(&j, "idValue");
		jw_str(&j, asks[i].value);
		if (asks[i].exchange.n > 0) {
			jw_key(&j, "exchCode");
			jw_str(&j, asks[i].exchange);
		}
		jw_close(&j);
	}
	jw_array_end(&j);
	return (jw_text(&j));
}

static enum feed_answer
ask(struct asking *a, str body, struct outbound_reply *r)
{
	str key = arena_printf(
	    &a->f->arena, "X-OPENFIGI-APIKEY: %.*s", STR_ARG(a->key));
	const char *headers[] = { "Content-Type: application/json",
		a->key.n > 0 ? key.p : NULL, NULL };

	return (ask_post(a,
	    arena_printf(&a->f->arena, "%s/v3/mapping", settings.openfigi_url)
		.p,
	    headers, body, r));
}

static enum feed_answer
openfigi_identify(struct asking *a, const struct identity_ask *asks, size_t n,
    struct list *out)
{
	struct gather g = GATHER(&a->f->arena, struct identity);
	size_t jobs = a->key.n > 0 ? JOBS_KEYED : JOBS_KEYLESS, part;
	struct outbound_reply r;
	enum feed_answer e;
	str body;

	for (size_t i = 0; i < n; i += part) {
		part = n - i < jobs ? n - i : jobs;
		body = question(&a->f->arena, asks + i, part);
		if (body.p == NULL)
			return (FEED_NO_DATA);
		if ((e = ask(a, body, &r)) == FEED_OK)
			e = openfigi_read_mapping(
			    &a->f->arena, &r, i, part, &g);
		if (e != FEED_OK)
			return (e);
	}
	*out = g.list;
	return (FEED_OK);
}

const struct provider provider_openfigi = {
	.name = "openfigi",
	.doc = "OpenFIGI: what an ISIN, CUSIP, SEDOL or ticker is of",
	.key = KEY_MAY,
	.key_setting = &settings.openfigi_key,
	.key_name = "BURSAR_OPENFIGI_KEY",
	.address = &settings.openfigi_url,
	.address_name = "BURSAR_OPENFIGI_URL",
	/* Without a key; with one there are more in each call. */
	.limits = { .second = 4, .minute = 25 },
	.identify = openfigi_identify,
};
