/*
 * Runs the stories: each tells what was done, day by day, and what must come
 * of it. README.md has the notation. A line that is not understood fails its
 * story; so does a story that expects nothing, a fault that it does not
 * expect, and books that do not balance.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/balance.h"
#include "ledger/notation.h"

#define STORIES		"src/ledger/stories"
#define STORIES_MOST	200
#define STORIES_LEAST	100

static struct {
	const char		*name;
	struct arena		 mem;
	struct page		 page;
	struct account		*account;	/* as expectations look at it */
	struct account		*again;		/* told one by one */
	dec			*cash;		/* by activity: what it did */
	struct calendar		 calendar;
	struct day_value	*values;
	size_t			 made;
	struct worth		 worth;
	const struct page_line	*line;
	size_t			 expected, refusals;
} story;

static void wrong(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

static void
wrong(const char *fmt, ...)
{
	char why[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	print_error("%s:%zu: %s\n", story.name,
	    story.line == NULL ? 0 : story.line->number, why);
	fail();
	abort();
}

static bool
is(const char *word, const char *wanted)
{
	return (word != NULL && strcmp(word, wanted) == 0);
}

static dec
number(const char *word)
{
	dec d;

	if (word == NULL || dec_parse(str_of(word), &d) != OK)
		wrong("%s is no number", word == NULL ? "nothing" : word);
	return (d);
}

static void
expect(const char *what, dec got, const char *want)
{
	char text[DEC_TEXT_MAX];

	story.expected++;
	if (dec_eq(got, is(want, "none") ? DEC_NONE : number(want)))
		return;
	dec_print(got, text);
	wrong("%s is %s, not %s", what, text, want == NULL ? "" : want);
}

struct named {
	const char	*name;
	dec		 is;
};

/* Pairs of a name and a number, to the line's end. */
static void
expect_pairs(char **w, const struct named *names)
{
	const struct named *n;

	for (; *w != NULL; w += 2) {
		for (n = names; n->name != NULL && !is(*w, n->name); n++)
			;
		if (n->name == NULL || w[1] == NULL)
			wrong("%s is nothing that can be expected", *w);
		expect(n->name, n->is, w[1]);
	}
}

/* ---- an activity ------------------------------------------------------- */

/* What all that an activity realised comes to. */
struct outcome {
	dec	cost, gain, proceeds;
	dec	gain_base, price_effect, currency_effect;
	dec	long_held, short_held;
	dec	disallowed, replaced, tacked;
	dec	review;
};

static void
outcome_washes(size_t realised, struct outcome *o)
{
	struct washes w = account_washes(&story.account, 1);
	size_t i;

	for (i = 0; i < w.n; i++) {
		if (w.v[i].realised != realised)
			continue;
		o->disallowed = dec_add(o->disallowed, w.v[i].disallowed);
		o->replaced = dec_add(o->replaced, w.v[i].quantity);
		o->tacked = dec_add(o->tacked, dec_of(day_between(
		    w.v[i].held_from, story.page.a[
		    w.v[i].origin].on)));
	}
}

static void
outcome_add(const struct realised *r, struct outcome *o)
{
	const struct lot_use *u;
	dec *held;
	size_t i;

	o->cost = dec_add(o->cost, r->cost);
	o->proceeds = dec_add(o->proceeds, r->proceeds);
	o->gain = dec_add(o->gain, realised_gain(r));
	o->gain_base = dec_add(o->gain_base, realised_gain_base(r));
	o->price_effect = dec_add(o->price_effect, r->price_effect);
	o->currency_effect = dec_add(o->currency_effect,
	    realised_currency_effect(r));
	for (i = 0; i < r->use_n; i++) {
		u = &account_uses(story.account)[r->use + i];
		held = held_long(u->opened, r->on) ? &o->long_held :
		    &o->short_held;
		*held = dec_add(*held, u->quantity);
	}
	if (r->review)
		o->review = dec_add(o->review, dec_of(1));
}

static struct outcome
outcome_of(size_t origin)
{
	struct outcome o;
	const struct realised *r;
	size_t n, i;

	memset(&o, 0, sizeof(o));
	r = account_realised(story.account, &n);
	for (i = 0; i < n; i++) {
		if (r[i].origin != origin)
			continue;
		outcome_add(&r[i], &o);
		outcome_washes(i, &o);
	}
	return (o);
}

/* QUANTITY/COST of each, to the line's end. */
static void
expect_parts(char **w, const dec *quantity, const dec *cost, size_t n)
{
	char *slash;
	size_t i;

	for (i = 0; i < n; i++) {
		if (w[i] == NULL || (slash = strchr(w[i], '/')) == NULL)
			wrong("there are %zu lots", n);
		*slash = '\0';
		expect("a lot's quantity", quantity[i], w[i]);
		expect("a lot's cost", cost[i], slash + 1);
	}
	if (w[n] != NULL)
		wrong("there are %zu lots only", n);
	story.expected++;
}

#define PARTS_MOST	32

static void
expect_took(size_t origin, char **w)
{
	const struct lot_use *u = account_uses(story.account);
	dec quantity[PARTS_MOST], cost[PARTS_MOST];
	const struct realised *r;
	size_t n, i, k, m = 0;

	r = account_realised(story.account, &n);
	for (i = 0; i < n; i++)
		for (k = r[i].use; r[i].origin == origin &&
		    k < r[i].use + r[i].use_n && m < PARTS_MOST; k++) {
			quantity[m] = u[k].quantity;
			cost[m++] = u[k].cost;
		}
	expect_parts(w, quantity, cost, m);
}

static const struct ledger_fault *
fault_of(size_t origin, const char *kind)
{
	const struct ledger_fault *f;
	size_t n, i;

	f = account_faults(story.account, &n);
	for (i = 0; i < n; i++)
		if (f[i].origin == origin && is(kind, fault_names[f[i].kind]))
			return (&f[i]);
	for (i = 0; i < n; i++)
		if (f[i].origin == origin)
			wrong("it is refused as %s", fault_names[f[i].kind]);
	wrong("it is not refused");
}

static void
expect_refusal(size_t origin, char **w)
{
	const struct ledger_fault *f = fault_of(origin, w[0]);

	story.expected++;
	story.refusals++;
	expect_pairs(w + 1, (const struct named[]){ { "held", f->held },
	    { "asked", f->asked }, { "missing", f->missing },
	    { NULL, DEC_NONE } });
}

static void
expect_of_activity(size_t origin, char **w)
{
	struct outcome o;

	if (is(*w, "refused")) {
		expect_refusal(origin, w + 1);
		return;
	}
	if (is(*w, "took")) {
		expect_took(origin, w + 1);
		return;
	}
	o = outcome_of(origin);
	expect_pairs(w, (const struct named[]){
	    { "cost", o.cost }, { "gain", o.gain },
	    { "proceeds", o.proceeds }, { "gain-base", o.gain_base },
	    { "price-effect", o.price_effect },
	    { "currency-effect", o.currency_effect },
	    { "long", o.long_held }, { "short", o.short_held },
	    { "disallowed", o.disallowed }, { "replaced", o.replaced },
	    { "tacked", o.tacked },
	    { "review", o.review }, { "cash", story.cash[origin] },
	    { NULL, DEC_NONE } });
}

/* ---- a day, a holding, the whole --------------------------------------- */

static double
day_return(size_t i)
{
	const struct day_value *v = &story.values[i];
	double base = dec_double(dec_add(i == 0 ? DEC_ZERO :
	    story.values[i - 1].value, v->inflow));

	return (base > 0 ? dec_double(dec_add(v->value, v->outflow)) / base -
	    1 : 0);
}

static void
expect_worth(const struct page_line *l)
{
	const struct day_value *v;
	bool stale = false;
	size_t i;
	char **w;

	for (i = 0; i < story.made; i++)
		if (day_cmp(story.values[i].on, l->on) == 0)
			break;
	if (i == story.made)
		wrong("no value is known of that day");
	v = &story.values[i];
	expect("value", v->value, l->w[2]);
	for (w = &l->w[3]; is(*w, "stale"); w++)
		stale = true;
	if (v->stale != stale)
		wrong("%s", v->stale ? "is stale" : "is not stale");
	expect_pairs(w, (const struct named[]){ { "cash", v->cash },
	    { "in", v->inflow }, { "out", v->outflow },
	    { "return", dec_from_double(day_return(i), 12) },
	    { NULL, DEC_NONE } });
}

static void
expect_lots(size_t thing, char **w)
{
	dec quantity[PARTS_MOST], cost[PARTS_MOST];
	const struct lot *l = NULL;
	size_t n = 0;

	while ((l = account_lot(story.account, thing, l)) != NULL &&
	    n < PARTS_MOST) {
		quantity[n] = l->quantity;
		cost[n++] = l->cost;
	}
	expect_parts(is(*w, "none") ? w + 1 : w, quantity, cost, n);
}

static void
expect_holding(size_t thing, char **w)
{
	const struct holding *h = account_holding(story.account, thing);

	if (is(*w, "lots")) {
		expect_lots(thing, w + 1);
		return;
	}
	expect_pairs(w, (const struct named[]){
	    { "holds", h->quantity }, { "cost", h->cost },
	    { "realised", h->realised }, { "income", h->income },
	    { "trades", dec_of(h->trades) }, { "last", h->last_price },
	    { "cost-base", h->cost_base },
	    { "realised-base", h->realised_base },
	    { "income-base", h->income_base },
	    { "price-effect", h->price_effect }, { NULL, DEC_NONE } });
}

/* cash USD 100 book 90 */
static void
expect_cash(size_t currency, char **w)
{
	const struct cash *c = account_cash(story.account, currency);

	expect("cash", c->amount, *w);
	expect_pairs(w + 1, (const struct named[]){ { "book", c->book },
	    { NULL, DEC_NONE } });
}

static void
expect_total(char **w)
{
	const struct totals *t = account_totals(story.account);
	const struct worth *now = &story.worth;

	expect_pairs(w, (const struct named[]){
	    { "cash", account_cash(story.account, 0)->amount },
	    { "paid-in", t->paid_in }, { "paid-out", t->paid_out },
	    { "realised", t->realised }, { "income", t->income },
	    { "fees", t->fees }, { "taxes", t->taxes },
	    { "exchanged", t->exchanged }, { "carried", t->carried },
	    { "value", now->value }, { "held-cost", now->cost },
	    { "fx-cash", now->fx_cash },
	    { "open-price-effect", now->price_effect },
	    { "open-gain", balance_unrealised(now) },
	    { "open-currency-effect", dec_sub(balance_unrealised(now),
		now->price_effect) }, { NULL, DEC_NONE } });
}

/* ---- telling, and looking ---------------------------------------------- */

static void
look(day on)
{
	struct balance b;
	char left[DEC_TEXT_MAX], right[DEC_TEXT_MAX];

	account_worth(story.account, &story.calendar, on, &story.worth);
	b = balance_of(story.account, &story.worth);
	if (dec_eq(b.left, b.right))
		return;
	dec_print(b.left, left);
	dec_print(b.right, right);
	wrong("the books do not balance: %s came, %s is explained", left,
	    right);
}

static void
seek(const char *word)
{
	day on;

	if (word == NULL || !day_parse(str_of(word), &on))
		wrong("on which day?");
	account_seek(story.account, on);
	look(on);
}

/* refused KIND DAY ACTIVITY held N asked N missing N */
static void
expect_refusal_line(char **w)
{
	const struct activity *a;
	day on;
	size_t i;

	if (w[1] == NULL || w[2] == NULL || w[3] == NULL ||
	    !day_parse(str_of(w[2]), &on))
		wrong("refused as what, on which day, what?");
	for (i = 0; i < story.page.n; i++) {
		a = &story.page.a[i];
		if (day_cmp(a->on, on) == 0 && is(w[3],
		    activity_names[a->kind]))
			break;
	}
	if (i == story.page.n)
		wrong("there is no such activity");
	w[3] = w[1];
	expect_refusal(i, w + 3);
}

static void
check_line(const struct page_line *l, size_t *activity)
{
	char **w = l->w;

	if (l->activity != PAGE_NONE) {
		*activity = l->activity;
		while (*w != NULL && !is(*w, "->"))
			w++;
		if (*w != NULL)
			expect_of_activity(*activity, w + 1);
	} else if (is(*w, "->") && *activity != PAGE_NONE) {
		expect_of_activity(*activity, w + 1);
	} else if (day_ok(l->on)) {
		if (is(w[1], "worth"))
			expect_worth(l);
	} else if (is(*w, "on")) {
		seek(w[1]);
	} else if (is(*w, "refused")) {
		expect_refusal_line(w);
	} else if (is(*w, "cash") && page_currency(&story.page, w[1]) !=
	    PAGE_NONE) {
		expect_cash(page_currency(&story.page, w[1]), w + 2);
	} else if (page_security(&story.page, *w) != PAGE_NONE) {
		if (!is(w[1], "in"))
			expect_holding(page_security(&story.page, *w), w + 1);
	} else if (!is(*w, "currency") && !is(*w, "method") &&
	    !is(*w, "since") && !is(*w, "margin")) {
		expect_total(w);
	}
}

static int
activity_by_time(const void *a, const void *b)
{
	return (activity_cmp(a, b));
}

static bool
about_thing(const struct activity *a)
{
	switch (a->kind) {
	case A_DEPOSIT:
	case A_WITHDRAWAL:
	case A_INTEREST:
	case A_FEE:
	case A_TAX:
	case A_EXCHANGE:
		return (false);
	case A_TRANSFER_IN:
	case A_TRANSFER_OUT:
		return (dec_sign(a->quantity) != 0);
	default:
		return (true);
	}
}

/*
 * In the order of time, one by one: what each does to the cash of its
 * currency is seen, and the end must be that of all at once.
 */
static void
tell_again(void)
{
	struct page *p = &story.page;
	struct activity *a = ARENA_MANY(&story.mem, p->n, struct activity);
	size_t i, currency;
	dec before;

	story.cash = ARENA_MANY(&story.mem, p->n, dec);
	story.again = page_account(p, &story.mem);
	if (p->n == 0)
		return;
	memcpy(a, p->a, p->n * sizeof(*a));
	qsort(a, p->n, sizeof(*a), activity_by_time);
	for (i = 0; i < p->n; i++) {
		currency = about_thing(&a[i]) ?
		    p->securities[a[i].instrument].terms.currency :
		    a[i].currency;
		before = account_cash(story.again, currency)->amount;
		(void)account_add(story.again, &a[i]);
		story.cash[a[i].origin] = dec_sub(account_cash(story.again,
		    currency)->amount, before);
	}
}

static day
last_day(void)
{
	const struct page *p = &story.page;
	day last = p->day_n > 0 ? p->days[p->day_n - 1] : day_of(1, 1, 1);
	size_t i;

	for (i = 0; i < p->n; i++)
		if (day_cmp(p->a[i].on, last) > 0)
			last = p->a[i].on;
	return (last);
}

static void
story_fold(void)
{
	struct page *p = &story.page;

	story.account = page_account(p, &story.mem);
	account_fold(story.account, p->a, p->n);
	tell_again();
	assert_same_account(story.account, story.again, p->security_n,
	    p->currency_n);
	story.values = ARENA_MANY(&story.mem, p->day_n, struct day_value);
	story.made = account_days(story.account, &story.calendar,
	    day_of(1, 1, 1), story.values);
	look(last_day());
}

static str
file_read(struct arena *mem, const char *path)
{
	enum { MOST = 64 * 1024 };
	char *text = arena_alloc(mem, MOST);
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		wrong("cannot be opened");
	n = fread(text, 1, MOST, f);
	fclose(f);
	if (n == MOST)
		wrong("is too long");
	return ((str){ text, n });
}

static void
a_story(void **state)
{
	size_t i, faults, activity = PAGE_NONE;
	char path[512];

	memset(&story, 0, sizeof(story));
	story.name = *state;
	arena_init(&story.mem, 64 * 1024 * 1024, NULL, NULL);
	snprintf(path, sizeof(path), STORIES "/%s", story.name);
	if (!page_read(&story.page, &story.mem, file_read(&story.mem, path)))
		wrong("line %zu: %s", story.page.wrong_line,
		    story.page.wrong);
	story.calendar = page_calendar(&story.page);
	story_fold();
	for (i = 0; i < story.page.line_n; i++) {
		story.line = &story.page.lines[i];
		check_line(story.line, &activity);
	}
	account_settle(story.account);
	account_faults(story.account, &faults);
	if (faults != story.refusals)
		wrong("%zu faults, %zu are told of", faults, story.refusals);
	if (story.expected == 0)
		wrong("nothing is expected");
	arena_drop(&story.mem);
}

/* ---- all of them ------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static size_t
stories_find(char *names[STORIES_MOST])
{
	DIR *d = opendir(STORIES);
	struct dirent *e;
	size_t n = 0, length;

	if (d == NULL)
		return (0);
	while (n < STORIES_MOST && (e = readdir(d)) != NULL) {
		length = strlen(e->d_name);
		if (length > 7 && is(e->d_name + length - 7, ".ledger"))
			names[n++] = strdup(e->d_name);
	}
	closedir(d);
	qsort(names, n, sizeof(names[0]), by_name);
	return (n);
}

int
main(void)
{
	struct CMUnitTest tests[STORIES_MOST] = { 0 };
	char *names[STORIES_MOST];
	size_t n = stories_find(names), i;
	int failed;

	if (n < STORIES_LEAST) {
		fprintf(stderr, "%zu stories in %s\n", n, STORIES);
		return (1);
	}
	for (i = 0; i < n; i++) {
		tests[i].name = names[i];
		tests[i].test_func = a_story;
		tests[i].initial_state = names[i];
	}
	failed = _cmocka_run_group_tests("stories", tests, n, NULL, NULL);
	for (i = 0; i < n; i++)
		free(names[i]);
	return (failed);
}
