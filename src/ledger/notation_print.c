/*
 * Writes the notation: what page_read reads back as the same activity.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ledger/notation.h"
#include "ledger/notation_slot.h"

#define AT(member)	offsetof(struct activity, member)

const struct slot slots[] = {
	{ 'i', NULL, SLOT_SECURITY, AT(instrument) },
	{ 'j', NULL, SLOT_SECURITY, AT(into) },
	{ 'q', "quantity", SLOT_DEC, AT(quantity) },
	{ 'p', "at", SLOT_DEC, AT(price) },
	{ 'k', "new-at", SLOT_DEC, AT(price_into) },
	{ 'a', "amount", SLOT_DEC, AT(amount) },
	{ 'r', "received", SLOT_DEC, AT(received) },
	{ 'c', NULL, SLOT_CURRENCY, AT(currency) },
	{ 'd', NULL, SLOT_CURRENCY, AT(currency_into) },
	{ 'n', NULL, SLOT_WHOLE, AT(numerator) },
	{ 'm', NULL, SLOT_WHOLE, AT(denominator) },
	{ '\0', "fee", SLOT_DEC, AT(commission) },
	{ '\0', "tax", SLOT_DEC, AT(withheld) },
	{ '\0', "accrued", SLOT_DEC, AT(accrued) },
	{ '\0', "rate", SLOT_DEC, AT(rate) },
	{ '\0', NULL, SLOT_DEC, 0 }
};

#define TOLD(kind, pattern)	[kind] = pattern,
const char *const told_patterns[] = {
#include "ledger/notation.def"
};
#undef TOLD

const struct slot *
slot_of(char letter)
{
	const struct slot *s = slots;

	while (s->letter != letter)
		s++;
	return (s);
}

const struct slot *
slot_called(const char *word)
{
	const struct slot *s;

	for (s = slots; s->letter != '\0' || s->word != NULL; s++)
		if (s->word != NULL && strcmp(s->word, word) == 0)
			return (s);
	return (NULL);
}

struct writer {
	const struct page	*page;
	char			*out;
	size_t			 n;
};

static void say(struct writer *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(struct writer *w, const char *fmt, ...)
{
	size_t room = NOTATION_LINE_MAX - w->n;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(w->out + w->n, room, fmt, ap);
	va_end(ap);
	w->n += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

static void
say_dec(struct writer *w, const char *word, dec d)
{
	char text[DEC_TEXT_MAX];

	dec_print(d, text);
	say(w, "%s%s%s", word, word[0] == '\0' ? "" : " ", text);
}

static void
say_slot(struct writer *w, const struct slot *s, const struct activity *a)
{
	const void *at = (const char *)a + s->offset;
	const struct page *p = w->page;
	size_t i;

	switch (s->kind) {
	case SLOT_DEC:
		say_dec(w, "", *(const dec *)at);
		break;
	case SLOT_WHOLE:
		say(w, "%lld", (long long)*(const int64_t *)at);
		break;
	case SLOT_SECURITY:
		i = *(const size_t *)at;
		if (p != NULL && i < p->security_n)
			say(w, "%s", p->securities[i].name);
		else
			say(w, "I%zu", i);
		break;
	case SLOT_CURRENCY:
		i = *(const size_t *)at;
		if (p != NULL && i < p->currency_n)
			say(w, "%s", p->currencies[i].code);
		else
			say(w, "C%zu", i);
		break;
	}
}

static void
say_name(struct writer *w, size_t origin)
{
	const struct page *p = w->page;

	if (p != NULL && origin < p->n && p->names[origin] != NULL)
		say(w, "%s", p->names[origin]);
	else
		say(w, "A%zu", origin);
}

static void
say_lots(struct writer *w, const struct activity *a)
{
	const struct lot_told *t;
	char text[DAY_TEXT_MAX];
	size_t i;

	for (i = 0; i < a->lot_n; i++) {
		t = &a->lots[i];
		if (a->kind != A_TRANSFER_IN) {
			say(w, " from ");
			say_name(w, t->origin);
			say(w, "/%u ", t->part);
			say_dec(w, "", t->quantity);
			continue;
		}
		say_dec(w, " lot", t->quantity);
		say_dec(w, " cost", t->cost);
		day_print(t->opened, text);
		say(w, " opened %s", text);
	}
}

static bool
pattern_has(const char *pattern, char letter)
{
	str rest = str_of(pattern), piece;

	while (str_cut(&rest, ' ', &piece))
		if (piece.n == 1 && piece.p[0] == letter)
			return (true);
	return (false);
}

static void
say_options(struct writer *w, const char *pattern, const struct activity *a)
{
	const struct slot *s;
	dec d;

	for (s = slots; s->letter != '\0' || s->word != NULL; s++) {
		if (s->word == NULL || pattern_has(pattern, s->letter))
			continue;
		d = *(const dec *)((const char *)a + s->offset);
		if (dec_ok(d) && dec_sign(d) != 0) {
			say(w, " ");
			say_dec(w, s->word, d);
		}
	}
	if (a->second > 0)
		say(w, " time %02d:%02d:%02d", a->second / 3600,
		    a->second / 60 % 60, a->second % 60);
}

size_t
activity_print(const struct page *p, const struct activity *a,
    char out[NOTATION_LINE_MAX])
{
	struct writer w = { p, out, 0 };
	const char *pattern = told_patterns[a->kind];
	char text[DAY_TEXT_MAX];
	str rest, piece;

	if ((a->kind == A_TRANSFER_IN || a->kind == A_TRANSFER_OUT) &&
	    dec_sign(a->quantity) == 0)
		pattern = told_patterns[A_DEPOSIT];
	out[0] = '\0';
	day_print(a->on, text);
	say(&w, "%s %s", text, activity_names[a->kind]);
	for (rest = str_of(pattern); str_cut(&rest, ' ', &piece);) {
		say(&w, " ");
		if (piece.n == 1)
			say_slot(&w, slot_of(piece.p[0]), a);
		else
			say(&w, "%.*s", STR_ARG(piece));
	}
	say_options(&w, pattern, a);
	say_lots(&w, a);
	say(&w, " as ");
	say_name(&w, a->origin);
	return (w.n);
}
