/*
 * The account: activities in the order of time, however they were put in;
 * how far they are done; and what is looked at. It never does an activity
 * before one that comes earlier.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/state.h"

const char *const cost_names[] = {
	"fifo", "lifo", "hifo", "lofo", "average", "specific", NULL
};

static const struct holding holding_none = {
	.opened_on = DAY_NONE, .first = NO_LOT, .last = NO_LOT
};

/* ---- opening ----------------------------------------------------------- */

struct account *
account_open(struct arena *mem, int places, day since, bool margin)
{
	struct account *a = ARENA_NEW(mem, struct account);

	a->mem = mem;
	a->since = since;
	a->margin = margin;
	a->on = DAY_NONE;
	account_currency(a, places, NULL);
	return (a);
}

size_t
account_currency(struct account *a, int places, const struct closes *rates)
{
	COLUMN_ADD(a->mem, &a->purses) = (struct purse){ .places = places,
	    .rates = rates };
	return (a->purses.n - 1);
}

size_t
account_security(struct account *a, struct security s)
{
	COLUMN_ADD(a->mem, &a->securities) = s;
	COLUMN_ADD(a->mem, &a->holdings) = holding_none;
	COLUMN_ADD(a->mem, &a->heaps) = (struct heap){ .made = false };
	return (a->securities.n - 1);
}

/* ---- the order of time ------------------------------------------------- */

/* What brings money and units first. */
static int
rank(enum activity_kind k)
{
	static const unsigned char ranks[] = {
		[A_SPLIT] = 0, [A_STOCK_DIVIDEND] = 0, [A_SPIN_OFF] = 0,
		[A_MERGER] = 0, [A_RENAME] = 0, [A_RETURN_OF_CAPITAL] = 0,
		[A_DEPOSIT] = 1, [A_TRANSFER_IN] = 1, [A_EXCHANGE] = 2,
		[A_BUY] = 3, [A_SHORT] = 3,
		[A_DIVIDEND] = 4, [A_INTEREST] = 4, [A_COUPON] = 4,
		[A_REINVESTMENT] = 4, [A_STAKING] = 4, [A_BONUS] = 4,
		[A_FEE] = 5, [A_TAX] = 5,
		[A_SELL] = 6, [A_COVER] = 6, [A_TRANSFER_OUT] = 7,
		[A_WITHDRAWAL] = 8
	};

	return (ranks[k]);
}

#define LATE_RANK	6	/* disposals and what follows them */

/* Those with a second are between the early and the late ones. */
static int
phase(const struct activity *a)
{
	return (a->second > 0 ? 1 : rank(a->kind) < LATE_RANK ? 0 : 2);
}

#define BY(p, q)	if ((p) != (q)) return ((p) < (q) ? -1 : 1)

int
activity_cmp(const struct activity *a, const struct activity *b)
{
	BY(a->on.n, b->on.n);
	BY(phase(a), phase(b));
	BY(a->second, b->second);
	BY(rank(a->kind), rank(b->kind));
	BY(a->order, b->order);
	BY(a->origin, b->origin);
	return (0);
}

static int
order_cmp(const void *left, const void *right)
{
	return (activity_cmp(*(const struct activity *const *)left,
	    *(const struct activity *const *)right));
}

/* The first place whose activity is not before `one`. */
static size_t
order_find(const struct account *a, const struct activity *one)
{
	size_t low = 0, high = a->order.n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (activity_cmp(a->order.v[mid], one) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

/* The first place that is after a day. */
static size_t
order_after(const struct account *a, day on)
{
	size_t low = 0, high = a->order.n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (day_cmp(a->order.v[mid]->on, on) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

/* ---- going through it -------------------------------------------------- */

static void
account_go(struct account *a, size_t to)
{
	if (a->done > to)
		block_rewind(a, to);
	while (a->done < to)
		account_step(a);
}

void
account_settle(struct account *a)
{
	account_go(a, a->order.n);
}

void
account_seek(struct account *a, day on)
{
	account_go(a, order_after(a, on));
}

static int
method_cmp(const void *left, const void *right)
{
	const struct change_of_method *p = left, *q = right;

	return (day_cmp(p->from, q->from));
}

void
account_method(struct account *a, day from, enum cost_method m)
{
	size_t i;

	for (i = 0; i < a->methods.n; i++)
		if (day_cmp(a->methods.v[i].from, from) == 0)
			break;
	if (i == a->methods.n)
		COLUMN_ADD(a->mem, &a->methods).from = from;
	a->methods.v[i].method = m;
	qsort(a->methods.v, a->methods.n, sizeof(a->methods.v[0]),
	    method_cmp);
	if (m == COST_SPECIFIC && !a->named)
		lots_name(a);
	block_rewind(a, order_after(a, day_add(from, -1)));
	account_settle(a);
}

/* ---- putting in -------------------------------------------------------- */

/* Room at once for what many activities will need. */
static void
account_room(struct account *a, const struct activity *v, size_t n)
{
	size_t i, come = 0, go = 0;

	for (i = 0; i < n; i++)
		if (rank(v[i].kind) == LATE_RANK)
			go++;
		else if (rank(v[i].kind) == LATE_RANK - 3)
			come++;
	COLUMN_ROOM(a->mem, &a->order, n + BLOCK);
	COLUMN_ROOM(a->mem, &a->blocks, n / BLOCK + 1);
	COLUMN_ROOM(a->mem, &a->lots, come);
	COLUMN_ROOM(a->mem, &a->realised, go);
	COLUMN_ROOM(a->mem, &a->uses, go + come);
	COLUMN_ROOM(a->mem, &a->kept_lots, go + come);
}

/* The first place that is new when those from `old` on are merged in. */
static size_t
order_merge(struct account *a, size_t old)
{
	const struct activity **v = a->order.v;
	size_t i, n = a->order.n, at;

	for (i = old > 0 ? old : 1; i < n; i++)
		if (activity_cmp(v[i - 1], v[i]) > 0)
			break;
	if (i >= n)
		return (old);
	if (i > old || old + 1 < n)
		qsort(v + old, n - old, sizeof(v[0]), order_cmp);
	if (old == 0)
		return (0);
	a->order.n = old;
	at = order_find(a, v[old]);
	a->order.n = n;
	qsort(v + at, n - at, sizeof(v[0]), order_cmp);
	return (at);
}

void
account_fold(struct account *a, const struct activity *v, size_t n)
{
	size_t old = a->order.n, i, at;

	account_room(a, v, n);
	for (i = 0; i < n; i++)
		a->order.v[a->order.n++] = &v[i];
	at = order_merge(a, old);
	if (at < a->done)
		block_rewind(a, at);
	account_settle(a);
}

static enum fault_kind
fault_of(const struct account *a, size_t origin)
{
	size_t i;

	for (i = a->told; i > 0; i--)
		if (a->faults.v[i - 1].origin == origin &&
		    a->faults.v[i - 1].kind != FAULT_NOT_ENOUGH_CASH)
			return (a->faults.v[i - 1].kind);
	return (FAULT_NONE);
}

enum fault_kind
account_add(struct account *a, const struct activity *one)
{
	size_t n = a->order.n, at = n;

	account_settle(a);
	if (n > 0 && activity_cmp(a->order.v[n - 1], one) > 0)
		at = order_find(a, one);
	COLUMN_ROOM(a->mem, &a->order, 1);
	memmove(&a->order.v[at + 1], &a->order.v[at],
	    (n - at) * sizeof(a->order.v[0]));
	a->order.v[at] = one;
	a->order.n++;
	if (at == n)
		return (account_step(a));
	block_rewind(a, at);
	account_settle(a);
	return (fault_of(a, one->origin));
}

bool
account_remove(struct account *a, const struct activity *one)
{
	size_t at = order_find(a, one);

	if (at == a->order.n || activity_cmp(a->order.v[at], one) != 0)
		return (false);
	if (at < a->done)
		block_rewind(a, at);
	a->order.n--;
	memmove(&a->order.v[at], &a->order.v[at + 1],
	    (a->order.n - at) * sizeof(a->order.v[0]));
	account_settle(a);
	return (true);
}

/* ---- looking ----------------------------------------------------------- */

const struct totals *
account_totals(const struct account *a)
{
	return (&a->totals);
}

const struct cash *
account_cash(const struct account *a, size_t currency)
{
	return (&a->purses.v[currency].cash);
}

const struct holding *
account_holding(const struct account *a, size_t instrument)
{
	return (&a->holdings.v[instrument]);
}

const struct lot *
account_lot(const struct account *a, size_t instrument,
    const struct lot *last)
{
	uint32_t i = last == NULL ? a->holdings.v[instrument].first :
	    last->after;

	return (i == NO_LOT ? NULL : &a->lots.v[i]);
}

const struct realised *
account_realised(const struct account *a, size_t *n)
{
	*n = a->realised.n;
	return (a->realised.v);
}

const struct lot_use *
account_uses(const struct account *a)
{
	return (a->uses.v);
}

size_t
account_use_n(const struct account *a)
{
	return (a->uses.n);
}

const struct ledger_fault *
account_faults(struct account *a, size_t *n)
{
	a->faults.n = a->told;
	day_tell(a);
	*n = a->faults.n;
	return (a->faults.v);
}

dec
realised_gain(const struct realised *r)
{
	return (dec_sub(r->proceeds, r->cost));
}

dec
realised_gain_base(const struct realised *r)
{
	return (dec_sub(r->proceeds_base, r->cost_base));
}

dec
realised_currency_effect(const struct realised *r)
{
	return (dec_sub(realised_gain_base(r), r->price_effect));
}

int
days_held(day opened, day closed)
{
	return (day_between(opened, closed));
}

bool
held_long(day opened, day closed)
{
	return (day_cmp(closed, day_add_months(opened, 12)) > 0);
}
