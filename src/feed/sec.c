/*
 * SEC EDGAR: which company a ticker is of, what it filed and what it
 * reported. Free, but whoever asks must say who they are. The files are large
 * and are read where they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

/* ---- companies ----------------------------------------------------------- */

/* A number in most files, a string of digits in others. */
static str
cik_of(struct arena *a, str v)
{
	int64_t n;

	if (!view_long(v, &n) || n <= 0 || n > INT64_C(9999999999))
		return (STR_NONE);
	return (arena_printf(a, "%010lld", (long long)n));
}

/* Class shares have a dot elsewhere: BRK-B is BRK.B. */
static str
symbol_of(struct arena *a, str ticker)
{
	char *p = arena_z(a, ticker), *hyphen;

	if (p != NULL && (hyphen = strchr(p, '-')) != NULL &&
	    strlen(hyphen) == 2)
		*hyphen = '.';
	return ((str){ p, ticker.n });
}

enum feed_answer
sec_read_symbols(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct listing);
	enum feed_answer answer;
	str json, key, row, ticker;
	struct listing l;

	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	if (!view_object(json))
		return (FEED_NONSENSE);
	while (view_pair(&json, &key, &row)) {
		ticker = view_str(a, view_member(row, "ticker"), 40);
		l = (struct listing){ .symbol = symbol_of(a, ticker),
			.name = read_name(a, view_member(row, "title")),
			.kind = S("stock"),
			.currency = S("USD"),
			.cik = cik_of(a, view_member(row, "cik_str")) };
		if (ticker.p == NULL || l.cik.p == NULL)
			return (FEED_NONSENSE);
		if (ticker.n <= LIMIT_SYMBOL_BYTES)
			gather_add(&g, &l);
	}
	*out = g.list;
	return (g.list.n > 0 ? FEED_OK : FEED_NONSENSE);
}

/* ---- facts --------------------------------------------------------------- */

static int
fact_cmp(const void *x, const void *y)
{
	const struct fact *a = x, *b = y;
	int c = str_cmp(a->metric, b->metric);

	if (c == 0)
		c = str_cmp(a->unit, b->unit);
	if (c == 0)
		c = day_cmp(a->period_end, b->period_end);
	if (c == 0)
		c = day_cmp(a->period_start, b->period_start);
	return (c);
}

static int
fact_filed_cmp(const void *x, const void *y)
{
	const struct fact *a = x, *b = y;
	int c = fact_cmp(a, b);

	if (c == 0)
		c = day_cmp(a->filed, b->filed);
	return (c != 0 ? c : str_cmp(a->accession, b->accession));
}

/* A fact is told again in later filings: the last one counts. */
static void
facts_once(struct list *l)
{
	struct fact *v = l->v;
	size_t n = 0;

	if (l->n == 0)
		return;
	qsort(v, l->n, sizeof(*v), fact_filed_cmp);
	for (size_t i = 0; i < l->n; i++) {
		if (n > 0 && fact_cmp(&v[n - 1], &v[i]) == 0)
			n--;
		v[n++] = v[i];
	}
	l->n = n;
}

/* What does not fit into a decimal or has no day is left out. */
static bool
fact_read(struct arena *a, str row, struct fact *f)
{
	if (!view_day(view_member(row, "end"), &f->period_end) ||
	    !view_day(view_member(row, "filed"), &f->filed) ||
	    !view_dec(view_member(row, "val"), &f->value))
		return (false);
	if (!view_day(view_member(row, "start"), &f->period_start))
		f->period_start = f->period_end;
	if (!view_long(view_member(row, "fy"), &f->fiscal_year))
		f->fiscal_year = LONG_NONE;
	f->fiscal_period = view_str(a, view_member(row, "fp"), 8);
	f->form = view_str(a, view_member(row, "form"), 20);
	f->accession = view_str(a, view_member(row, "accn"), 30);
	return (day_cmp(f->period_start, f->period_end) <= 0);
}

static void
concept_read(struct gather *g, str metric, str concept)
{
	str units = view_member(concept, "units"), name, rows, row;
	struct fact f = { .metric = metric };

	while (view_pair(&units, &name, &rows)) {
		f.unit = arena_str(g->arena, name);
		while (view_item(&rows, &row))
			if (fact_read(g->arena, row, &f))
				gather_add(g, &f);
	}
}

enum feed_answer
sec_read_facts(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct fact);
	enum feed_answer answer;
	str json, facts, family, concepts, name, concept;

	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	facts = view_member(json, "facts");
	gather_reserve(&g, json, "\"val\"");
	if (!view_object(facts) ||
	    cik_of(a, view_member(json, "cik")).p == NULL)
		return (FEED_NONSENSE);
	while (view_pair(&facts, &family, &concepts))
		while (view_pair(&concepts, &name, &concept))
			concept_read(&g,
			    arena_printf(
				a, "%.*s:%.*s", STR_ARG(family), STR_ARG(name)),
			    concept);
	facts_once(&g.list);
	*out = g.list;
	return (FEED_OK);
}

/* ---- filings ------------------------------------------------------------- */

static struct list
texts(struct arena *a, str array)
{
	struct gather g = GATHER(a, str);
	str v, s;

	while (view_item(&array, &v)) {
		s = view_str(a, v, 60);
		if (s.p != NULL)
			gather_add(&g, &s);
	}
	return (g.list);
}

static bool
company_read(struct arena *a, str json, struct company *c)
{
	*c = (struct company){ .cik = cik_of(a, view_member(json, "cik")),
		.name = read_name(a, view_member(json, "name")),
		.sic = view_str(a, view_member(json, "sic"), 8),
		.industry = read_name(a, view_member(json, "sicDescription")),
		.year_end = view_str(a, view_member(json, "fiscalYearEnd"), 4),
		.tickers = texts(a, view_member(json, "tickers")),
		.exchanges = texts(a, view_member(json, "exchanges")) };
	return (c->cik.p != NULL && c->name.p != NULL);
}

enum column { ACCESSION, FORM, FILED, PERIOD, ACCEPTED, DOCUMENT, COLUMNS };

/* Of two columns that are not there alike nothing is told. */
enum feed_answer
sec_read_filings(struct arena *a, const struct outbound_reply *r,
    struct company *who, struct list *out)
{
	static const char *const names[COLUMNS] = { "accessionNumber", "form",
		"filingDate", "reportDate", "acceptanceDateTime",
		"primaryDocument" };
	struct gather g = GATHER(a, struct filing);
	str json, recent, columns[COLUMNS], v[COLUMNS];
	enum feed_answer answer;
	struct filing f;

	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	recent = view_path(json, "filings", "recent", NULL);
	if (!company_read(a, json, who) || !view_object(recent))
		return (FEED_NONSENSE);
	for (int i = 0; i < COLUMNS; i++)
		columns[i] = view_member(recent, names[i]);
	while (view_item(&columns[ACCESSION], &v[ACCESSION])) {
		for (int i = FORM; i < COLUMNS; i++)
			if (!view_item(&columns[i], &v[i]))
				v[i] = STR_NONE;
		f.accession = view_str(a, v[ACCESSION], 30);
		f.form = view_str(a, v[FORM], 20);
		f.document = view_str(a, v[DOCUMENT], 120);
		if (f.accession.p == NULL || f.form.p == NULL ||
		    !view_day(v[FILED], &f.filed))
			return (FEED_NONSENSE);
		if (!view_day(v[PERIOD], &f.period_end))
			f.period_end = DAY_NONE;
		if (!instant_parse(view_str(a, v[ACCEPTED], 40), &f.accepted))
			f.accepted = INSTANT_NONE;
		gather_add(&g, &f);
	}
	*out = g.list;
	return (FEED_OK);
}

/* ---- calls --------------------------------------------------------------- */

static enum feed_answer
ask(struct asking *a, const char *url, struct outbound_reply *r)
{
	str agent =
	    arena_printf(&a->f->arena, "User-Agent: %s", settings.sec_contact);
	const char *headers[] = { agent.p, "Accept: application/json", NULL };
	enum feed_answer e = ask_get(a, url, headers, r);

	/* Too many calls are blocked with a page of HTML. */
	if (e == FEED_OK && r->status == 403)
		return (FEED_RATE_LIMITED);
	return (e);
}

static enum feed_answer
tickers(struct asking *a, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask(a,
	    arena_printf(
		&a->f->arena, "%s/files/company_tickers.json", settings.sec_url)
		.p,
	    &r);

	return (e != FEED_OK ? e : sec_read_symbols(&a->f->arena, &r, out));
}

static enum feed_answer
sec_symbols(struct asking *a, str exchange, struct list *out)
{
	return (str_eqz(exchange, "US") ? tickers(a, out) : FEED_NO_DATA);
}

static enum feed_answer
sec_facts(struct asking *a, str cik, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask(a,
	    arena_printf(&a->f->arena, "%s/api/xbrl/companyfacts/CIK%.*s.json",
		settings.sec_data_url, STR_ARG(cik))
		.p,
	    &r);

	return (e != FEED_OK ? e : sec_read_facts(&a->f->arena, &r, out));
}

static enum feed_answer
sec_filings(struct asking *a, str cik, struct company *who, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask(a,
	    arena_printf(&a->f->arena, "%s/submissions/CIK%.*s.json",
		settings.sec_data_url, STR_ARG(cik))
		.p,
	    &r);

	return (
	    e != FEED_OK ? e : sec_read_filings(&a->f->arena, &r, who, out));
}

const struct provider provider_sec = {
	.name = "sec",
	.doc = "SEC EDGAR: US tickers, filings and what companies reported",
	.key = KEY_NONE,
	.address = &settings.sec_contact,
	.address_name = "BURSAR_SEC_CONTACT",
	.limits = { .second = 8 },
	.body_max = 14 << 20,
	.symbols = sec_symbols,
	.facts = sec_facts,
	.filings = sec_filings,
};
