/*
 * The accounts of a request: one without a name, or several, each with its
 * own lots, cash and method. What goes from one to another moves with its
 * lots, their days and their cost, in the order of time.
 */
#include <stdlib.h>

#include "calc/ledger_request.h"

/* ---- which there are --------------------------------------------------- */

static bool
method_add(struct ledger_request *r, struct account_told *t, const json_t *v,
    day from)
{
	str name = request_text(v);
	int m = name.p == NULL ? ENUM_NONE : enum_of(cost_names, name);

	if (m == ENUM_NONE)
		return (amiss(r, "method: fifo, lifo, hifo, lofo, average or "
		    "specific"));
	t->methods[t->method_n++] = (struct method_told){ from,
	    (enum cost_method)m };
	return (true);
}

/* A word, or [{"from", "method"}, …]. */
static bool
methods_read(struct ledger_request *r, struct account_told *t,
    const json_t *v)
{
	size_t n = json_array_size(v), i;
	const json_t *e, *from;
	day on;

	if (v == NULL)
		return (true);
	t->methods = ARENA_MANY(r->arena, n + 1, struct method_told);
	t->method_n = 0;
	if (!json_is_array(v))
		return (method_add(r, t, v, day_of(1, 1, 1)));
	for (i = 0; i < n; i++) {
		e = json_array_get(v, i);
		from = json_object_get(e, "from");
		on = day_of(1, 1, 1);
		if (from != NULL && !request_day(from, &on))
			return (amiss(r, "method[%zu].from: a day", i));
		if (!method_add(r, t, json_object_get(e, "method"), on))
			return (false);
	}
	return (true);
}

static bool
terms_read(struct ledger_request *r, struct account_told *t, json_t *v)
{
	json_t *margin = json_object_get(v, "margin");

	if (margin != NULL && !json_is_boolean(margin))
		return (amiss(r, "margin: true or false"));
	if (margin != NULL)
		t->margin = json_is_true(margin);
	return (methods_read(r, t, json_object_get(v, "method")));
}

/* By name; ACCOUNT_NONE: there is none. */
static size_t
account_find(const struct ledger_request *r, const char *name)
{
	const json_t *at = json_object_get(r->account_names, name);

	return (at == NULL ? ACCOUNT_NONE : (size_t)json_integer_value(at));
}

static size_t
account_new(struct ledger_request *r, const char *name,
    const struct account_told *like)
{
	size_t i = r->account_n++;

	r->accounts[i] = *like;
	r->accounts[i].name = name;
	json_object_set_new(r->account_names, name,
	    json_integer((json_int_t)i));
	return (i);
}

static bool
accounts_told(struct ledger_request *r, json_t *v,
    const struct account_told *like)
{
	static const char *const known[] = { "method", "margin", NULL };
	const char *name;
	char why[sizeof(r->fault)];
	json_t *one;
	size_t i;

	if (v != NULL && !json_is_object(v))
		return (amiss(r, "accounts: an object"));
	json_object_foreach(v, name, one) {
		if (!json_is_object(one) || request_unknown(one, known) !=
		    NULL)
			return (amiss(r, "accounts.%.40s: method and margin",
			    name));
		i = account_new(r, name, like);
		if (terms_read(r, &r->accounts[i], one))
			continue;
		snprintf(why, sizeof(why), "%s", r->fault);
		return (amiss(r, "accounts.%.40s.%.120s", name, why));
	}
	return (true);
}

/* `open`: names that nobody told of before are new accounts. */
static bool
account_read(struct ledger_request *r, size_t i, const char *member,
    const struct account_told *like, bool open, size_t *out)
{
	json_t *v = json_object_get(json_array_get(r->activities, i), member);
	const char *name = json_string_value(v);

	*out = ACCOUNT_NONE;
	if (v == NULL)
		return (true);
	if (name == NULL || name[0] == '\0')
		return (amiss(r, "activities[%zu].%s: an account's name", i,
		    member));
	*out = account_find(r, name);
	if (*out == ACCOUNT_NONE && !open)
		return (amiss(r, "activities[%zu].%s: no such account: %.40s",
		    i, member, name));
	if (*out == ACCOUNT_NONE)
		*out = account_new(r, name, like);
	return (true);
}

static bool
activity_at(struct ledger_request *r, size_t i,
    const struct account_told *like, bool open)
{
	if (!account_read(r, i, "account", like, open, &r->at[i]) ||
	    !account_read(r, i, "to", like, open, &r->to[i]))
		return (false);
	if (r->to[i] != ACCOUNT_NONE && r->to[i] == r->at[i])
		return (amiss(r, "activities[%zu].to: the same account", i));
	return (true);
}

bool
request_accounts(struct ledger_request *r, json_t *root)
{
	json_t *told = json_object_get(root, "accounts");
	struct account_told like = { .name = NULL };
	size_t i;

	r->account_names = json_object();
	r->accounts = ARENA_MANY(r->arena, json_object_size(told) + 2 * r->n +
	    1, struct account_told);
	r->at = ARENA_MANY(r->arena, r->n, size_t);
	r->to = ARENA_MANY(r->arena, r->n, size_t);
	if (!terms_read(r, &like, root) || !accounts_told(r, told, &like))
		return (false);
	for (i = 0; i < r->n; i++)
		if (!activity_at(r, i, &like, told == NULL))
			return (false);
	r->named = r->account_n > 0;
	for (i = 0; i < r->n; i++)
		if (r->named && r->at[i] == ACCOUNT_NONE)
			return (amiss(r, "activities[%zu].account is missing; "
			    "others tell theirs", i));
		else if (!r->named)
			r->at[i] = 0;
	if (!r->named)
		r->accounts[r->account_n++] = like;
	return (true);
}

/* ---- what was done in them --------------------------------------------- */

static struct account *
account_told(const struct ledger_request *r, const struct account_told *t)
{
	struct account *a = account_open(r->arena, r->currencies[0].places,
	    r->since, t->margin);

	for (size_t i = 1; i < r->currency_n; i++)
		(void)account_currency(a, r->currencies[i].places,
		    &r->currencies[i].rates);
	for (size_t i = 0; i < r->thing_n; i++)
		(void)account_security(a, r->things[i].terms);
	for (size_t i = 0; i < t->method_n; i++)
		account_method(a, t->methods[i].from, t->methods[i].method);
	return (a);
}

static size_t
own_activities(const struct ledger_request *r, size_t account,
    struct activity *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->at[i] == account && r->to[i] == ACCOUNT_NONE)
			out[n++] = r->a[i];
	return (n);
}

static int
transfer_cmp(const void *p, const void *q)
{
	return (activity_cmp(&((const struct transfer *)p)->out,
	    &((const struct transfer *)q)->out));
}

static size_t
transfers_find(struct ledger_request *r, struct transfer **out)
{
	struct transfer *t;
	size_t n = 0;

	*out = t = ARENA_MANY(r->arena, r->n, struct transfer);
	for (size_t i = 0; i < r->n; i++) {
		if (r->to[i] == ACCOUNT_NONE)
			continue;
		t[n] = (struct transfer){ .out = r->a[i], .from = r->at[i],
		    .to = r->to[i] };
		t[n++].out.internal = true;
	}
	if (n > 1)
		qsort(t, n, sizeof(*t), transfer_cmp);
	return (n);
}

/* The lots that a transfer took: as many as are put in `out`. */
static size_t
lots_taken(const struct account *a, size_t origin, struct lot_told *out)
{
	const struct lot_use *u = account_uses(a);
	size_t n = 0, uses = account_use_n(a);

	for (size_t i = 0; i < uses; i++)
		if (u[i].by == origin) {
			if (out != NULL)
				out[n] = (struct lot_told){
				    .opened = u[i].opened,
				    .quantity = u[i].quantity,
				    .cost = u[i].cost,
				    .cost_base = u[i].cost_base };
			n++;
		}
	return (n);
}

/* Out of the one and into the other, or neither. */
static void
transfer_do(struct ledger_request *r, struct account **v, struct transfer *t)
{
	struct lot_told *lots;

	if (account_add(v[t->from], &t->out) != FAULT_NONE)
		return;
	t->in = t->out;
	t->in.kind = A_TRANSFER_IN;
	t->in.lot_n = lots_taken(v[t->from], t->out.origin, NULL);
	lots = ARENA_MANY(r->arena, t->in.lot_n, struct lot_told);
	(void)lots_taken(v[t->from], t->out.origin, lots);
	t->in.lots = lots;
	t->fault = account_add(v[t->to], &t->in);
	if (t->fault == FAULT_NONE)
		return;
	(void)account_remove(v[t->to], &t->in);
	(void)account_remove(v[t->from], &t->out);
}

/* What came back on the same day may have been what went. */
static bool
transfer_stands(struct ledger_request *r, struct account **v,
    const struct transfer *t)
{
	size_t n = lots_taken(v[t->from], t->out.origin, NULL), i;
	struct lot_told *now;

	if (t->fault != FAULT_NONE || t->in.kind != A_TRANSFER_IN)
		return (true);
	now = ARENA_MANY(r->arena, n, struct lot_told);
	(void)lots_taken(v[t->from], t->out.origin, now);
	for (i = 0; i < n && n == t->in.lot_n; i++)
		if (!dec_eq(now[i].quantity, t->in.lots[i].quantity) ||
		    !dec_eq(now[i].cost_base, t->in.lots[i].cost_base) ||
		    day_cmp(now[i].opened, t->in.lots[i].opened) != 0)
			break;
	return (i == t->in.lot_n && n == i ? true :
	    amiss(r, "activities[%zu]: goes in a circle on one day; tell the "
	    "time of each transfer", t->out.origin));
}

bool
accounts_fold(struct ledger_request *r, struct account **out,
    struct transfer **moves, size_t *move_n)
{
	struct activity *own = ARENA_MANY(r->arena, r->n, struct activity);
	size_t n, i;

	for (i = 0; i < r->account_n; i++) {
		out[i] = account_told(r, &r->accounts[i]);
		n = own_activities(r, i, own);
		account_fold(out[i], own, n);
		own += n;
	}
	*move_n = transfers_find(r, moves);
	for (i = 0; i < *move_n; i++)
		transfer_do(r, out, &(*moves)[i]);
	for (i = 0; i < *move_n; i++)
		if (!transfer_stands(r, out, &(*moves)[i]))
			return (false);
	return (true);
}
