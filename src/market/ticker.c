/*
 * The first worker's timers. One flow at a time refreshes quotes and tells
 * every process of them; another takes in new bars. Where several machines
 * serve, whoever comes first in a tick does it for all.
 */
#include "base/settings.h"
#include "cache/cache.h"
#include "market/demand.h"
#include "market/live.h"
#include "market/quotation.h"
#include "market/ticker.h"
#include "market/tick.h"
#include "store/store.h"

#include "market_sql.h"

#define BARS_MS		60000
#define BARS_FLOW_MS	(10 * 60000)
#define DUE_MS		10000	/* how often is looked for old quotes */
#define DUE_S		60	/* a quote so old is asked for again */
#define DUE_MAX		64
#define ASK_MAX		8	/* provider calls of one tick */

struct due {
	str	symbol;
};

static const struct field due_fields[] = {
	MUST(due, symbol, "Ticker."),
	FIELDS_END
};

static struct {
	struct timer	tick, bars;
	bool		ticking;
	enum err	failed;		/* what the last tick answered */
	bool		told;		/* portfolios were told once */
	/* Symbols whose quotes are old, still to be asked for. */
	char		due[DUE_MAX][LIMIT_SYMBOL_BYTES + 1];
	size_t		due_n, due_at;
	int64_t		due_ms;		/* when that was looked up */
} ticker;

/* ---- a provider's quotes ------------------------------------------------- */

static enum err
due_look(struct flow *f)
{
	const struct demanded *w;
	const struct due *d;
	struct list list;
	str *watched;
	size_t i;

	if (ticker.due_at < ticker.due_n ||
	    mono_ms() - ticker.due_ms < DUE_MS)
		return (OK);
	ticker.due_ms = mono_ms();
	demand_gather(&f->arena, &list);
	w = list.v;
	watched = ARENA_MANY(&f->arena, list.n, str);
	for (i = 0; i < list.n; i++)
		watched[i] = w[i].symbol;
	TRY(store_rows(f, &sql_quote_due, SHAPE(due), &list,
	    STR(str_of(settings.benchmark)), REAL(DUE_S), LONG(DUE_MAX),
	    MANY(K_STR, watched, list.n)));
	d = list.v;
	for (ticker.due_n = 0; ticker.due_n < list.n; ticker.due_n++)
		snprintf(ticker.due[ticker.due_n], LIMIT_SYMBOL_BYTES + 1,
		    "%.*s", STR_ARG(d[ticker.due_n].symbol));
	ticker.due_at = 0;
	return (OK);
}

/* A few of those asked for longest ago; a budget that is used up ends it. */
static enum err
provider_quotes(struct flow *f, struct list *out)
{
	struct quote *q = ARENA_MANY(&f->arena, ASK_MAX, struct quote);
	enum err e;
	str symbol;

	*out = (struct list){ q, 0 };
	if (feed_current()->simulated)
		return (OK);
	TRY(due_look(f));
	while (ticker.due_at < ticker.due_n && out->n < ASK_MAX) {
		symbol = arena_str(&f->arena,
		    str_of(ticker.due[ticker.due_at++]));
		e = quote_refresh(f, symbol, &q[out->n]);
		if (e == OK)
			out->n++;
		else if (e == E_RATE || e == E_BUSY || e == E_DEADLINE)
			break;
	}
	return (OK);
}

/* ---- a tick -------------------------------------------------------------- */

/* Nobody else does it within this tick. Without Redis everybody does. */
static bool
tick_mine(struct flow *f)
{
	return (cache_add(f, S("market:tick"), S("1"),
	    settings.tick_ms * 3 / 4) != E_CONFLICT);
}

/* With a provider nothing is made up. */
static enum err
made_up_quotes(struct flow *f, struct list *out)
{
	*out = (struct list){ NULL, 0 };
	return (feed_current()->simulated ? simulated_quotes(f, out) : OK);
}

/* Also when there is none, so that processes hear that somebody ticks.
 * Without Redis they read the table by themselves. */
void
quotes_publish(struct flow *f, const struct list *quotes)
{
	enum err e;

	e = cache_publish_numbered(f, S(QUOTES_CHANNEL),
	    tick_message(&f->arena, quotes->v, quotes->n));
	if (e != OK && cache_state() == CACHE_UP)
		LOG(LOG_WARN, "publish", LZ("error", err_row(e)->name));
}

static enum err
tick_run(struct flow *f, void *arg)
{
	struct list quotes;

	(void)arg;
	if (!tick_mine(f))
		return (OK);
	TRY(made_up_quotes(f, &quotes));
	quotes_publish(f, &quotes);
	TRY(provider_quotes(f, &quotes));
	if (quotes.n > 0)
		quotes_publish(f, &quotes);
	return (OK);
}

static void
tick_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	ticker.ticking = false;
	/* An outage is told once, not with every tick. */
	if (e != OK && e != ticker.failed)
		LOG(LOG_WARN, "tick", LZ("error", err_row(e)->name));
	ticker.failed = e;
}

static void
tick(void *arg)
{
	(void)arg;
	timer_set(&ticker.tick, settings.tick_ms);
	if (!ticker.ticking)
		ticker.ticking = flow_start(tick_run, tick_end, NULL,
		    LIMIT_REQUEST_MS) != NULL;
}

/* ---- new bars ------------------------------------------------------------ */

static enum err
bars_run(struct flow *f, void *arg)
{
	int64_t made;

	(void)arg;
	TRY(exchange_days_keep(f));
	if (feed_current()->simulated) {
		TRY(market_simulated_rates(f, false));
		TRY(market_simulated(f, &made));
	} else
		TRY(session_bars(f, &made));
	if (made > 0)
		LOG(LOG_INFORM, "bars", LN("added", made));
	if (made > 0 || !ticker.told) {
		TRY(bars_told(f));
		ticker.told = true;
	}
	return (OK);
}

static void
bars_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	if (e != OK)
		LOG(LOG_WARN, "bars", LZ("error", err_row(e)->name));
	/* The database may still be coming up: the first time soon again. */
	timer_set(&ticker.bars, e == OK || ticker.told ? BARS_MS : 1000);
}

static void
bars(void *arg)
{
	(void)arg;
	if (flow_start(bars_run, bars_end, NULL, BARS_FLOW_MS) == NULL)
		timer_set(&ticker.bars, BARS_MS);
}

void
ticker_start(void)
{
	ticker.tick.fn = tick;
	ticker.bars.fn = bars;
	timer_set(&ticker.tick, settings.tick_ms);
	timer_set(&ticker.bars, 100);
}
