/*
 * Quotes. A real instrument never gets a made-up price; one of the simulated
 * market gets a provider's as soon as there is a provider. What is kept and
 * young is answered from the table, so that all pages show the same price.
 */
#include <math.h>

#include "base/settings.h"
#include "market/quotation.h"
#include "market/recent.h"
#include "store/store.h"

#include "market_sql.h"

#define PROVIDER_MS	60000	/* as long as the feed keeps a quote */

static const struct field quotation_fields[] = {
	MUST(quotation, symbol, "Ticker."),
	MUST(quotation, price, "Last price."),
	MAY(quotation, previous_close, "Close of the session before."),
	MAY(quotation, open, "First price of the session."),
	MAY(quotation, high, "Highest so far."),
	MAY(quotation, low, "Lowest so far."),
	MUST(quotation, currency, "Currency."),
	MUST(quotation, as_of, "The provider's time."),
	MUST(quotation, source, "Provider."),
	MUST(quotation, stale, "The provider failed since."),
	MUST(quotation, simulated, "Made up."),
	MUST(quotation, kept_ms, "Time since the provider was asked."),
	FIELDS_END
};

struct ticker_row {
	str	symbol;
};

static const struct field ticker_row_fields[] = {
	MUST(ticker_row, symbol, "Ticker."),
	FIELDS_END
};

#define QUOTE_COLUMN(type, member) __extension__ ({			\
	type *v_ = ARENA_MANY(&f->arena, n, type);			\
	for (size_t i_ = 0; i_ < n; i_++)				\
		v_[i_] = q[i_].member;					\
	v_;								\
})

/* Moves quotes of those symbols to the front; how many they are. */
static size_t
quotes_sift(struct quote *q, size_t n, const struct list *symbols)
{
	const struct ticker_row *s = symbols->v;
	size_t i, k, kept;

	for (i = kept = 0; i < n; i++) {
		for (k = 0; k < symbols->n; k++)
			if (str_eq(s[k].symbol, q[i].symbol))
				break;
		if (k < symbols->n)
			q[kept++] = q[i];
	}
	return (kept);
}

enum err
quotations_put(struct flow *f, struct list *quotes)
{
	struct quote *q = quotes->v;
	size_t n = quotes->n;
	struct list kept;

	if (n == 0)
		return (OK);
	TRY(store_rows(f, &sql_quote_put, SHAPE(ticker_row), &kept,
	    MANY(K_STR, QUOTE_COLUMN(str, symbol), n),
	    MANY(K_DEC, QUOTE_COLUMN(dec, price), n),
	    MANY(K_DEC, QUOTE_COLUMN(dec, previous_close), n),
	    MANY(K_DEC, QUOTE_COLUMN(dec, open), n),
	    MANY(K_DEC, QUOTE_COLUMN(dec, high), n),
	    MANY(K_DEC, QUOTE_COLUMN(dec, low), n),
	    MANY(K_INSTANT, QUOTE_COLUMN(instant, as_of), n),
	    STR(q[0].source)));
	quotes->n = quotes_sift(q, n, &kept);
	return (OK);
}

enum err
quotations_read(struct flow *f, const str *symbols, size_t n, int64_t most,
    struct list *out)
{
	if (symbols == NULL)
		return (store_rows(f, &sql_quote_all, SHAPE(quotation), out,
		    LONG(most)));
	return (store_rows(f, &sql_quote_list, SHAPE(quotation), out,
	    MANY(K_STR, symbols, n)));
}

struct quote
quote_of(const struct quotation *k)
{
	struct quote q = { .symbol = k->symbol, .price = k->price,
	    .previous_close = k->previous_close, .change = DEC_NONE,
	    .percent_change = NAN, .open = k->open, .high = k->high,
	    .low = k->low, .currency = k->currency, .as_of = k->as_of,
	    .source = k->source, .stale = k->stale };

	q.age_s = (instant_now().us - k->as_of.us) / 1000000;
	if (q.age_s < 0)
		q.age_s = 0;
	if (dec_sign(k->previous_close) > 0) {
		q.change = dec_sub(k->price, k->previous_close);
		q.percent_change = dec_double(dec_div(q.change,
		    k->previous_close));
	}
	return (q);
}

/* Younger than a provider would tell anything new. */
static bool
quotation_young(const struct quotation *k)
{
	if (!feed_current()->simulated)
		return (k->kept_ms <= PROVIDER_MS &&
		    !str_eq(k->source, S("simulated")));
	/* Nobody can be asked about a real one on the simulated market. */
	return (!k->simulated || k->kept_ms <= 3 * settings.tick_ms);
}

enum err
quote_refresh(struct flow *f, str symbol, struct quote *out)
{
	enum feed_answer a;

	if ((a = feed_quote(f, symbol, out)) != FEED_OK) {
		TRY(store_exec(f, &sql_quote_fail, NULL, STR(symbol)));
		return (feed_err(f, a, symbol));
	}
	if (out->stale)
		return (store_exec(f, &sql_quote_fail, NULL, STR(symbol)));
	return (quotations_put(f, &(struct list){ out, 1 }));
}

/* A quote that is not kept, or old. */
static enum err
quote_ask(struct flow *f, str symbol, const struct quotation *k,
    struct quote *out)
{
	struct instrument in;
	enum err e;

	e = market_find(f, symbol, &in);
	if (e != OK && e != E_NOT_FOUND)
		return (e);
	if (e == OK && in.simulated && feed_current()->simulated)
		return (sim_quote(in.symbol, sim_now(), out) == FEED_OK ? OK :
		    E_NOT_FOUND);
	/* Real, but only made-up prices can be had. */
	e = e == OK && feed_current()->simulated ?
	    flow_fault(f, E_NOT_FOUND, "no quote of it is known") :
	    quote_refresh(f, symbol, out);
	if (e == OK || k == NULL)
		return (e);
	*out = quote_of(k);
	out->stale = true;
	return (OK);
}

static const struct quotation *
quotation_find(const struct list *kept, str symbol)
{
	const struct quotation *k = kept->v;
	size_t i;

	for (i = 0; i < kept->n; i++)
		if (str_eq(k[i].symbol, symbol))
			return (&k[i]);
	return (NULL);
}

/* One symbol's failure is not the others': the first is told only when
 * there is nothing else to tell. */
enum err
quotes_gather(struct flow *f, const str *symbols, size_t n,
    struct quote *out, size_t *found)
{
	const struct quotation *k;
	enum err e, first = OK;
	struct list kept;
	size_t i;

	*found = 0;
	TRY(quotations_read(f, symbols, n, (int64_t)n, &kept));
	for (i = 0; i < n; i++) {
		k = quotation_find(&kept, symbols[i]);
		e = OK;
		if (k != NULL && quotation_young(k))
			out[*found] = quote_of(k);
		else
			e = quote_ask(f, symbols[i], k, &out[*found]);
		if (e == OK)
			++*found;
		else if (first == OK)
			first = e;
	}
	return (*found > 0 ? OK : first);
}

enum err
market_quote(struct flow *f, str symbol, struct quote *out)
{
	size_t found;

	if (recent_get(&f->arena, symbol, out))
		return (OK);
	TRY(quotes_gather(f, &symbol, 1, out, &found));
	recent_put(out);
	return (OK);
}
