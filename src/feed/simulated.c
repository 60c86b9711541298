/*
 * The simulated provider: quotes, bars, profiles and searches from the
 * simulated market. It answers at once and never fails, and it says in each
 * answer that its prices are made up.
 */
#include "base/settings.h"
#include "feed/gather.h"
#include "feed/provider.h"
#include "feed/sim.h"

#define DAY_S      INT64_C(86400)
#define SEARCH_MAX 20

static dec
cents(int64_t n)
{
	return (dec_units(n, 2));
}

day
sim_today(void)
{
	int64_t n = settings.market_today;
	day d = DAY_NONE;

	if (n > 0)
		d = day_of(
		    (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100));
	return (day_ok(d) ? d : day_today());
}

/* On a day that is only pretended it is evening, so that its bar is there. */
instant
sim_now(void)
{
	instant now = instant_now();
	day today = sim_today();
	int64_t evening_us = 4 * 3600 * INT64_C(1000000);

	if (day_cmp(today, day_of_instant(now)) != 0)
		now.us = instant_of_day(today).us + 5 * evening_us +
		    now.us % evening_us;
	return (now);
}

/* The day's own close before it, in today's units after a split. */
static int64_t
close_before(const struct sim_world *w, int asset, size_t t)
{
	const struct sim_day *path = w->path[asset];
	double ratio;

	if (t == 0)
		return (path[0].open);
	ratio = sim_split_factor(asset, w->days[t]) /
	    sim_split_factor(asset, w->days[t - 1]);
	return ((int64_t)(path[t - 1].close / ratio + .5));
}

static void
quote_fill(struct quote *q, int asset, const struct sim_day *d,
    struct sim_tick tick, int64_t before)
{
	*q = (struct quote){
		.symbol = str_of(sim_models[asset].symbol),
		.price = cents(tick.price),
		.previous_close = cents(before),
		.change = cents(tick.price - before),
		.percent_change =
		    (double)(tick.price - before) / (double)before,
		.open = cents(d->open),
		.high = cents(tick.high),
		.low = cents(tick.low),
		.currency = str_of(sim_assets()[asset].currency),
		.source = S("simulated"),
	};
}

enum feed_answer
sim_quote(str symbol, instant at, struct quote *out)
{
	const struct sim_world *w;
	int64_t unix_s = at.us / 1000000, s = unix_s % DAY_S - SIM_OPEN_S;
	day d = day_of_instant(at);
	int asset = sim_find(symbol);
	const struct sim_day *path;
	struct sim_tick tick;
	uint64_t seed;
	ptrdiff_t t;

	if (asset < 0)
		return (FEED_UNKNOWN_SYMBOL);
	if (day_cmp(d, day_of(SIM_FIRST_YEAR, 1, 4)) < 0 ||
	    day_cmp(d, day_of(SIM_LAST_YEAR, 12, 31)) > 0)
		return (FEED_NO_DATA);
	w = sim_world(d);
	t = sim_index(w, d);
	if (day_cmp(w->days[t], d) == 0 && s < 0)
		t--;
	if (t < 0)
		return (FEED_NO_DATA);
	path = &w->path[asset][t];
	seed = sim_seed(sim_models[asset].symbol) + (uint64_t)w->days[t].n;
	if (day_cmp(w->days[t], d) == 0 && s < SIM_SESSION_S)
		tick = sim_intraday(path, seed, (int)s);
	else
		tick = (struct sim_tick){ sim_hover(path, seed, unix_s),
			path->high, path->low };
	quote_fill(out, asset, path, tick, close_before(w, asset, (size_t)t));
	out->as_of = instant_of_unix(unix_s);
	return (FEED_OK);
}

day
sim_day_past(int second)
{
	instant now = sim_now();
	int64_t s = now.us / 1000000 % DAY_S;
	day d = day_of_instant(now), last = day_of(SIM_LAST_YEAR, 12, 31);

	d = s < second ? day_add(d, -1) : d;
	return (day_cmp(d, last) < 0 ? d : last);
}

/* The half-open range of indices of complete days in from..to. */
static const struct sim_world *
range_find(day from, day to, size_t *begin, size_t *end)
{
	const struct sim_world *w;
	day last = sim_day_past(SIM_OPEN_S + SIM_SESSION_S);

	if (day_cmp(to, last) > 0)
		to = last;
	*begin = *end = 0;
	if (day_cmp(from, to) > 0)
		return (NULL);
	w = sim_world(to);
	*begin = (size_t)(sim_index(w, day_add(from, -1)) + 1);
	*end = (size_t)(sim_index(w, to) + 1);
	return (w);
}

size_t
sim_bars(struct arena *a, str symbol, day from, day to, struct daily_bar **out)
{
	size_t begin, end;
	int asset = sim_find(symbol);
	const struct sim_world *w;
	const struct sim_day *d;

	*out = NULL;
	if (asset < 0)
		return (0);
	w = range_find(from, to, &begin, &end);
	if (begin >= end)
		return (0);
	*out = ARENA_MANY(a, end - begin, struct daily_bar);
	for (size_t t = begin; t < end; t++) {
		d = &w->path[asset][t];
		(*out)[t - begin] = (struct daily_bar){ w->days[t],
			cents(d->open), cents(d->high), cents(d->low),
			cents(d->close), dec_of(d->volume) };
	}
	return (end - begin);
}

/* Bars of a session that begin in from..to and were over before `now`. */
static void
moments_add(struct gather *g, const struct sim_world *w, int asset, size_t t,
    int minutes, const instant range[3])
{
	uint64_t seed = sim_seed(sim_models[asset].symbol) +
	    (uint64_t)w->days[t].n;
	struct sim_bar bars[SIM_SESSION_S / 60], *b;
	size_t n = sim_session(&w->path[asset][t], seed, minutes, bars);
	int64_t open_us = instant_of_day(w->days[t]).us +
	    SIM_OPEN_S * INT64_C(1000000);
	struct intraday_bar out;

	for (b = bars; b < bars + n; b++) {
		out = (struct intraday_bar){ { open_us +
						 b->second * INT64_C(1000000) },
			cents(b->open), cents(b->high), cents(b->low),
			cents(b->close), dec_of(b->volume) };
		if (out.at.us >= range[0].us && out.at.us <= range[1].us &&
		    out.at.us + minutes * INT64_C(60000000) <= range[2].us)
			gather_add(g, &out);
	}
}

size_t
sim_moments(struct arena *a, str symbol, int minutes, instant from, instant to,
    struct intraday_bar **out)
{
	instant now = sim_now(), range[] = { from, to, now };
	day first = day_of_instant(from), last = day_of_instant(now);
	struct gather g = GATHER(a, struct intraday_bar);
	int asset = sim_find(symbol);
	const struct sim_world *w;
	ptrdiff_t t;

	*out = NULL;
	if (day_cmp(day_of_instant(to), last) < 0)
		last = day_of_instant(to);
	if (asset < 0 || minutes < 1 || day_cmp(first, last) > 0 ||
	    day_cmp(last, day_of(SIM_LAST_YEAR, 12, 31)) > 0)
		return (0);
	w = sim_world(last);
	for (t = sim_index(w, day_add(first, -1)) + 1; t <= sim_index(w, last);
	     t++)
		moments_add(&g, w, asset, (size_t)t, minutes, range);
	*out = g.list.v;
	return (g.list.n);
}

/* ---- as a provider ----------------------------------------------- */

static enum feed_answer
simulated_quote(struct flow *f, str symbol, struct quote *out)
{
	(void)f;
	return (sim_quote(symbol, sim_now(), out));
}

static enum feed_answer
simulated_bars(struct flow *f, str symbol, day from, day to, struct list *out)
{
	struct daily_bar *bars;

	if (sim_find(symbol) < 0)
		return (FEED_UNKNOWN_SYMBOL);
	out->n = sim_bars(&f->arena, symbol, from, to, &bars);
	out->v = bars;
	return (FEED_OK);
}

static enum feed_answer
simulated_dividends(
    struct flow *f, str symbol, day from, day to, struct list *out)
{
	size_t begin, end;
	int asset = sim_find(symbol), amount;
	const struct sim_world *w;
	struct dividend *v;

	if (asset < 0)
		return (FEED_UNKNOWN_SYMBOL);
	w = range_find(from, to, &begin, &end);
	out->v = v =
	    ARENA_MANY(&f->arena, (end - begin) / 20 + 2, struct dividend);
	out->n = 0;
	for (size_t t = begin; t < end; t++) {
		amount = sim_dividend(asset, w->days[t]);
		if (amount > 0)
			v[out->n++] =
			    (struct dividend){ w->days[t], cents(amount) };
	}
	return (FEED_OK);
}

static enum feed_answer
simulated_splits(struct flow *f, str symbol, day from, day to, struct list *out)
{
	int asset = sim_find(symbol);
	struct split *v;
	day d;

	if (asset < 0)
		return (FEED_UNKNOWN_SYMBOL);
	out->v = v = ARENA_NEW(&f->arena, struct split);
	out->n = 0;
	for (const struct sim_split *s = sim_splits; s->symbol != NULL; s++)
		if (str_eqz(symbol, s->symbol) &&
		    day_parse(str_of(s->ex_day), &d) && day_cmp(d, from) >= 0 &&
		    day_cmp(d, to) <= 0 && day_cmp(d, sim_today()) <= 0)
			v[out->n++] =
			    (struct split){ d, s->numerator, s->denominator };
	return (FEED_OK);
}

/* Shares are told in the units after every split. */
double
sim_shares(int asset, day d)
{
	double later = sim_split_factor(asset, day_of(SIM_LAST_YEAR, 12, 31));

	return ((double)sim_assets()[asset].shares / later *
	    sim_split_factor(asset, d));
}

static dec
shares_on(int asset, day d)
{
	if (sim_assets()[asset].shares == 0)
		return (DEC_NONE);
	return (dec_of((int64_t)sim_shares(asset, d)));
}

static enum feed_answer
simulated_profile(struct flow *f, str symbol, struct profile *out)
{
	const struct sim_asset *a;
	struct quote q;
	int asset = sim_find(symbol);

	(void)f;
	if (asset < 0)
		return (FEED_UNKNOWN_SYMBOL);
	a = &sim_assets()[asset];
	*out = (struct profile){ .symbol = str_of(a->symbol),
		.name = str_of(a->name),
		.kind = str_of(a->kind),
		.country = str_of(a->country),
		.currency = str_of(a->currency),
		.exchange = str_of(a->exchange),
		.ipo = DAY_NONE,
		.market_cap = DEC_NONE,
		.shares = shares_on(asset, sim_today()),
		.industry = str_of(a->industry),
		.sector = str_of(a->sector),
		.website = str_of(a->website),
		.source = S("simulated") };
	if (a->ipo != NULL && !day_parse(str_of(a->ipo), &out->ipo))
		out->ipo = DAY_NONE;
	if (sim_quote(symbol, sim_now(), &q) == FEED_OK)
		out->market_cap = dec_mul(out->shares, q.price);
	return (FEED_OK);
}

/* How well an asset answers a text: 0 is best, 4 not at all. */
static int
match_rank(const struct sim_asset *a, str text)
{
	str symbol = str_of(a->symbol), name = str_of(a->name), part;

	if (str_eq_nocase(symbol, text))
		return (0);
	for (int rank = 1; rank <= 2; rank++) {
		part = rank == 1 ? symbol : name;
		part.n = part.n < text.n ? part.n : text.n;
		if (str_eq_nocase(part, text))
			return (rank);
	}
	for (; name.n > text.n; name.p++, name.n--)
		if (str_eq_nocase((str){ name.p + 1, text.n }, text))
			return (3);
	return (4);
}

static enum feed_answer
simulated_search(struct flow *f, str text, struct list *out)
{
	struct match *v = ARENA_MANY(&f->arena, SEARCH_MAX, struct match);

	out->v = v;
	out->n = 0;
	for (int rank = 0; rank < 4; rank++)
		for (const struct sim_asset *a = sim_assets();
		     a->symbol != NULL && out->n < SEARCH_MAX; a++)
			if (match_rank(a, text) == rank)
				v[out->n++] = (struct match){ str_of(a->symbol),
					str_of(a->name), str_of(a->kind) };
	return (FEED_OK);
}

const struct feed feed_simulated = {
	.name = "simulated",
	.simulated = true,
	.quote = simulated_quote,
	.profile = simulated_profile,
	.search = simulated_search,
	.bars = simulated_bars,
	.dividends = simulated_dividends,
	.splits = simulated_splits,
};

/* ---- as one of many: for prices of now ---------------------------------- */

static enum feed_answer
quote_asked(struct asking *a, str symbol, struct quote *out)
{
	return (simulated_quote(a->f, symbol, out));
}

static enum feed_answer
profile_asked(struct asking *a, str symbol, struct profile *out)
{
	return (simulated_profile(a->f, symbol, out));
}

static enum feed_answer
search_asked(struct asking *a, str text, struct list *out)
{
	return (simulated_search(a->f, text, out));
}

const struct provider provider_simulated = {
	.name = "simulated",
	.doc = "a market that is made up",
	.key = KEY_NONE,
	.raw_bars = true,
	.raw_dividends = true,
	.quote = quote_asked,
	.profile = profile_asked,
	.search = search_asked,
};
