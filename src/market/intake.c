/*
 * Taking in the simulated market: its assets, their history, their quotes.
 * Each asset is a piece of its own, so that no transaction and no memory
 * grows with their number; what is there already is not asked for again.
 */
#include <string.h>

#include "market/fold.h"
#include "market/history.h"
#include "market/instrument.h"
#include "market/quotation.h"
#include "market/ticker.h"
#include "store/store.h"

#include "market_sql.h"

struct state {
	uuid	id;
	str	symbol;
	bool	simulated;
	bool	known;		/* its profile is of today */
	day	newest;
};

static const struct field state_fields[] = {
	MUST(state, id, "Id."),
	MUST(state, symbol, "Ticker."),
	MUST(state, simulated, "Made up."),
	MUST(state, known, "Its profile is young."),
	MAY(state, newest, "Last day that is kept."),
	FIELDS_END
};

static enum err	(*bars_fn)(struct flow *);

void
market_on_bars(enum err (*fn)(struct flow *))
{
	bars_fn = fn;
}

enum err
bars_told(struct flow *f)
{
	return (bars_fn == NULL ? OK : bars_fn(f));
}

/* ---- assets and bars ----------------------------------------------------- */

static size_t
assets_count(void)
{
	size_t n;

	for (n = 0; sim_assets()[n].symbol != NULL; n++)
		;
	return (n);
}

static const struct state *
state_find(const struct list *states, str symbol)
{
	const struct state *s = states->v;
	size_t i;

	for (i = 0; i < states->n; i++)
		if (str_eq(s[i].symbol, symbol))
			return (&s[i]);
	return (NULL);
}

static enum err
reports_take(struct flow *f, const struct instrument *in)
{
	struct put_count count;
	struct list facts;

	if (sim_reports(&f->arena, in->symbol, &facts) != FEED_OK)
		return (OK);
	return (market_facts_put(f, in, facts.v, facts.n, S("simulated"),
	    &count));
}

/* Nothing to do for an asset whose profile and bars are of today. */
static enum err
asset_take(struct flow *f, str symbol, const struct state *s, int64_t *bars)
{
	struct instrument in = { .symbol = symbol };
	day from = day_add(sim_today(), -HISTORY_DAYS);
	struct profile p;

	*bars = 0;
	if (s != NULL)
		in.id = s->id;
	if (s == NULL || !s->known) {
		if (feed_simulated.profile(f, symbol, &p) != FEED_OK)
			return (E_INTERNAL);
		TRY(instrument_put(f, symbol, &p, true, &in));
		TRY(reports_take(f, &in));
	}
	if (s != NULL && day_ok(s->newest))
		from = day_add(s->newest, 1);
	if (day_cmp(from, sim_today()) > 0)
		return (OK);
	return (history_take(f, &feed_simulated, &in, from, sim_today(),
	    bars));
}

enum err
market_simulated(struct flow *f, int64_t *bars)
{
	const struct sim_asset *assets = sim_assets();
	const struct state *s;
	struct list states, quotes;
	size_t i, n = assets_count();
	struct piece *p;
	int64_t added;
	str *symbols;
	enum err e;

	*bars = 0;
	symbols = ARENA_MANY(&f->arena, n, str);
	for (i = 0; i < n; i++)
		symbols[i] = str_of(assets[i].symbol);
	TRY(store_rows(f, &sql_history_state, SHAPE(state), &states,
	    MANY(K_STR, symbols, n)));
	for (i = 0; i < n; i++) {
		s = state_find(&states, symbols[i]);
		/* Real prices of it were imported: it is not made up. */
		if (s != NULL && !s->simulated)
			continue;
		p = piece_begin(f);
		e = asset_take(f, symbols[i], s, &added);
		piece_end(p);
		TRY(e);
		*bars += added;
	}
	return (simulated_quotes(f, &quotes));
}

/* ---- rates of exchange --------------------------------------------------- */

struct fx_state {
	bool	real;
	day	newest;
};

static const struct field fx_state_fields[] = {
	MUST(fx_state, real, "Some are not made up."),
	MAY(fx_state, newest, "Last day that is kept."),
	FIELDS_END
};

enum err
market_simulated_rates(struct flow *f, bool begin)
{
	day to = sim_today(), from = day_add(to, -HISTORY_DAYS);
	struct put_count count;
	struct fx_state state;
	struct fx_rate *rates;
	struct piece *p;
	enum err e;
	size_t n;

	TRY(store_row(f, &sql_fx_state, SHAPE(fx_state), &state));
	if (state.real || (!begin && !day_ok(state.newest)))
		return (OK);
	if (day_ok(state.newest))
		from = day_add(state.newest, 1);
	if (day_cmp(from, to) > 0)
		return (OK);
	p = piece_begin(f);
	n = sim_rates(&f->arena, from, to, &rates);
	e = market_fx_put(f, rates, n, S("simulated"), &count);
	piece_end(p);
	return (e);
}

/* ---- quotes -------------------------------------------------------------- */

enum err
simulated_quotes(struct flow *f, struct list *out)
{
	const struct sim_asset *assets = sim_assets();
	instant now = sim_now();
	struct quote *q;
	size_t i;

	q = ARENA_MANY(&f->arena, assets_count(), struct quote);
	*out = (struct list){ q, 0 };
	for (i = 0; assets[i].symbol != NULL; i++)
		if (sim_quote(str_of(assets[i].symbol), now, &q[out->n]) ==
		    FEED_OK)
			out->n++;
	return (quotations_put(f, out));
}

struct whose {
	uuid	id;
};

static const struct field whose_fields[] = {
	MUST(whose, id, "Instrument."),
	FIELDS_END
};

enum err
session_bars(struct flow *f, int64_t *bars)
{
	const struct whose *w;
	struct list rows;
	struct piece *p;
	size_t i;
	enum err e;

	TRY(store_rows(f, &sql_session_bars, SHAPE(whose), &rows));
	*bars = (int64_t)rows.n;
	for (i = 0, w = rows.v; i < rows.n; i++) {
		p = piece_begin(f);
		e = folds_update(f, w[i].id, NULL);
		piece_end(p);
		TRY(e);
	}
	return (OK);
}
