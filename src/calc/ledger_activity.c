/*
 * Reads the activities of a request by the vocabulary: each type has members
 * that must be there and members that may be, and no others.
 */
#include <stddef.h>
#include <string.h>

#include "calc/ledger_request.h"

/* ---- values ------------------------------------------------------------ */

/* HH:MM or HH:MM:SS; midnight is not told apart from no time. */
static bool
time_read(const json_t *v, int32_t *out)
{
	static const int64_t most[] = { 23, 59, 59 };
	int64_t part[3] = { 0 };
	str rest = request_text(v), piece;
	size_t n = 0;

	while (n < 3 && str_cut(&rest, ':', &piece)) {
		if (piece.n != 2 || !str_long(piece, &part[n]) ||
		    part[n] < 0 || part[n] > most[n])
			return (false);
		n++;
	}
	*out = (int32_t)(part[0] * 3600 + part[1] * 60 + part[2]);
	return (n >= 2 && !str_cut(&rest, ':', &piece));
}

static bool
ratio_read(const json_t *v, int64_t *n, int64_t *d)
{
	str rest = request_text(v), left, right;

	return (str_cut(&rest, ':', &left) && str_cut(&rest, ':', &right) &&
	    !str_cut(&rest, ':', &rest) && str_long(left, n) &&
	    str_long(right, d));
}

static bool
has(const json_t *v, const char *name)
{
	return (json_object_get(v, name) != NULL);
}

/* ---- an activity's members --------------------------------------------- */

enum how { READ_SYMBOL, READ_CURRENCY, READ_DEC, READ_RATIO, READ_TIME,
	   READ_LOTS };

static const struct {
	const char	*name;
	enum how	 how;
	size_t		 offset;
} members[] = {
#define MEMBER(id, name, how, to, doc)					\
	{ name, how, offsetof(struct activity, to) },
#include "calc/ledger_members.def"
#undef MEMBER
};

#define MEMBER(id, name, how, to, doc)					\
	id = UINT32_C(1) << MEMBER_##id,
enum bit {
#include "calc/ledger_members.def"
};
#undef MEMBER

static const struct {
	uint32_t	must, may;
} types[] = {
#define TYPE(kind, must, may, doc)	[kind] = { must, may },
#include "calc/ledger_members.def"
#undef TYPE
};

/* An activity by its place, or by its id. */
static bool
origin_read(const struct ledger_request *r, const json_t *v, size_t *out)
{
	const json_t *at = v;

	if (json_is_string(v))
		at = json_object_get(r->ids, json_string_value(v));
	if (!json_is_integer(at) || json_integer_value(at) < 0 ||
	    (size_t)json_integer_value(at) >= r->n)
		return (false);
	*out = (size_t)json_integer_value(at);
	return (true);
}

/* A lot that comes: NULL, or what is wrong with it. */
static const char *
lot_brought(json_t *v, struct lot_told *t)
{
	static const char *const known[] = { "opened", "quantity", "cost",
	    "cost_base", NULL };

	if (request_unknown(v, known) != NULL)
		return (": opened, quantity, cost and cost_base");
	if (!request_day(json_object_get(v, "opened"), &t->opened))
		return (".opened: a day, YYYY-MM-DD");
	if (request_dec(json_object_get(v, "cost"), &t->cost) != NULL)
		return (".cost: a decimal");
	if (has(v, "cost_base") && request_dec(json_object_get(v,
	    "cost_base"), &t->cost_base) != NULL)
		return (".cost_base: a decimal");
	return (NULL);
}

/* A lot that is picked. */
static const char *
lot_picked(const struct ledger_request *r, json_t *v, struct lot_told *t)
{
	static const char *const known[] = { "activity", "part", "quantity",
	    NULL };
	json_t *part = json_object_get(v, "part");

	if (request_unknown(v, known) != NULL)
		return (": activity, part and quantity");
	if (!origin_read(r, json_object_get(v, "activity"), &t->origin))
		return (".activity: the place or the id of an activity");
	if (part != NULL && (!json_is_integer(part) ||
	    json_integer_value(part) < 0 ||
	    json_integer_value(part) >= UINT32_MAX))
		return (".part: a whole number from 0");
	t->part = (uint32_t)json_integer_value(part);
	return (NULL);
}

static const char *
lot_read(const struct ledger_request *r, const struct activity *a,
    json_t *v, struct lot_told *t)
{
	const char *why;

	if (!json_is_object(v))
		return (": an object");
	why = a->kind == A_TRANSFER_IN ? lot_brought(v, t) :
	    lot_picked(r, v, t);
	if (why == NULL && request_dec(json_object_get(v, "quantity"),
	    &t->quantity) != NULL)
		why = ".quantity: a decimal";
	return (why);
}

static bool
lots_read(struct ledger_request *r, struct activity *a, json_t *v)
{
	size_t n = json_array_size(v);
	struct lot_told *t = ARENA_MANY(r->arena, n, struct lot_told);
	const char *why;

	a->lots = t;
	for (; a->lot_n < n; a->lot_n++, t++) {
		*t = (struct lot_told){ .part = (uint32_t)a->lot_n,
		    .cost_base = DEC_NONE };
		why = lot_read(r, a, json_array_get(v, a->lot_n), t);
		if (why != NULL)
			return (amiss(r, "activities[%zu].lots[%zu]%s",
			    a->origin, a->lot_n, why));
	}
	return (json_is_array(v) ? true :
	    amiss(r, "activities[%zu].lots: an array", a->origin));
}

static bool
member_read(struct ledger_request *r, struct activity *a, size_t i,
    json_t *v)
{
	void *to = (char *)a + members[i].offset;
	const char *why = NULL;
	dec unit;

	switch (members[i].how) {
	case READ_SYMBOL:
		why = request_thing(r, v, to) ? NULL : "a symbol";
		break;
	case READ_CURRENCY:
		why = request_currency(r, request_text(v), to, &unit) ? NULL :
		    "no currency, like USD";
		break;
	case READ_DEC:
		why = request_dec(v, to);
		break;
	case READ_RATIO:
		why = ratio_read(v, &a->numerator, &a->denominator) ? NULL :
		    "new for old, like 3:2";
		break;
	case READ_TIME:
		why = time_read(v, to) ? NULL : "HH:MM or HH:MM:SS";
		break;
	case READ_LOTS:
		return (lots_read(r, a, v));
	}
	return (why == NULL ? true : amiss(r, "activities[%zu].%s: %s",
	    a->origin, members[i].name, why));
}

static const char *const outer_names[] = { "date", "type", "id", "account",
	NULL };

static bool
member_is_of(const char *name, uint32_t bits, enum activity_kind kind)
{
	if (enum_of(outer_names, str_of(name)) != ENUM_NONE ||
	    (kind == A_TRANSFER_OUT && strcmp(name, "to") == 0))
		return (true);
	for (size_t i = 0; i < MEMBER_COUNT; i++)
		if (strcmp(members[i].name, name) == 0)
			return ((bits >> i & 1) != 0);
	return (false);
}

static bool
members_known(struct ledger_request *r, size_t at, json_t *v, uint32_t bits,
    enum activity_kind kind)
{
	const char *name;
	json_t *each;

	json_object_foreach(v, name, each)
		if (!member_is_of(name, bits, kind))
			return (amiss(r, "activities[%zu].%.40s: not a member "
			    "of %s", at, name, activity_names[kind]));
	return (true);
}

/*
 * The instrument's currency is that of the first activity that tells it; so
 * is the unit of its prices, if all activities that tell one agree.
 */
static bool
currency_settle(struct ledger_request *r, struct activity *a, json_t *v)
{
	struct thing_told *t = &r->things[a->instrument];
	size_t same;
	dec unit;

	(void)request_currency(r, request_text(v), &same, &unit);
	if (!t->settled) {
		t->terms.currency = a->currency;
		t->unit = unit;
		t->quoted = json_string_value(v);
	}
	t->settled = true;
	if (t->terms.currency != a->currency)
		return (amiss(r, "activities[%zu].currency: %.40s is in %s",
		    a->origin, t->symbol,
		    r->currencies[t->terms.currency].code));
	return (t->told || dec_eq(t->unit, unit) ? true :
	    amiss(r, "activities[%zu].currency: %.40s was told in %s; tell "
	    "in instruments which its prices are in", a->origin, t->symbol,
	    t->quoted));
}

/* Numbers that may be left out: nothing, but the amount of a trade, which
 * then follows from quantity and price. */
static bool
members_read(struct ledger_request *r, struct activity *a, json_t *v)
{
	uint32_t must = types[a->kind].must, may = types[a->kind].may | TIME;
	json_t *m;
	bool named = json_object_get(v, "symbol") != NULL;

	if (!members_known(r, a->origin, v, must | may, a->kind))
		return (false);
	if (named && json_object_get(v, "quantity") != NULL)
		a->amount = DEC_NONE;
	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		m = json_object_get(v, members[i].name);
		if (m == NULL && (must >> i & 1) != 0)
			return (amiss(r, "activities[%zu].%s is missing",
			    a->origin, members[i].name));
		if (m != NULL && !member_read(r, a, i, m))
			return (false);
	}
	m = json_object_get(v, "currency");
	return (!named || m == NULL ? true : currency_settle(r, a, m));
}

static bool
activity_read(struct ledger_request *r, size_t i, json_t *v)
{
	struct activity *a = &r->a[i];
	str type = request_text(json_object_get(v, "type"));
	int kind = type.p == NULL ? ENUM_NONE : enum_of(activity_names, type);

	if (!json_is_object(v))
		return (amiss(r, "activities[%zu]: an object", i));
	if (type.p == NULL)
		return (amiss(r, "activities[%zu].type is missing", i));
	if (kind == ENUM_NONE)
		return (amiss(r, "activities[%zu].type: unknown type: %.60s "
		    "(--help has them)", i, type.p));
	*a = (struct activity){ .kind = (enum activity_kind)kind,
	    .order = i, .origin = i };
	if (!has(v, "date"))
		return (amiss(r, "activities[%zu].date is missing", i));
	if (!request_day(json_object_get(v, "date"), &a->on))
		return (amiss(r, "activities[%zu].date: a day, YYYY-MM-DD",
		    i));
	return (members_read(r, a, v));
}

/* Something must say what it was worth, and which it is. */
static bool
activity_whole(struct ledger_request *r, const struct activity *a, json_t *v)
{
	bool transfer = a->kind == A_TRANSFER_IN || a->kind == A_TRANSFER_OUT;
	bool trade = a->kind == A_BUY || a->kind == A_SELL ||
	    a->kind == A_SHORT || a->kind == A_COVER;
	bool worth = has(v, "price") || has(v, "amount");

	if (transfer && has(v, "symbol") != has(v, "quantity"))
		return (amiss(r, "activities[%zu]: symbol and quantity, or "
		    "neither", a->origin));
	if (transfer && !has(v, "symbol") && !has(v, "amount"))
		return (amiss(r, "activities[%zu].amount is missing",
		    a->origin));
	if (trade && !worth)
		return (amiss(r, "activities[%zu]: a price or an amount is "
		    "missing", a->origin));
	if (a->kind == A_TRANSFER_IN && !worth && a->lot_n == 0)
		return (amiss(r, "activities[%zu]: lots, an amount or a price "
		    "is missing", a->origin));
	return (true);
}

static bool
ids_read(struct ledger_request *r)
{
	json_t *id;
	size_t i;

	for (i = 0; i < r->n; i++) {
		id = json_object_get(json_array_get(r->activities, i), "id");
		if (id == NULL)
			continue;
		if (!json_is_string(id) || json_object_get(r->ids,
		    json_string_value(id)) != NULL)
			return (amiss(r, "activities[%zu].id: a string that no "
			    "other has", i));
		json_object_set_new(r->ids, json_string_value(id),
		    json_integer((json_int_t)i));
	}
	return (true);
}

/* ---- hundredths of a currency ------------------------------------------ */

/* What the activity's money is told in: its currency, or the instrument's. */
static dec
unit_of(struct ledger_request *r, const struct activity *a, json_t *v,
    const char *member)
{
	json_t *code = json_object_get(v, member);
	size_t same;
	dec unit;

	if (request_currency(r, request_text(code), &same, &unit))
		return (unit);
	return (has(v, "symbol") ? r->things[a->instrument].unit : dec_of(1));
}

static bool
lots_scale(struct activity *a, dec unit)
{
	struct lot_told *t = (struct lot_told *)(uintptr_t)a->lots;

	for (size_t i = 0; i < a->lot_n; i++)
		if (!request_scale(&t[i].cost, unit))
			return (false);
	return (true);
}

/* What is told in pence becomes pounds; a rate for a penny, one for a pound. */
static bool
activity_scale(struct ledger_request *r, struct activity *a, json_t *v)
{
	dec unit = unit_of(r, a, v, "currency");
	dec into = has(v, "into_currency") ?
	    unit_of(r, a, v, "into_currency") : unit;

	if (dec_eq(unit, dec_of(1)) && dec_eq(into, unit))
		return (true);
	if (dec_sign(a->rate) != 0)
		a->rate = dec_div(a->rate, unit);
	return (request_scale(&a->price, unit) &&
	    request_scale(&a->price_into, unit) &&
	    request_scale(&a->amount, unit) &&
	    request_scale(&a->commission, unit) &&
	    request_scale(&a->withheld, unit) &&
	    request_scale(&a->accrued, unit) &&
	    request_scale(&a->received, into) && lots_scale(a, unit) ? true :
	    amiss(r, "activities[%zu]: an amount is too precise for a "
	    "hundredth of a currency", a->origin));
}

/* What came of another thing is in its currency, unless somebody told. */
static bool
thing_follows(struct ledger_request *r, const struct activity *a)
{
	const struct thing_told *from = &r->things[a->instrument];
	struct thing_told *into = &r->things[a->into];

	if ((types[a->kind].must & INTO) == 0 || into->settled ||
	    !from->settled)
		return (false);
	into->terms.currency = from->terms.currency;
	into->unit = from->unit;
	into->quoted = from->quoted;
	return (into->settled = true);
}

static void
things_settle(struct ledger_request *r)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < r->n; i++)
			more |= thing_follows(r, &r->a[i]);
	}
}

bool
request_activities(struct ledger_request *r)
{
	json_t *v;
	size_t i;

	if (!ids_read(r))
		return (false);
	for (i = 0; i < r->n; i++) {
		v = json_array_get(r->activities, i);
		if (!activity_read(r, i, v) ||
		    !activity_whole(r, &r->a[i], v))
			return (false);
	}
	things_settle(r);
	for (i = 0; i < r->n; i++)
		if (!activity_scale(r, &r->a[i], json_array_get(
		    r->activities, i)))
			return (false);
	return (true);
}
