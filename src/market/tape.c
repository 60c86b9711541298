/*
 * Whoever holds the lease holds the provider's stream: one flow that opens
 * it, subscribes to what is watched most and then to what is held, and hears
 * trades; another that keeps the newest of each symbol every quarter of a
 * second and publishes it like any other quote. A lease that is lost closes
 * the stream, a stream that is lost is opened again after a while.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "base/uuid.h"
#include "market/demand.h"
#include "market/lease.h"
#include "market/live.h"
#include "market/quotation.h"
#include "market/tape.h"
#include "market/ticker.h"
#include "store/store.h"

#include "market_sql.h"

#define HEAR_MS		250	/* then something else may be due */
#define TELL_LOOKS	2	/* of the lease: what is watched */
#define GOOD_MS		10000	/* a line that lived so long was good */
#define SCRAP_BYTES	(4 * 1024 * 1024)
#define TAPE_SYMBOLS	128
#define LINE_MS		(INT64_C(365) * 86400 * 1000)

struct ticker_name {
	str	symbol;
};

static const struct field ticker_name_fields[] = {
	MUST(ticker_name, symbol, "Ticker."),
	FIELDS_END
};

struct traded {
	str	symbol;
	dec	price, previous_close;
	instant	as_of;
};

static const struct field traded_fields[] = {
	MUST(traded, symbol, "Ticker."),
	MUST(traded, price, "Price of the last trade."),
	MAY(traded, previous_close, "Close of the session before."),
	MUST(traded, as_of, "When it was."),
	FIELDS_END
};

/* The newest trade of a symbol that was not published yet. */
struct pending {
	char	symbol[LIMIT_SYMBOL_BYTES];
	size_t	symbol_n;
	dec	price;
	instant	at;
};

static struct {
	struct lease		 lease;
	char			 name[64], holder[33];
	struct timer		 look, flush;
	bool			 looking, open, flushing;
	unsigned		 looks;
	const struct trade_line	*line;		/* while it is open */
	enum feed_answer	 answer;	/* to the last opening */
	unsigned		 failures;	/* in a row */
	int64_t			 open_ms;	/* not before */
	struct {
		char	p[LIMIT_SYMBOL_BYTES];
		size_t	n;
	}			 wishes[TAPE_SYMBOLS];
	size_t			 wish_n;
	struct pending		 pending[TAPE_SYMBOLS];
	size_t			 n;
} tape;

bool
tape_has(str symbol)
{
	return (tape.line != NULL && trade_line_has(tape.line, symbol));
}

/* ---- what was heard ---------------------------------------------- */

static void
trade_keep(const struct trade *t)
{
	struct pending *p;
	size_t i;

	for (i = 0; i < tape.n; i++) {
		p = &tape.pending[i];
		if (str_eq(t->symbol, (str){ p->symbol, p->symbol_n }))
			break;
	}
	if (i == TAPE_SYMBOLS)
		return;
	p = &tape.pending[i];
	if (i < tape.n && t->at.us < p->at.us)
		return;
	if (i == tape.n)
		tape.n++;
	memcpy(p->symbol, t->symbol.p, t->symbol.n);
	p->symbol_n = t->symbol.n;
	p->price = t->price;
	p->at = t->at;
}

static struct quote
quote_traded(const struct traded *t)
{
	struct quote q = { .symbol = t->symbol, .price = t->price,
	    .previous_close = t->previous_close, .change = DEC_NONE,
	    .percent_change = NAN, .as_of = t->as_of };

	if (dec_sign(t->previous_close) > 0) {
		q.change = dec_sub(t->price, t->previous_close);
		q.percent_change = dec_double(dec_div(q.change,
		    t->previous_close));
	}
	return (q);
}

static enum err
flush_run(struct flow *f, void *arg)
{
	size_t i, n = tape.n;
	str *symbols = ARENA_MANY(&f->arena, n, str);
	dec *prices = ARENA_MANY(&f->arena, n, dec);
	instant *at = ARENA_MANY(&f->arena, n, instant);
	const struct traded *t;
	struct quote *q;
	struct list list;

	(void)arg;
	for (i = 0; i < n; i++) {
		symbols[i] = arena_str(&f->arena, (str){
		    tape.pending[i].symbol, tape.pending[i].symbol_n });
		prices[i] = tape.pending[i].price;
		at[i] = tape.pending[i].at;
	}
	tape.n = 0;
	TRY(store_rows(f, &sql_trades_put, SHAPE(traded), &list,
	    MANY(K_STR, symbols, n), MANY(K_DEC, prices, n),
	    MANY(K_INSTANT, at, n), STR(S("finnhub"))));
	q = ARENA_MANY(&f->arena, list.n, struct quote);
	for (i = 0, t = list.v; i < list.n; i++)
		q[i] = quote_traded(&t[i]);
	list = (struct list){ q, list.n };
	if (list.n > 0)
		quotes_publish(f, &list);
	return (OK);
}

static void
flush_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	tape.flushing = false;
	if (e != OK)
		LOG(LOG_WARN, "trades.kept", LZ("error", err_row(e)->name));
}

static void
tape_flush(void *arg)
{
	(void)arg;
	timer_set(&tape.flush, HEAR_MS);
	if (tape.n == 0 || tape.flushing)
		return;
	tape.flushing = true;
	if (flow_start(flush_run, flush_end, NULL, LIMIT_REQUEST_MS) == NULL)
		tape.flushing = false;
}

/* ---- what is wanted ---------------------------------------------- */

/* What is watched by most first, then what somebody holds; only what there
 * is. */
static enum err
wishes_look(struct flow *f)
{
	const struct ticker_name *name;
	const struct demanded *d;
	struct list watched, known;
	str *symbols;
	size_t i;

	demand_gather(&f->arena, &watched);
	d = watched.v;
	symbols = ARENA_MANY(&f->arena, watched.n, str);
	for (i = 0; i < watched.n; i++)
		symbols[i] = d[i].symbol;
	TRY(store_rows(f, &sql_tape_symbols, SHAPE(ticker_name), &known,
	    MANY(K_STR, symbols, watched.n),
	    STR(str_of(settings.benchmark)), LONG(TAPE_SYMBOLS),
	    BOOL(!feed_current()->simulated)));
	name = known.v;
	for (i = tape.wish_n = 0; i < known.n; i++) {
		if (name[i].symbol.n > LIMIT_SYMBOL_BYTES)
			continue;
		memcpy(tape.wishes[tape.wish_n].p, name[i].symbol.p,
		    name[i].symbol.n);
		tape.wishes[tape.wish_n++].n = name[i].symbol.n;
	}
	return (OK);
}

static enum err
line_want(struct flow *f, struct trade_line *line)
{
	str symbols[TAPE_SYMBOLS];
	size_t i;

	for (i = 0; i < tape.wish_n; i++)
		symbols[i] = (str){ tape.wishes[i].p, tape.wishes[i].n };
	return (trade_line_want(f, line, symbols, tape.wish_n));
}

/* ---- the line ---------------------------------------------------- */

static enum err
line_hear(struct flow *f, struct trade_line *line)
{
	const struct trade *t;
	struct arena scrap;
	struct list trades;
	enum err e;
	size_t i;

	arena_init(&scrap, SCRAP_BYTES, NULL, NULL);
	e = trade_line_hear(f, line, &scrap, HEAR_MS, &trades);
	for (i = 0, t = trades.v; i < trades.n; i++)
		trade_keep(&t[i]);
	meter_add(M_trades_heard_total, (int64_t)trades.n);
	arena_drop(&scrap);
	return (e);
}

static enum err
line_serve(struct flow *f, struct trade_line *line)
{
	int64_t began = mono_ms();

	while (lease_held(&tape.lease)) {
		TRY(line_want(f, line));
		TRY(line_hear(f, line));
		if (mono_ms() - began > GOOD_MS)
			tape.failures = 0;
	}
	LOG(LOG_WARN, "trades.lease", LZ("why", "another process has it"));
	return (OK);
}

static enum err
line_run(struct flow *f, void *arg)
{
	struct trade_line *line;
	struct feed_stream s;
	enum err e;

	(void)arg;
	tape.answer = FEED_UPSTREAM;
	if (feed_stream(f, &s) != FEED_OK)
		return (OK);
	tape.answer = trade_line_open(f, &s, &line);
	if (tape.answer != FEED_OK)
		return (flow_fault(f, E_UPSTREAM, "%s",
		    feed_answer_names[tape.answer]));
	tape.line = line;
	meter_set(M_trade_lines, 1);
	LOG(LOG_INFORM, "trades.open", LZ("provider", s.provider));
	e = line_serve(f, line);
	meter_set(M_trade_lines, 0);
	tape.line = NULL;
	trade_line_close(f, line);
	return (e);
}

static void
line_end(struct flow *f, void *arg, enum err e)
{
	int64_t wait_ms = 0;

	(void)arg;
	tape.open = false;
	if (e != OK) {
		wait_ms = trade_line_wait_ms(tape.answer, ++tape.failures);
		meter_add(M_trade_failures_total, 1);
		LOG(LOG_WARN, "trades.again", LN("in_ms", wait_ms),
		    LZ("why", f->fault != NULL ? f->fault : "it ended"));
	}
	tape.open_ms = mono_ms() + wait_ms;
}

static void
line_open(void)
{
	if (tape.open || mono_ms() < tape.open_ms ||
	    !lease_held(&tape.lease))
		return;
	tape.open = flow_start(line_run, line_end, NULL, LINE_MS) != NULL;
}

/* ---- the lease --------------------------------------------------- */

static enum err
look_run(struct flow *f, void *arg)
{
	struct feed_stream s;

	(void)arg;
	if (feed_stream(f, &s) != FEED_OK)
		return (OK);
	snprintf(tape.name, sizeof(tape.name), "%.*s", STR_ARG(s.lock));
	tape.lease.name = str_of(tape.name);
	if (++tape.looks % TELL_LOOKS == 1)
		demand_tell(f);
	lease_look(f, &tape.lease);
	return (lease_held(&tape.lease) ? wishes_look(f) : OK);
}

static void
look_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	(void)e;
	tape.looking = false;
	line_open();
}

static void
tape_look(void *arg)
{
	(void)arg;
	timer_set(&tape.look, LEASE_LOOK_MS);
	if (tape.looking)
		return;
	tape.looking = true;
	if (flow_start(look_run, look_end, NULL, LIMIT_REQUEST_MS) == NULL)
		tape.looking = false;
}

/* Nothing is streamed where no provider streams. */
static enum err
start_run(struct flow *f, void *arg)
{
	struct feed_stream s;

	*(bool *)arg = feed_stream(f, &s) == FEED_OK;
	return (OK);
}

void
tape_start(void)
{
	unsigned char raw[16];
	bool streams = false;
	size_t i;

	if (flow_start(start_run, NULL, &streams, LIMIT_REQUEST_MS) == NULL ||
	    !streams)
		return;
	random_bytes(raw, sizeof(raw));
	for (i = 0; i < sizeof(raw); i++)
		snprintf(tape.holder + 2 * i, 3, "%02x", raw[i]);
	tape.lease.holder = str_of(tape.holder);
	tape.look.fn = tape_look;
	tape.flush.fn = tape_flush;
	demand_start();
	timer_set(&tape.look, LEASE_LOOK_MS / 4);
	timer_set(&tape.flush, HEAR_MS);
}
