/*
 * Reads the notation. Twice over the lines: first which are activities and
 * what they are called, then what they say, since a sale may name a lot that
 * is told of further down.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/field.h"
#include "ledger/notation.h"
#include "ledger/notation_slot.h"

static bool wrong(struct page *p, const struct page_line *l,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static bool
wrong(struct page *p, const struct page_line *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(p->wrong, sizeof(p->wrong), fmt, ap);
	va_end(ap);
	p->wrong_line = l->number;
	return (false);
}

static bool
is(const char *word, const char *wanted)
{
	return (word != NULL && strcmp(word, wanted) == 0);
}

/* ---- words ------------------------------------------------------------- */

static char **
words_cut(struct arena *mem, str line)
{
	char **w = ARENA_MANY(mem, line.n / 2 + 2, char *);
	char *rest, *text;
	size_t n = 0;

	text = arena_z(mem, line);
	text[strcspn(text, "#")] = '\0';
	for (w[0] = strtok_r(text, " \t\r", &rest); w[n] != NULL;
	    w[n] = strtok_r(NULL, " \t\r", &rest))
		n++;
	return (w);
}

static void
lines_cut(struct page *p, str text)
{
	struct page_line *l;
	size_t number = 1, room = 1;
	str line;

	for (size_t i = 0; i < text.n; i++)
		room += text.p[i] == '\n';
	p->lines = ARENA_MANY(p->mem, room, struct page_line);
	for (; str_cut(&text, '\n', &line); number++) {
		l = &p->lines[p->line_n];
		*l = (struct page_line){ .number = number, .on = DAY_NONE,
		    .activity = PAGE_NONE, .w = words_cut(p->mem, line) };
		if (l->w[0] == NULL)
			continue;
		if (!day_parse(str_of(l->w[0]), &l->on))
			l->on = DAY_NONE;
		p->line_n++;
	}
}

static int
line_kind(const struct page_line *l)
{
	return (!day_ok(l->on) || l->w[1] == NULL ? ENUM_NONE :
	    enum_of(activity_names, str_of(l->w[1])));
}

static bool
number_read(struct page *p, const struct page_line *l, const char *word,
    dec *out)
{
	if (word == NULL)
		return (wrong(p, l, "a number is missing at the end"));
	if (dec_parse(str_of(word), out) != OK)
		return (wrong(p, l, "%.40s is no number", word));
	return (true);
}

static bool
whole_read(struct page *p, const struct page_line *l, const char *word,
    int64_t *out)
{
	if (word == NULL || !str_long(str_of(word), out))
		return (wrong(p, l, "%.40s is no whole number",
		    word == NULL ? "nothing" : word));
	return (true);
}

/* HH:MM or HH:MM:SS, as seconds of the day; 24:00 is its end. */
static bool
time_read(struct page *p, const struct page_line *l, const char *word,
    int32_t *out)
{
	int64_t part[3] = { 0 };
	str rest = str_of(word), piece;
	size_t n = 0;

	while (n < 3 && str_cut(&rest, ':', &piece))
		if (!str_long(piece, &part[n++]))
			return (wrong(p, l, "a time is HH:MM:SS"));
	if (n < 2 || part[0] < 0 || part[0] > 24 || part[1] < 0 ||
	    part[1] > 59 || part[2] < 0 || part[2] > 59)
		return (wrong(p, l, "a time is HH:MM:SS"));
	*out = (int32_t)(part[0] * 3600 + part[1] * 60 + part[2]);
	return (*out <= 86400 ? true : wrong(p, l, "a day ends at 24:00"));
}

/* ---- names ------------------------------------------------------------- */

size_t
page_security(const struct page *p, const char *name)
{
	for (size_t i = 0; i < p->security_n; i++)
		if (is(name, p->securities[i].name))
			return (i);
	return (PAGE_NONE);
}

size_t
page_currency(const struct page *p, const char *code)
{
	for (size_t i = 0; i < p->currency_n; i++)
		if (is(code, p->currencies[i].code))
			return (i);
	return (PAGE_NONE);
}

static bool
security_named(struct page *p, const struct page_line *l, const char *name,
    size_t *out)
{
	if (name == NULL)
		return (wrong(p, l, "of what?"));
	*out = page_security(p, name);
	if (*out == PAGE_NONE) {
		*out = p->security_n++;
		p->securities[*out].name = name;
	}
	return (true);
}

static bool
currency_named(struct page *p, const struct page_line *l, const char *code,
    size_t *out)
{
	int places;

	*out = page_currency(p, code);
	if (*out != PAGE_NONE)
		return (true);
	places = code == NULL ? -1 : currency_places(str_of(code));
	if (places < 0)
		return (wrong(p, l, "%.40s is no currency",
		    code == NULL ? "nothing" : code));
	*out = p->currency_n++;
	p->currencies[*out].code = code;
	p->currencies[*out].places = places;
	return (true);
}

static size_t
activity_named(const struct page *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->names[i] != NULL && is(name, p->names[i]))
			return (i);
	return (PAGE_NONE);
}

/* ---- activities -------------------------------------------------------- */

static bool
slot_read(struct page *p, const struct page_line *l, char letter, char ***w,
    struct activity *a)
{
	const struct slot *s = slot_of(letter);
	void *to = (char *)a + s->offset;
	const char *word = **w;
	bool money;

	if (letter == 'c') {		/* may be left out */
		money = word != NULL && currency_places(str_of(word)) >= 0;
		*w += money;
		return (money ? currency_named(p, l, word, to) : true);
	}
	*w += word != NULL;
	switch (s->kind) {
	case SLOT_SECURITY:
		return (security_named(p, l, word, to));
	case SLOT_CURRENCY:
		return (currency_named(p, l, word, to));
	case SLOT_WHOLE:
		return (whole_read(p, l, word, to));
	case SLOT_DEC:
		break;
	}
	return (number_read(p, l, word, to));
}

static bool
pattern_read(struct page *p, const struct page_line *l, const char *pattern,
    char ***w, struct activity *a)
{
	str rest = str_of(pattern), piece;

	while (str_cut(&rest, ' ', &piece)) {
		if (piece.n == 1) {
			if (!slot_read(p, l, piece.p[0], w, a))
				return (false);
		} else if (**w == NULL || !str_eqz(piece, **w)) {
			return (wrong(p, l, "\"%.*s\" is missing",
			    STR_ARG(piece)));
		} else {
			(*w)++;
		}
	}
	return (true);
}

/* from NAME[/PART] QUANTITY */
static bool
lot_from_read(struct page *p, const struct page_line *l, char **w,
    struct lot_told *t)
{
	str rest = str_of(w[0]), name, part = STR_NONE;
	int64_t n = 0;

	if (w[0] == NULL || !str_cut(&rest, '/', &name))
		return (wrong(p, l, "from which lot?"));
	if (str_cut(&rest, '/', &part) && (!str_long(part, &n) || n < 0 ||
	    n > UINT32_MAX))
		return (wrong(p, l, "%.40s is no part of a lot", w[0]));
	t->origin = activity_named(p, arena_z(p->mem, name));
	t->part = (uint32_t)n;
	t->cost_base = DEC_NONE;
	return (number_read(p, l, w[1], &t->quantity));
}

/* lot QUANTITY cost COST opened DAY */
static bool
lot_brought_read(struct page *p, const struct page_line *l, char **w,
    struct lot_told *t)
{
	t->cost_base = DEC_NONE;
	if (!number_read(p, l, w[0], &t->quantity))
		return (false);
	if (!is(w[1], "cost") || !number_read(p, l, w[2], &t->cost))
		return (wrong(p, l, "a lot's cost is missing"));
	if (!is(w[3], "opened") || w[4] == NULL ||
	    !day_parse(str_of(w[4]), &t->opened))
		return (wrong(p, l, "a lot's day is missing"));
	return (true);
}

static struct lot_told *
lot_more(struct page *p, const struct page_line *l, struct activity *a)
{
	struct lot_told *v = (struct lot_told *)a->lots;
	size_t words = 0;

	if (v == NULL) {
		while (l->w[words] != NULL)
			words++;
		v = ARENA_MANY(p->mem, words, struct lot_told);
		a->lots = v;
	}
	v[a->lot_n].part = (uint32_t)a->lot_n;
	return (&v[a->lot_n++]);
}

static bool
option_read(struct page *p, const struct page_line *l, char ***w,
    struct activity *a)
{
	const struct slot *s;
	char **v = *w + 1;
	size_t step = 2;
	bool ok;

	if (is(**w, "from")) {
		ok = lot_from_read(p, l, v, lot_more(p, l, a));
		step = 3;
	} else if (is(**w, "lot")) {
		ok = lot_brought_read(p, l, v, lot_more(p, l, a));
		step = 6;
	} else if (is(**w, "as")) {
		ok = *v != NULL || wrong(p, l, "as what?");
	} else if (is(**w, "time")) {
		ok = *v != NULL ? time_read(p, l, *v, &a->second) :
		    wrong(p, l, "at what time?");
	} else if ((s = slot_called(**w)) != NULL) {
		ok = number_read(p, l, *v, (dec *)((char *)a + s->offset));
	} else {
		return (wrong(p, l, "%.40s is not understood", **w));
	}
	*w += ok ? step : 0;
	return (ok);
}

/* Money can be transferred as well: then a number comes first. */
static const char *
pattern_of(const struct page_line *l, enum activity_kind kind)
{
	dec d;

	if ((kind == A_TRANSFER_IN || kind == A_TRANSFER_OUT) &&
	    l->w[2] != NULL && dec_parse(str_of(l->w[2]), &d) == OK)
		return (told_patterns[A_DEPOSIT]);
	return (told_patterns[kind]);
}

static bool
activity_read(struct page *p, const struct page_line *l)
{
	enum activity_kind kind = (enum activity_kind)line_kind(l);
	struct activity *a = &p->a[l->activity];
	const char *pattern = pattern_of(l, kind);
	char **w = &l->w[2];

	*a = (struct activity){ .kind = kind, .on = l->on,
	    .order = l->activity, .origin = l->activity };
	if (strstr(pattern, "q") != NULL && strstr(pattern, "a ") == NULL)
		a->amount = DEC_NONE;
	if (!pattern_read(p, l, pattern, &w, a))
		return (false);
	while (*w != NULL && !is(*w, "->"))
		if (!option_read(p, l, &w, a))
			return (false);
	return (true);
}

/* ---- the other lines --------------------------------------------------- */

static bool
close_add(struct page *p, const struct page_line *l, struct closes *c,
    dec price)
{
	struct close *v = (struct close *)c->v;

	if (v == NULL)
		c->v = v = ARENA_MANY(p->mem, p->line_n, struct close);
	if (c->n > 0 && day_cmp(v[c->n - 1].on, l->on) >= 0)
		return (wrong(p, l, "prices must be in the order of time"));
	v[c->n++] = (struct close){ .on = l->on, .price = price };
	return (true);
}

static bool
day_add_market(struct page *p, const struct page_line *l)
{
	if (p->day_n > 0 && day_cmp(l->on, p->days[p->day_n - 1]) < 0)
		return (wrong(p, l, "closes and worths must be in the order "
		    "of time"));
	if (p->day_n == 0 || day_cmp(l->on, p->days[p->day_n - 1]) > 0)
		p->days[p->day_n++] = l->on;
	return (true);
}

/* The market is open on the days that closes and worths are of. */
static bool
close_read(struct page *p, const struct page_line *l)
{
	size_t i;
	dec price;

	return (security_named(p, l, l->w[2], &i) &&
	    number_read(p, l, l->w[3], &price) &&
	    day_add_market(p, l) && close_add(p, l, &p->closes[i], price));
}

/* rate EURUSD 1.10: so many USD for one EUR. One of them is the base. */
static bool
rate_read(struct page *p, const struct page_line *l)
{
	const char *pair = l->w[2] == NULL ? "" : l->w[2];
	str one = { pair, 3 }, other = { pair + 3, 3 };
	const char *base = p->currencies[0].code;
	bool turned;
	size_t i;
	dec rate;

	if (strlen(pair) != 6)
		return (wrong(p, l, "a pair is like EURUSD"));
	turned = str_eqz(one, base);
	if (turned == str_eqz(other, base))
		return (wrong(p, l, "one of %s must be %s", pair, base));
	if (!currency_named(p, l, arena_z(p->mem, turned ? other : one), &i) ||
	    !number_read(p, l, l->w[3], &rate))
		return (false);
	if (dec_sign(rate) <= 0)
		return (wrong(p, l, "a rate is more than nothing"));
	return (close_add(p, l, &p->currencies[i].rates,
	    turned ? dec_div(dec_of(1), rate) : rate));
}

/* method fifo [from DAY] */
static bool
method_read(struct page *p, const struct page_line *l)
{
	struct page_method *m = &p->methods[p->method_n++];
	int method = l->w[1] == NULL ? ENUM_NONE :
	    enum_of(cost_names, str_of(l->w[1]));

	if (method == ENUM_NONE)
		return (wrong(p, l, "which method?"));
	*m = (struct page_method){ day_of(1, 1, 1),
	    (enum cost_method)method };
	if (l->w[2] != NULL && (!is(l->w[2], "from") || l->w[3] == NULL ||
	    !day_parse(str_of(l->w[3]), &m->from)))
		return (wrong(p, l, "from which day?"));
	return (true);
}

/* ACME in USD [times 100] [percent] */
static bool
terms_read(struct page *p, const struct page_line *l)
{
	struct security *s;
	char **w = &l->w[3];
	size_t i, currency;

	if (!security_named(p, l, l->w[0], &i) ||
	    !currency_named(p, l, l->w[2], &currency))
		return (false);
	s = &p->securities[i].terms;
	s->currency = currency;
	for (; *w != NULL; w++) {
		if (is(*w, "percent"))
			s->percent = true;
		else if (!is(*w, "times"))
			return (wrong(p, l, "%.40s is no term", *w));
		else if (!number_read(p, l, *++w, &s->multiplier))
			return (false);
	}
	return (true);
}

static bool
base_read(struct page *p, const struct page_line *l)
{
	int places = l->w[1] == NULL ? -1 : currency_places(str_of(l->w[1]));

	if (places < 0)
		return (wrong(p, l, "which currency?"));
	p->currencies[0].code = l->w[1];
	p->currencies[0].places = places;
	return (true);
}

static bool
since_read(struct page *p, const struct page_line *l)
{
	return (l->w[1] != NULL && day_parse(str_of(l->w[1]), &p->since) ?
	    true : wrong(p, l, "since when?"));
}

static bool
line_read(struct page *p, struct page_line *l)
{
	const char *w = l->w[0];

	if (l->activity != PAGE_NONE)
		return (activity_read(p, l));
	if (day_ok(l->on) && is(l->w[1], "close"))
		return (close_read(p, l));
	if (day_ok(l->on) && is(l->w[1], "rate"))
		return (rate_read(p, l));
	if (day_ok(l->on) && is(l->w[1], "worth"))
		return (day_add_market(p, l));
	if (day_ok(l->on))
		return (wrong(p, l, "%.40s is nothing that is done",
		    l->w[1] == NULL ? "nothing" : l->w[1]));
	if (is(w, "method"))
		return (method_read(p, l));
	if (is(w, "since"))
		return (since_read(p, l));
	if (is(w, "margin"))
		p->margin = true;
	return (is(l->w[1], "in") ? terms_read(p, l) : true);
}

/* ---- a page ------------------------------------------------------------ */

/* What an activity is called: "as NAME" among its words. */
static void
names_read(struct page *p)
{
	struct page_line *l;
	char **w;

	for (l = p->lines; l < p->lines + p->line_n; l++) {
		if (line_kind(l) == ENUM_NONE)
			continue;
		l->activity = p->n++;
		for (w = l->w; *w != NULL && !is(*w, "->"); w++)
			if (is(*w, "as"))
				p->names[l->activity] = w[1];
	}
}

/* No line names more than two of each. */
static void
page_room(struct page *p)
{
	size_t n = p->line_n, names = 2 * n + 1;

	p->a = ARENA_MANY(p->mem, n, struct activity);
	p->names = ARENA_MANY(p->mem, n, const char *);
	p->currencies = ARENA_MANY(p->mem, names, struct page_currency);
	p->securities = ARENA_MANY(p->mem, names, struct page_security);
	p->closes = ARENA_MANY(p->mem, names, struct closes);
	p->methods = ARENA_MANY(p->mem, n, struct page_method);
	p->days = ARENA_MANY(p->mem, n, day);
	p->currencies[0] = (struct page_currency){ "USD", 2, { NULL, 0 } };
	p->currency_n = 1;
}

bool
page_read(struct page *p, struct arena *mem, str text)
{
	size_t i;

	*p = (struct page){ .mem = mem, .since = DAY_NONE };
	lines_cut(p, text);
	page_room(p);
	names_read(p);
	for (i = 0; i < p->line_n; i++)
		if (is(p->lines[i].w[0], "currency") &&
		    !base_read(p, &p->lines[i]))
			return (false);
	for (i = 0; i < p->line_n; i++)
		if (!line_read(p, &p->lines[i]))
			return (false);
	return (true);
}

struct account *
page_account(const struct page *p, struct arena *mem)
{
	struct account *a = account_open(mem, p->currencies[0].places,
	    p->since, p->margin);
	size_t i;

	for (i = 1; i < p->currency_n; i++)
		account_currency(a, p->currencies[i].places,
		    &p->currencies[i].rates);
	for (i = 0; i < p->security_n; i++)
		account_security(a, p->securities[i].terms);
	for (i = 0; i < p->method_n; i++)
		account_method(a, p->methods[i].from, p->methods[i].method);
	return (a);
}

struct calendar
page_calendar(const struct page *p)
{
	return ((struct calendar){ .days = p->days, .n = p->day_n,
	    .closes = p->closes });
}
