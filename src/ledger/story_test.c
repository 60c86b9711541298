/*
 * Runs the stories: each tells what was done, day by day, and what must come
 * of it. README.md has the notation. A line that is not understood fails its
 * story; so does a story that expects nothing.
 */
#include <dirent.h>
#include <math.h>

#include "base/field.h"
#include "ledger/past.h"

#define STORIES		"src/ledger/stories"
#define STORIES_MOST	100
#define LINES_MOST	120
#define WORDS_MOST	24

struct line {
	char	 text[160];
	char	*w[WORDS_MOST + 1];	/* ends with NULL */
	day	 on;			/* DAY_NONE when it begins otherwise */
	size_t	 origin;		/* of its activity */
};

static struct {
	const char	*name;
	struct line	 lines[LINES_MOST];
	size_t		 n, now;
	struct scene	 s;
	const char	*things[PAST_THINGS];
	int		 places;
	bool		 stands;
	size_t		 expected;
} story;

static void wrong(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

static void
wrong(const char *fmt, ...)
{
	char why[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	print_error("%s:%zu: %s\n", story.name, story.now + 1, why);
	fail();
	abort();
}

/* ---- words ------------------------------------------------------------- */

static void
line_cut(struct line *l)
{
	char *p, *rest;
	size_t n = 0;

	l->text[strcspn(l->text, "#\n")] = '\0';
	for (p = strtok_r(l->text, " \t", &rest); p != NULL;
	    p = strtok_r(NULL, " \t", &rest)) {
		if (n == WORDS_MOST)
			wrong("too many words");
		l->w[n++] = p;
	}
	l->w[n] = NULL;
	if (n == 0 || !day_parse(str_of(l->w[0]), &l->on))
		l->on = DAY_NONE;
}

static void
story_read(const char *path)
{
	FILE *f = fopen(path, "r");

	if (f == NULL)
		wrong("cannot be opened");
	story.n = 0;
	while (fgets(story.lines[story.n].text,
	    sizeof(story.lines[0].text), f) != NULL) {
		story.now = story.n;
		line_cut(&story.lines[story.n]);
		if (++story.n == LINES_MOST)
			wrong("too many lines");
	}
	fclose(f);
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

/* What follows `key` among w, up to the arrow; DEC_ZERO when it is absent. */
static dec
after(char **w, const char *key)
{
	for (; *w != NULL && !is(*w, "->"); w++)
		if (is(*w, key))
			return (number(w[1]));
	return (DEC_ZERO);
}

static size_t
thing_of(const char *name)
{
	size_t i;

	if (name == NULL)
		wrong("of what?");
	for (i = 0; i < PAST_THINGS; i++) {
		if (story.things[i] == NULL)
			story.things[i] = name;
		if (is(name, story.things[i]))
			return (i);
	}
	wrong("too many instruments");
}

/* ---- telling ----------------------------------------------------------- */

static void
tell_trade(struct line *l, enum activity_kind kind)
{
	struct activity *a;

	if (!is(l->w[4], "at"))
		wrong("at which price?");
	a = past_trade(&story.s.past, kind, l->on, thing_of(l->w[2]),
	    number(l->w[3]), number(l->w[5]), after(l->w, "fee"));
	a->amount = trade_amount(a->quantity, a->price, story.places);
}

static void
tell_split(struct line *l)
{
	if (!is(l->w[4], "for") || l->w[5] == NULL)
		wrong("how many for how many?");
	past_split(&story.s.past, l->on, thing_of(l->w[2]),
	    atoll(l->w[3]), atoll(l->w[5]));
}

static void
tell_activity(struct line *l, enum activity_kind kind)
{
	struct past *p = &story.s.past;

	l->origin = p->n;
	if (kind == A_BUY || kind == A_SELL)
		tell_trade(l, kind);
	else if (kind == A_SPLIT)
		tell_split(l);
	else if (kind == A_DIVIDEND)
		past_dividend(p, l->on, thing_of(l->w[2]), number(l->w[3]),
		    after(l->w, "tax"));
	else
		past_money(p, kind, l->on, number(l->w[2]))->withheld =
		    after(l->w, "tax");
}

static void
tell_close(struct line *l)
{
	struct closes *c = &story.s.closes[thing_of(l->w[2])];
	struct close *v = story.s.close[c - story.s.closes];

	c->v = v;
	v[c->n++] = (struct close){ l->on, number(l->w[3]) };
}

/* The market is open on the days that closes and worths are of. */
static void
tell_day(day d)
{
	struct calendar *c = &story.s.calendar;

	if (c->n > 0 && day_cmp(d, c->days[c->n - 1]) < 0)
		wrong("closes and worths must be in the order of time");
	if (c->n == 0 || day_cmp(d, c->days[c->n - 1]) > 0)
		story.s.days[c->n++] = d;
}

static void
tell(struct line *l)
{
	int kind;

	if (is(l->w[0], "currency") && l->w[1] != NULL)
		story.places = currency_places(str_of(l->w[1]));
	if (!day_ok(l->on))
		return;
	if (l->w[1] == NULL)
		wrong("what was done?");
	kind = enum_of(activity_names, str_of(l->w[1]));
	if (kind >= 0)
		tell_activity(l, (enum activity_kind)kind);
	else if (is(l->w[1], "close") || is(l->w[1], "worth"))
		tell_day(l->on);
	else
		wrong("%s is nothing that is done", l->w[1]);
	if (is(l->w[1], "close"))
		tell_close(l);
}

/* ---- what came of it --------------------------------------------------- */

static void
expect(const char *what, dec got, const char *want)
{
	char text[DEC_TEXT_MAX];

	story.expected++;
	if (dec_eq(got, is(want, "none") ? DEC_NONE : number(want)))
		return;
	dec_print(got, text);
	wrong("%s is %s, not %s", what, text, want);
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

static const struct activity *
activity_told(size_t origin)
{
	size_t i;

	for (i = 0; story.s.past.a[i].origin != origin; i++)
		;
	return (&story.s.past.a[i]);
}

static void
expect_of_activity(struct line *l)
{
	const struct activity *a;
	char **w;

	for (w = l->w; *w != NULL && !is(*w, "->"); w++)
		;
	if (*w == NULL)
		return;
	a = activity_told(l->origin);
	expect_pairs(w + 1, (const struct named[]){
	    { "cost", a->cost }, { "gain", a->realised },
	    { "cash", activity_cash(a) }, { NULL, DEC_NONE } });
}

static double
day_return(size_t i)
{
	const struct day_value *v = &story.s.values[i];
	double base = dec_double(dec_add(i == 0 ? DEC_ZERO :
	    story.s.values[i - 1].value, v->inflow));

	return (base > 0 ? dec_double(dec_add(v->value, v->outflow)) / base -
	    1 : 0);
}

static void
expect_worth(struct line *l)
{
	const struct day_value *v;
	size_t i;
	bool stale;
	char **w;

	for (i = 0; i < story.s.made; i++)
		if (day_cmp(story.s.values[i].on, l->on) == 0)
			break;
	if (i == story.s.made)
		wrong("no value is known of that day");
	v = &story.s.values[i];
	expect("value", v->value, l->w[2]);
	for (w = &l->w[3], stale = false; is(*w, "stale"); w++)
		stale = true;
	if (v->stale != stale)
		wrong("%s", v->stale ? "is stale" : "is not stale");
	expect_pairs(w, (const struct named[]){ { "cash", v->cash },
	    { "in", v->inflow }, { "out", v->outflow },
	    { "return", dec_from_double(day_return(i), 12) },
	    { NULL, DEC_NONE } });
}

static void
expect_holding(struct line *l)
{
	const struct holding *h = &story.s.past.held[thing_of(l->w[0])];

	expect_pairs(&l->w[1], (const struct named[]){
	    { "holds", h->quantity }, { "cost", h->cost },
	    { "realised", h->realised }, { "income", h->income },
	    { "trades", dec_of(h->trades) }, { "last", h->last_price },
	    { NULL, DEC_NONE } });
}

static void
expect_total(struct line *l)
{
	const struct ledger *p = &story.s.past.l;

	expect_pairs(l->w, (const struct named[]){ { "cash", p->cash },
	    { "paid-in", p->paid_in }, { "paid-out", p->paid_out },
	    { "realised", p->realised }, { "income", p->income },
	    { "fees", p->fees }, { "taxes", p->taxes },
	    { NULL, DEC_NONE } });
}

/* refused <kind> <day> <activity> held <n> asked <n> missing <n> */
static void
expect_refusal(struct line *l)
{
	const struct fault_found *f = &story.s.past.fault;
	const struct activity *a = &story.s.past.a[f->activity];
	day d;

	story.expected++;
	if (story.stands)
		wrong("it is not refused");
	if (!is(l->w[1], fault_names[f->kind]))
		wrong("it is refused as %s", fault_names[f->kind]);
	if (l->w[2] == NULL || !day_parse(str_of(l->w[2]), &d) ||
	    day_cmp(d, a->on) != 0 || !is(l->w[3], activity_names[a->kind]))
		wrong("it is a %s that is refused, another day's perhaps",
		    activity_names[a->kind]);
	expect_pairs(&l->w[4], (const struct named[]){
	    { "held", f->held }, { "asked", f->asked },
	    { "missing", f->missing }, { NULL, DEC_NONE } });
}

static void
check(struct line *l)
{
	if (l->w[0] == NULL || is(l->w[0], "currency"))
		return;
	if (is(l->w[0], "refused"))
		expect_refusal(l);
	else if (!story.stands)
		return;
	else if (day_ok(l->on) && is(l->w[1], "worth"))
		expect_worth(l);
	else if (day_ok(l->on))
		expect_of_activity(l);
	else if (is(l->w[1], "holds"))
		expect_holding(l);
	else
		expect_total(l);
}

static bool
expects_refusal(void)
{
	size_t i;

	for (i = 0; i < story.n; i++)
		if (is(story.lines[i].w[0], "refused"))
			return (true);
	return (false);
}

static void
each(void (*fn)(struct line *))
{
	for (story.now = 0; story.now < story.n; story.now++)
		fn(&story.lines[story.now]);
}

static void
story_fold(void)
{
	struct past *p = &story.s.past;
	struct holding held[PAST_THINGS];
	struct ledger l;

	ledger_open(&p->l, story.places, p->held, PAST_THINGS);
	story.stands = ledger_fold(&p->l, p->a, p->n, &p->fault);
	if (!story.stands && !expects_refusal())
		wrong("refused: %s", fault_names[p->fault.kind]);
	if (!story.stands)
		return;
	ledger_open(&l, story.places, held, PAST_THINGS);
	story.s.made = ledger_days(&l, p->a, p->n, &story.s.calendar, ALWAYS,
	    story.s.values);
}

static void
a_story(void **state)
{
	char path[512];

	memset(&story, 0, sizeof(story));
	story.name = *state;
	story.places = 2;
	story.s.calendar.days = story.s.days;
	story.s.calendar.closes = story.s.closes;
	snprintf(path, sizeof(path), STORIES "/%s", story.name);
	story_read(path);
	each(tell);
	story_fold();
	each(check);
	if (story.expected == 0)
		wrong("nothing is expected");
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

	if (n < 20) {
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
