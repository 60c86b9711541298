/*
 * What a key that the tenant brought brings, for its tenant's eyes alone: its
 * licence forbids to show it to others. Quotes, profiles and searches are
 * kept with the key and go with it; figures and bars are kept nowhere.
 */
#include "feed/feed.h"
#include "ingest/own_api.h"
#include "ingest/quality.h"

struct own_path {
	str	symbol;
};

static const struct field own_path_fields[] = {
	MUST(own_path, symbol, "Ticker.", .pattern = "symbol"),
	FIELDS_END
};

const struct shape own_path_shape = SHAPE_DEF(own_path, own_path_fields);

/* The tenant has no key of a provider that has it, or that failed. */
static enum err
own_err(struct call *c, enum feed_answer a, enum feed_need need, str about)
{
	if (a == FEED_NOBODY)
		return (flow_fault(c->f, E_NOT_FOUND,
		    "there is no key of yours that brings %s",
		    feed_need_names[need]));
	return (a == FEED_OK ? OK
			     : feed_need_err(c->f, a, need, NULL, about));
}

/* ---- a quote ----------------------------------------------------- */

static const struct field own_quote_fields[] = {
	MUST(quote, symbol, "Ticker."),
	MUST(quote, price, "Last price."),
	MAY(quote, previous_close, "Close of the session before."),
	MAY(quote, change, "Since then."),
	MAY(quote, percent_change, "As a fraction."),
	MAY(quote, open, "First price of the session."),
	MAY(quote, high, "Its highest price."),
	MAY(quote, low, "Its lowest price."),
	MAY(quote, currency, "Where the provider tells it."),
	MUST(quote, as_of, "The provider's time."),
	MUST(quote, source, "The provider."),
	MUST(quote, stale, "The last good one; the provider fails."),
	MUST(quote, age_s, "Seconds since as_of."),
	FIELDS_END
};

const struct shape own_quote_shape = {
	"own_quote", own_quote_fields, sizeof(struct quote)
};

enum err
own_quote_show(struct call *c)
{
	const struct own_path *p = c->params;
	enum feed_answer a;
	struct quote q;

	a = feed_quote_own(c->f, p->symbol, &q);
	TRY(own_err(c, a, FOR_QUOTE, p->symbol));
	return (reply(c, &q));
}

/* ---- a profile --------------------------------------------------- */

static const struct field own_profile_fields[] = {
	MUST(profile, symbol, "Ticker."),
	MUST(profile, name, "Name."),
	MUST(profile, kind, "Kind."),
	MAY(profile, country, "Country."),
	MAY(profile, currency, "Currency of its prices."),
	MAY(profile, exchange, "Where it is listed."),
	MAY(profile, ipo, "First day of trading."),
	MAY(profile, market_cap, "Worth of all its shares."),
	MAY(profile, shares, "How many there are."),
	MAY(profile, industry, "Industry."),
	MAY(profile, sector, "Sector."),
	MAY(profile, logo, "Address of a picture."),
	MAY(profile, website, "Its site."),
	MUST(profile, source, "The provider."),
	FIELDS_END
};

const struct shape own_profile_shape = {
	"own_profile", own_profile_fields, sizeof(struct profile)
};

enum err
own_profile_show(struct call *c)
{
	const struct own_path *p = c->params;
	struct profile out;

	TRY(own_err(c, feed_profile_own(c->f, p->symbol, &out), FOR_PROFILE,
	    p->symbol));
	return (reply(c, &out));
}

/* ---- a search ---------------------------------------------------- */

struct own_search_query {
	str	q;
};

static const struct field own_search_query_fields[] = {
	MUST(own_search_query, q, "A symbol or a name.", .min = 1, .max = 60,
	    .example = "\"apple\""),
	FIELDS_END
};

const struct shape own_search_query_shape = SHAPE_DEF(own_search_query,
    own_search_query_fields);

static const struct field own_match_fields[] = {
	MUST(match, symbol, "Ticker."),
	MAY(match, name, "Name."),
	MAY(match, kind, "Kind."),
	FIELDS_END
};

const struct shape own_match_shape = {
	"own_match", own_match_fields, sizeof(struct match)
};

enum err
own_search_show(struct call *c)
{
	const struct own_search_query *q = c->query;
	struct list out;

	TRY(own_err(c, feed_search_own(c->f, q->q, &out), FOR_SEARCH, q->q));
	return (reply_many(c, &out, STR_NONE));
}

/* ---- figures ----------------------------------------------------- */

struct own_figures {
	str		symbol, source;
	struct list	items;
};

static const struct field own_figure_fields[] = {
	MUST(metric, name, "As the provider calls it: beta, peTTM."),
	MUST(metric, value, "Ratios in % as the provider has them."),
	FIELDS_END
};

static const struct shape own_figure_shape = {
	"own_figure", own_figure_fields, sizeof(struct metric)
};

static const struct field own_figures_fields[] = {
	MUST(own_figures, symbol, "Ticker."),
	MUST(own_figures, source, "The provider."),
	MUST(own_figures, items, "Figures.", .shape = &own_figure_shape),
	FIELDS_END
};

const struct shape own_figures_shape = SHAPE_DEF(own_figures,
    own_figures_fields);

enum err
own_figures_show(struct call *c)
{
	struct feed_source source = { .mine = true, .only = true };
	const struct own_path *p = c->params;
	struct own_figures out = { .symbol = p->symbol };

	TRY(own_err(c, feed_metrics(c->f, p->symbol, &out.items, &source),
	    FOR_METRICS, p->symbol));
	out.source = str_of(source.provider);
	return (reply(c, &out));
}

/* ---- daily bars with a key of one's own ---------------------------------- */

#define DAYS_USUAL	100
#define DAYS_MAX	3700

struct own_range {
	day	from, to;
};

static const struct field own_range_fields[] = {
	MAY(own_range, from, "First day; a hundred days before the last."),
	MAY(own_range, to, "Last day; today."),
	FIELDS_END
};

const struct shape own_range_shape = SHAPE_DEF(own_range, own_range_fields);

static const struct field own_bar_fields[] = {
	MUST(daily_bar, day, "The session's day."),
	MUST(daily_bar, open, "First price."),
	MUST(daily_bar, high, "Highest price."),
	MUST(daily_bar, low, "Lowest price."),
	MUST(daily_bar, close, "Last price."),
	MUST(daily_bar, volume, "Units traded."),
	FIELDS_END
};

static const struct shape own_bar = {
	"own_bar", own_bar_fields, sizeof(struct daily_bar)
};

struct own_prices {
	str		symbol, source;
	struct list	bars;
};

static const struct field own_prices_fields[] = {
	MUST(own_prices, symbol, "Ticker."),
	MUST(own_prices, source, "The provider."),
	MUST(own_prices, bars, "Daily bars, oldest first, adjusted for splits "
	    "as the provider has it.", .shape = &own_bar),
	FIELDS_END
};

const struct shape own_prices_shape = SHAPE_DEF(own_prices,
    own_prices_fields);

/* The gates that bars pass which are kept; what they doubt is the tenant's,
 * and written nowhere. */
static enum feed_answer
own_bars_judge(struct flow *f, struct list *bars, const struct feed_source *s)
{
	const struct own_range *range = s->arg;
	struct quality_ask ask = { .from = range->from, .to = range->to };
	struct quality q;

	quality_judge(&f->arena, &ask, bars->v, bars->n, &q);
	*bars = (struct list){ q.bars, q.n };
	return (q.seen > 0 && q.refused ? FEED_NONSENSE : FEED_OK);
}

/* Asked anew each time and kept nowhere. */
enum err
own_prices_show(struct call *c)
{
	const struct own_range *q = c->query;
	const struct own_path *p = c->params;
	struct own_prices out = { .symbol = p->symbol };
	day to = day_ok(q->to) ? q->to : day_today();
	day from = day_ok(q->from) ? q->from : day_add(to, -DAYS_USUAL);
	struct own_range range = { from, to };
	struct feed_source source = { .mine = true, .only = true,
	    .judge = own_bars_judge, .arg = &range };
	enum feed_answer a;

	if (day_cmp(from, to) > 0 || day_between(from, to) > DAYS_MAX)
		return (fault(c, "?from", "range",
		    "is after the last day, or more than ten years before"));
	a = feed_bars(c->f, p->symbol, from, to, &out.bars, &source);
	TRY(own_err(c, a, FOR_BARS, p->symbol));
	out.source = str_of(source.provider);
	return (reply(c, &out));
}
