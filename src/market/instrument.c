/*
 * Instruments: found by symbol, kept when somebody first needs one. They
 * hardly change, so each process remembers those it met for a while; what
 * is not kept is never remembered.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "market/history.h"
#include "market/instrument.h"
#include "market/quotation.h"
#include "store/store.h"

#include "market_sql.h"

#define MET_SLOTS	1024
#define MET_MS		60000
#define NAME_MAX_POINTS	200

const struct field instrument_fields[] = {
	MUST(instrument, id, "Id."),
	MUST(instrument, symbol, "Ticker."),
	MUST(instrument, name, "Name."),
	MUST(instrument, kind, "Kind."),
	MUST(instrument, currency, "Currency its price is in."),
	MAY(instrument, exchange, "Exchange."),
	MAY(instrument, sector, "Sector."),
	MUST(instrument, simulated, "Whether its prices are made up."),
	FIELDS_END
};

/* ---- what this process has met ------------------------------------------- */

/* Owned by its slot; the strings follow the struct. */
struct met {
	int64_t			 until_ms;
	struct instrument	 of;
};

static struct met *met[MET_SLOTS];

static struct met **
met_slot(str symbol)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < symbol.n; i++)
		h = (h ^ (uint8_t)symbol.p[i]) * 16777619u;
	return (&met[h % MET_SLOTS]);
}

/* Each text of an instrument: what to walk when one is copied. */
static void
texts_of(struct instrument *in, str *texts[6])
{
	texts[0] = &in->symbol;
	texts[1] = &in->name;
	texts[2] = &in->kind;
	texts[3] = &in->currency;
	texts[4] = &in->exchange;
	texts[5] = &in->sector;
}

static void
met_keep(const struct instrument *in)
{
	struct met **slot = met_slot(in->symbol), *m;
	struct instrument of = *in;
	str *texts[6];
	size_t i, n;
	char *at;

	texts_of(&of, texts);
	for (i = n = 0; i < 6; i++)
		n += texts[i]->n;
	if ((m = malloc(sizeof(*m) + n)) == NULL)
		return;
	at = (char *)(m + 1);
	for (i = 0; i < 6; i++) {
		if (texts[i]->p == NULL)
			continue;
		memcpy(at, texts[i]->p, texts[i]->n);
		texts[i]->p = at;
		at += texts[i]->n;
	}
	m->of = of;
	m->until_ms = mono_ms() + MET_MS;
	free(*slot);
	*slot = m;
}

static bool
met_find(struct arena *a, str symbol, struct instrument *out)
{
	const struct met *m = *met_slot(symbol);
	str *texts[6];
	size_t i;

	if (m == NULL || !str_eq(m->of.symbol, symbol) ||
	    m->until_ms < mono_ms())
		return (false);
	*out = m->of;
	texts_of(out, texts);
	for (i = 0; i < 6; i++)
		*texts[i] = arena_str(a, *texts[i]);
	return (true);
}

void
instruments_forget(void)
{
	size_t i;

	for (i = 0; i < MET_SLOTS; i++) {
		free(met[i]);
		met[i] = NULL;
	}
}

/* ---- symbols ------------------------------------------------------------- */

bool
symbol_ok(str symbol)
{
	size_t i;

	if (symbol.n == 0 || symbol.n > LIMIT_SYMBOL_BYTES ||
	    strchr(".^=-", symbol.p[0]) != NULL)
		return (false);
	for (i = 0; i < symbol.n; i++)
		if (!isupper((unsigned char)symbol.p[i]) &&
		    !isdigit((unsigned char)symbol.p[i]) &&
		    (symbol.p[i] == '\0' ||
		    strchr(".^=-", symbol.p[i]) == NULL))
			return (false);
	return (true);
}

static str
symbol_upper(struct arena *a, str symbol)
{
	char *p = arena_z(a, symbol);
	size_t i;

	for (i = 0; i < symbol.n; i++)
		p[i] = (char)toupper((unsigned char)p[i]);
	return ((str){ p, symbol.n });
}

/* ---- finding and keeping ------------------------------------------------- */

enum err
market_find(struct flow *f, str symbol, struct instrument *out)
{
	symbol = symbol_upper(&f->arena, symbol);
	if (!symbol_ok(symbol))
		return (E_NOT_FOUND);
	if (met_find(&f->arena, symbol, out))
		return (OK);
	TRY(store_row(f, &sql_instrument_find, SHAPE(instrument), out,
	    STR(symbol)));
	met_keep(out);
	return (OK);
}

/* A provider's name of at most so many characters; else the symbol. */
static str
name_fit(str name, str symbol)
{
	size_t i, n;

	name = str_trim(name);
	if (name.n == 0 || !str_utf8(name))
		return (symbol);
	for (i = n = 0; i < name.n && n < NAME_MAX_POINTS; n++)
		i += str_point((str){ name.p + i, name.n - i });
	return ((str){ name.p, i });
}

static str
currency_fit(str currency)
{
	return (currency.p != NULL && currency_places(currency) >= 0 ?
	    currency : STR_NONE);
}

enum err
instrument_put(struct flow *f, str symbol, const struct profile *p,
    bool simulated, struct instrument *out)
{
	enum err e;

	e = store_row(f, &sql_instrument_put, SHAPE(instrument), out,
	    UUID(uuid_new()), STR(symbol), STR(name_fit(p->name, symbol)),
	    STR(p->kind), STR(currency_fit(p->currency)), STR(p->exchange),
	    STR(p->country), STR(p->sector), STR(p->industry), STR(p->logo),
	    STR(p->website), DAY(p->ipo), DEC(p->market_cap),
	    DEC(p->shares), STR(p->source), BOOL(simulated));
	if (e == E_NOT_FOUND)
		return (E_CONFLICT);
	TRY(e);
	met_keep(out);
	return (OK);
}

enum err
market_require(struct flow *f, str symbol, struct instrument *out)
{
	struct profile p;
	struct quote q;
	enum feed_answer a;
	enum err e;

	e = market_find(f, symbol, out);
	if (e != E_NOT_FOUND)
		return (e);
	symbol = symbol_upper(&f->arena, symbol);
	if (!symbol_ok(symbol))
		return (flow_fault(f, E_NOT_FOUND, "no asset has this symbol"));
	if ((a = feed_profile(f, symbol, &p)) != FEED_OK)
		return (feed_err(f, a, symbol));
	TRY(instrument_put(f, symbol, &p, feed_current()->simulated, out));
	TRY(history_fetch(f, feed_current(), out));
	if (feed_quote(f, symbol, &q) == FEED_OK)
		TRY(quotations_put(f, &(struct list){ &q, 1 }));
	return (OK);
}
