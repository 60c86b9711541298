/*
 * Reads a request to `bursar ledger`. It judges whether a member is there, is
 * known and can be read; whether what is told can have been is the ledger's
 * to say.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "calc/ledger_request.h"

bool
amiss(struct ledger_request *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->fault, sizeof(r->fault), fmt, ap);
	va_end(ap);
	return (false);
}

/* ---- values ------------------------------------------------------------ */

str
request_text(const json_t *v)
{
	return (json_is_string(v) ? (str){ json_string_value(v),
	    json_string_length(v) } : STR_NONE);
}

/*
 * What was written, if it had at most 15 digits: so many survive the way
 * through binary. With more, nobody knows which number was meant.
 */
static bool
real_read(double x, dec *out)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%.15g", x);

	return (strtod(text, NULL) == x &&
	    dec_parse((str){ text, (size_t)n }, out) == OK);
}

const char *
request_dec(const json_t *v, dec *out)
{
	str text;

	if (json_is_integer(v)) {
		*out = dec_of(json_integer_value(v));
		return (dec_ok(*out) ? NULL : "too large");
	}
	if (json_is_real(v))
		return (real_read(json_real_value(v), out) ? NULL :
		    "not exact as a number; put it in a string");
	text = request_text(v);
	switch (text.p == NULL ? E_INVALID : dec_parse(text, out)) {
	case OK:
		return (NULL);
	case E_TOO_LARGE:
		return ("too large, or of more than 18 decimals");
	default:
		return ("not a decimal");
	}
}

bool
request_scale(dec *d, dec unit)
{
	dec was = *d;

	if (!dec_ok(was) || dec_eq(unit, dec_of(1)))
		return (true);
	*d = dec_mul(was, unit);
	return (dec_ok(*d) && dec_eq(dec_div(*d, unit), was));
}

bool
request_day(const json_t *v, day *out)
{
	return (json_is_string(v) && day_parse(request_text(v), out));
}

const char *
request_unknown(json_t *object, const char *const *known)
{
	const char *name;
	json_t *v;

	json_object_foreach(object, name, v)
		if (enum_of(known, str_of(name)) == ENUM_NONE)
			return (name);
	return (NULL);
}

/* ---- instruments and currencies ---------------------------------------- */

bool
request_currency(struct ledger_request *r, str code, size_t *out, dec *unit)
{
	struct currency_told *c;
	int places;

	*unit = dec_of(1);
	if (code.p == NULL)
		return (false);
	(void)currency_minor(code, &code, unit);
	if ((places = currency_places(code)) < 0)
		return (false);
	for (*out = 0; *out < r->currency_n; (*out)++)
		if (str_eqz(code, r->currencies[*out].code))
			return (true);
	c = &r->currencies[r->currency_n++];
	*c = (struct currency_told){ .code = arena_z(r->arena, code),
	    .places = places };
	return (true);
}

/* -1: there is none of that name. */
static json_int_t
thing_known(const struct ledger_request *r, const char *symbol)
{
	const json_t *at = json_object_get(r->symbols, symbol);

	return (at == NULL ? -1 : json_integer_value(at));
}

bool
request_thing(struct ledger_request *r, const json_t *v, size_t *out)
{
	str symbol = request_text(v);
	json_int_t at;

	if (symbol.p == NULL || symbol.n == 0 ||
	    memchr(symbol.p, '\0', symbol.n) != NULL)
		return (false);
	if ((at = thing_known(r, symbol.p)) < 0) {
		at = (json_int_t)r->thing_n++;
		r->things[at] = (struct thing_told){ .symbol = symbol.p,
		    .unit = dec_of(1) };
		json_object_set_new(r->symbols, symbol.p, json_integer(at));
	}
	*out = (size_t)at;
	return (true);
}

static bool
thing_terms(struct ledger_request *r, struct thing_told *t, json_t *terms)
{
	static const char *const known[] = { "currency", "multiplier",
	    "percent", "home", NULL };
	json_t *v;
	const char *why;

	if (!json_is_object(terms) || request_unknown(terms, known) != NULL)
		return (amiss(r, "instruments.%.40s: currency, multiplier, "
		    "percent and home", t->symbol));
	if ((v = json_object_get(terms, "currency")) != NULL) {
		if (!request_currency(r, request_text(v), &t->terms.currency,
		    &t->unit))
			return (amiss(r, "instruments.%.40s.currency: no "
			    "currency", t->symbol));
		t->quoted = json_string_value(v);
		t->settled = t->told = true;
	}
	if ((v = json_object_get(terms, "multiplier")) != NULL) {
		why = request_dec(v, &t->terms.multiplier);
		if (why == NULL && dec_sign(t->terms.multiplier) <= 0)
			why = "more than 0";
		if (why != NULL)
			return (amiss(r, "instruments.%.40s.multiplier: %s",
			    t->symbol, why));
	}
	if ((v = json_object_get(terms, "percent")) != NULL &&
	    !json_is_boolean(v))
		return (amiss(r, "instruments.%.40s.percent: true or false",
		    t->symbol));
	t->terms.percent = json_is_true(v);
	if ((v = json_object_get(terms, "home")) != NULL &&
	    !json_is_boolean(v))
		return (amiss(r, "instruments.%.40s.home: true or false",
		    t->symbol));
	t->terms.home = json_is_true(v);
	return (true);
}

static bool
things_read(struct ledger_request *r, json_t *instruments)
{
	const char *symbol;
	json_t *terms, *name;
	size_t i;
	bool ok;

	if (instruments == NULL)
		return (true);
	if (!json_is_object(instruments))
		return (amiss(r, "instruments: an object"));
	json_object_foreach(instruments, symbol, terms) {
		name = json_string(symbol);
		ok = request_thing(r, name, &i);
		json_decref(name);
		if (!ok)
			return (amiss(r, "instruments: a symbol is empty"));
		r->things[i].symbol = symbol;
		if (!thing_terms(r, &r->things[i], terms))
			return (false);
	}
	return (true);
}

/* ---- prices and rates -------------------------------------------------- */

static int
close_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct close *)a)->on,
	    ((const struct close *)b)->on));
}

/* {"2024-12-31": "12.00", …}, each for one in units of `unit`. */
bool
request_closes(struct ledger_request *r, json_t *v, const char *what,
    const char *name, dec unit, struct closes *out)
{
	struct close *c = ARENA_MANY(r->arena, json_object_size(v),
	    struct close);
	const char *on, *why;
	json_t *price;

	if (!json_is_object(v))
		return (amiss(r, "%s.%.40s: an object of days", what, name));
	out->v = c;
	out->n = 0;
	json_object_foreach(v, on, price) {
		if (!day_parse(str_of(on), &c[out->n].on))
			return (amiss(r, "%s.%.40s: %.40s is no day", what,
			    name, on));
		why = request_dec(price, &c[out->n].price);
		if (why == NULL && dec_sign(c[out->n].price) < 0)
			why = "less than nothing";
		if (why == NULL && !request_scale(&c[out->n].price, unit))
			why = "too precise for a hundredth of a currency";
		if (why != NULL)
			return (amiss(r, "%s.%.40s.%s: %s", what, name, on,
			    why));
		out->n++;
	}
	if (out->n > 0)
		qsort(c, out->n, sizeof(*c), close_cmp);
	return (true);
}

static bool
prices_read(struct ledger_request *r)
{
	json_t *prices = r->prices;
	struct closes unused;
	const char *symbol;
	json_t *v;
	json_int_t i;

	r->closes = ARENA_MANY(r->arena, r->thing_n, struct closes);
	if (prices != NULL && !json_is_object(prices))
		return (amiss(r, "prices: an object"));
	json_object_foreach(prices, symbol, v) {
		i = thing_known(r, symbol);
		if (!request_closes(r, v, "prices", symbol, i < 0 ?
		    dec_of(1) : r->things[i].unit, i < 0 ? &unused :
		    &r->closes[i]))
			return (false);
	}
	return (true);
}

/* ---- the whole --------------------------------------------------------- */

static bool
outer_day_read(struct ledger_request *r, json_t *root, const char *name,
    day *out)
{
	json_t *v = json_object_get(root, name);

	*out = DAY_NONE;
	return (v == NULL || request_day(v, out) ? true :
	    amiss(r, "%s: a day, YYYY-MM-DD", name));
}

static bool
scope_read(struct ledger_request *r, const json_t *v)
{
	str scope = request_text(v);

	r->positions = str_eqz(scope, "positions");
	return (v == NULL || r->positions || str_eqz(scope, "portfolio") ?
	    true : amiss(r, "scope: portfolio or positions"));
}

static bool
outer_read(struct ledger_request *r, json_t *root)
{
	static const char *const known[] = { "id", "base", "method", "as_of",
	    "from", "since", "margin", "instruments", "activities", "prices",
	    "fx", "scope", "accounts", NULL };
	json_t *base = json_object_get(root, "base");
	const char *other = request_unknown(root, known);
	dec unit;
	size_t i;

	if (other != NULL)
		return (amiss(r, "%.40s: unknown member", other));
	if (base == NULL)
		return (amiss(r, "base is missing"));
	if (!request_currency(r, request_text(base), &i, &unit))
		return (amiss(r, "base: no currency"));
	if (!dec_eq(unit, dec_of(1)))
		return (amiss(r, "base: %s is a hundredth; say %s",
		    json_string_value(base), r->currencies[0].code));
	if (!json_is_array(r->activities))
		return (amiss(r, r->activities == NULL ?
		    "activities is missing" : "activities: an array"));
	if (!scope_read(r, json_object_get(root, "scope")))
		return (false);
	return (outer_day_read(r, root, "as_of", &r->as_of) &&
	    outer_day_read(r, root, "from", &r->from) &&
	    outer_day_read(r, root, "since", &r->since) &&
	    request_accounts(r, root));
}

/* No activity names more than two instruments and two currencies. */
static void
request_room(struct ledger_request *r, json_t *root)
{
	size_t instruments = json_object_size(json_object_get(root,
	    "instruments"));
	size_t pairs = json_object_size(json_object_get(root, "fx"));

	r->n = json_array_size(r->activities);
	r->symbols = json_object();
	r->ids = json_object();
	r->a = ARENA_MANY(r->arena, r->n, struct activity);
	r->things = ARENA_MANY(r->arena, 2 * r->n + instruments,
	    struct thing_told);
	r->currencies = ARENA_MANY(r->arena, 2 * r->n + instruments +
	    2 * pairs + 1, struct currency_told);
}

/* The last day that anything is told of. */
static day
last_day(const struct ledger_request *r)
{
	day last = DAY_NONE;
	const struct closes *c;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (!day_ok(last) || day_cmp(r->a[i].on, last) > 0)
			last = r->a[i].on;
	for (i = 0; i < r->thing_n; i++) {
		c = &r->closes[i];
		if (c->n > 0 && (!day_ok(last) ||
		    day_cmp(c->v[c->n - 1].on, last) > 0))
			last = c->v[c->n - 1].on;
	}
	return (day_ok(last) ? last : day_of(1, 1, 1));
}

bool
ledger_request_read(struct ledger_request *r, json_t *root)
{
	if (!json_is_object(root))
		return (amiss(r, "a request is an object"));
	r->id = json_object_get(root, "id");
	r->activities = json_object_get(root, "activities");
	r->prices = json_object_get(root, "prices");
	request_room(r, root);
	if (!outer_read(r, root) ||
	    !things_read(r, json_object_get(root, "instruments")) ||
	    !request_activities(r))
		return (false);
	if (!prices_read(r) ||
	    !request_rates(r, json_object_get(root, "fx")))
		return (false);
	if (!day_ok(r->as_of))
		r->as_of = last_day(r);
	if (day_ok(r->from) && day_cmp(r->from, r->as_of) > 0)
		return (amiss(r, "from: after as_of"));
	return (true);
}

void
ledger_request_drop(struct ledger_request *r)
{
	json_decref(r->symbols);
	json_decref(r->ids);
	json_decref(r->account_names);
}

/* ---- days -------------------------------------------------------------- */

static int
by_day(const void *a, const void *b)
{
	return (day_cmp(*(const day *)a, *(const day *)b));
}

struct calendar
ledger_request_calendar(struct ledger_request *r)
{
	size_t room = r->n + 2, n = 0, i, k, kept = 0;
	day *days;

	for (i = 0; i < r->thing_n; i++)
		room += r->closes[i].n;
	days = ARENA_MANY(r->arena, room, day);
	for (i = 0; i < r->n; i++)
		days[n++] = r->a[i].on;
	for (i = 0; i < r->thing_n; i++)
		for (k = 0; k < r->closes[i].n; k++)
			days[n++] = r->closes[i].v[k].on;
	days[n++] = r->as_of;
	if (day_ok(r->from))
		days[n++] = day_add(r->from, -1);
	qsort(days, n, sizeof(*days), by_day);
	for (i = 0; i < n; i++)
		if (day_cmp(days[i], r->as_of) <= 0 && (kept == 0 ||
		    day_cmp(days[kept - 1], days[i]) < 0))
			days[kept++] = days[i];
	return ((struct calendar){ .days = days, .n = kept,
	    .closes = r->closes });
}
