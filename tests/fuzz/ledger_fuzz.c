/*
 * Histories of whatever libFuzzer thinks of, twice: as activities that are
 * made of the bytes, and as a page of the notation. However they are told the
 * account is the same, and no cent comes from nowhere. To run it for five
 * minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/ledger_fuzz.c \
 *	$(ls src/base/[a-z]*.c src/ledger/[a-z]*.c | grep -v _test) -lm \
 *	-o ledger_fuzz
 *   ./ledger_fuzz -max_total_time=300
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/notation.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)
#define MEMORY_BYTES		(256 * 1024 * 1024)
#define THINGS			4
#define MOST			64

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What an activity is made of; small, so that much of it can happen. */
struct made {
	uint8_t	kind, on, instrument, into, quantity, price, amount, fee;
	uint8_t	tax, ratio, currency, received, accrued, lots, second, rate;
};

static const struct close dollars[] = {
	{ .on = { 19000 }, .price = { 900000000000000000 } },
	{ .on = { 19010 }, .price = { 1100000000000000001 } }
};
static const struct closes rates = { dollars, 2 };

/* ---- what must hold ---------------------------------------------------- */

static void
check_balance(struct account *a, const struct calendar *c, day on)
{
	const struct totals *t = account_totals(a);
	struct worth w;
	dec left, right;

	account_worth(a, c, on, &w);
	left = dec_sub(w.value, dec_sub(t->paid_in, t->paid_out));
	right = dec_sub(dec_sub(w.value, w.cash), w.cost);
	right = dec_add(dec_add(right, t->realised), t->income);
	right = dec_sub(right, dec_add(t->fees, t->taxes));
	right = dec_sub(dec_add(right, w.fx_cash), t->carried);
	MUST_HOLD(!dec_ok(left) || !dec_ok(right) || dec_eq(left, right));
}

static void
check_lots(const struct account *a, size_t thing)
{
	const struct holding *h = account_holding(a, thing);
	dec quantity = DEC_ZERO, cost = DEC_ZERO;
	const struct lot *l = NULL;

	while ((l = account_lot(a, thing, l)) != NULL) {
		quantity = dec_add(quantity, l->quantity);
		cost = dec_add(cost, l->cost);
	}
	MUST_HOLD(dec_eq(quantity, h->quantity));
	MUST_HOLD(dec_eq(cost, h->cost));
}

static void
check_same(struct account *a, struct account *b, size_t things,
    size_t currencies)
{
	const struct totals *t = account_totals(a), *u = account_totals(b);
	size_t i, n, m;

	MUST_HOLD(dec_eq(t->realised, u->realised));
	MUST_HOLD(dec_eq(t->income, u->income));
	MUST_HOLD(dec_eq(t->carried, u->carried));
	MUST_HOLD(dec_eq(t->paid_in, u->paid_in));
	for (i = 0; i < things; i++) {
		check_lots(a, i);
		MUST_HOLD(dec_eq(account_holding(a, i)->quantity,
		    account_holding(b, i)->quantity));
		MUST_HOLD(dec_eq(account_holding(a, i)->cost,
		    account_holding(b, i)->cost));
	}
	for (i = 0; i < currencies; i++)
		MUST_HOLD(dec_eq(account_cash(a, i)->amount,
		    account_cash(b, i)->amount));
	account_faults(a, &n);
	account_faults(b, &m);
	MUST_HOLD(n == m);
}

/* Told from the last one back, as against all at once. */
static void
check_told(struct account *a, struct account *b, const struct activity *v,
    size_t n)
{
	account_fold(a, v, n);
	while (n-- > 0)
		(void)account_add(b, &v[n]);
}

/* ---- activities of bytes ----------------------------------------------- */

static struct account *
account_make(struct arena *mem, uint8_t which)
{
	struct account *a = account_open(mem, which & 1 ? 2 : 0, DAY_NONE,
	    which & 2);

	account_currency(a, 2, &rates);
	for (size_t i = 0; i < THINGS; i++)
		account_security(a, (struct security){ .currency = i / 3,
		    .multiplier = dec_of(i == 1 ? 100 : 0),
		    .percent = i == 2 });
	account_method(a, day_of(1, 1, 1), (enum cost_method)(which / 4 % 6));
	account_method(a, (day){ 19008 }, (enum cost_method)(which / 32 % 6));
	return (a);
}

static void
activity_make(const struct made *m, size_t i, struct lot_told *lots,
    struct activity *a)
{
	*a = (struct activity){ .kind = m->kind % (A_BONUS + 1),
	    .on = { 19000 + m->on % 16 }, .order = i, .origin = i,
	    .instrument = m->instrument % (THINGS + 1),
	    .into = m->into % THINGS,
	    .quantity = dec_units(m->quantity, m->quantity % 3),
	    .price = dec_units(m->price, m->price % 4),
	    .amount = m->amount == 0 ? DEC_NONE : dec_units(m->amount, 1),
	    .commission = dec_units(m->fee % 16, 1),
	    .withheld = dec_units(m->tax % 16, 2),
	    .numerator = m->ratio % 8, .denominator = m->ratio / 32,
	    .currency = m->currency % 3, .currency_into = m->currency / 4 % 3,
	    .received = dec_units(m->received, 1),
	    .accrued = dec_units(m->accrued % 8, 1),
	    .rate = dec_units(m->rate % 32, 1),
	    .price_into = dec_units(m->rate, 2), .second = m->second,
	    .lots = lots, .lot_n = m->lots % 3 };
	if (m->kind == UINT8_MAX)
		a->quantity = a->price = dec_of(INT64_C(4000000000000000000));
	lots[0] = (struct lot_told){ .origin = m->lots / 4,
	    .opened = { 18000 + m->into }, .quantity = a->lot_n == 2 ?
	    dec_units(1, 2) : a->quantity, .cost = dec_units(m->fee, 1),
	    .cost_base = DEC_NONE };
	lots[1] = lots[0];
	lots[1].quantity = dec_sub(a->quantity, lots[0].quantity);
}

static void
check_bytes(const uint8_t *data, size_t size)
{
	struct lot_told lots[MOST][2];
	struct activity v[MOST];
	struct closes closes[THINGS] = { { NULL, 0 } };
	struct calendar c = { .closes = closes };
	struct account *a, *b;
	struct arena mem;
	struct made m;
	size_t n = 0;

	arena_init(&mem, MEMORY_BYTES, NULL, NULL);
	a = account_make(&mem, size > 0 ? data[0] : 0);
	b = account_make(&mem, size > 0 ? data[0] : 0);
	for (size_t at = 1; at + sizeof(m) <= size && n < MOST;
	    at += sizeof(m), n++) {
		memcpy(&m, data + at, sizeof(m));
		activity_make(&m, n, lots[n], &v[n]);
	}
	check_told(a, b, v, n);
	check_same(a, b, THINGS, 2);
	for (int d = 0; d < 16; d++) {
		account_seek(a, (day){ 19000 + d });
		check_balance(a, &c, (day){ 19000 + d });
	}
	arena_drop(&mem);
}

/* ---- a page ------------------------------------------------------------ */

static void
check_text(str text)
{
	char line[NOTATION_LINE_MAX];
	struct calendar c;
	struct account *a, *b;
	struct arena mem;
	struct page p;

	arena_init(&mem, MEMORY_BYTES, NULL, NULL);
	if (page_read(&p, &mem, text)) {
		a = page_account(&p, &mem);
		b = page_account(&p, &mem);
		check_told(a, b, p.a, p.n);
		check_same(a, b, p.security_n, p.currency_n);
		c = page_calendar(&p);
		check_balance(a, &c, day_of(2024, 1, 1));
		for (size_t i = 0; i < p.n; i++)
			MUST_HOLD(activity_print(&p, &p.a[i], line) <
			    sizeof(line));
	} else {
		MUST_HOLD(p.wrong[0] != '\0' && p.wrong_line > 0);
	}
	arena_drop(&mem);
}

/* Bytes as words, so that lines mean something. */
static void
check_words(const uint8_t *data, size_t size)
{
	static const char *const words[] = {
		"\n", "\n2024-01-02 ", "\n2024-01-03 ", " A", " B", " 1", " 2",
		" 0.5", " -3", " at", " for", " into", " and", " units", " USD",
		" EUR", " buy", " sell", " short", " cover", " deposit",
		" transfer_in", " transfer_out", " exchange", " split",
		" merger", " spin_off", " rename", " reinvestment",
		" return_of_capital", " close", " rate", " EURUSD", " fee",
		" lot", " cost", " opened", " from", " as", " in", " percent",
		" times", "\nmethod", " hifo", " average", " specific",
		" 99999999999999999999", " worth", "\nA", "/", " #", " time",
		" 10:30", " amount", " dividend"
	};
	const size_t count = sizeof(words) / sizeof(words[0]);
	char text[4096];
	size_t n = 0, length;

	for (size_t i = 0; i < size && n < sizeof(text) - 32; i++) {
		length = strlen(words[data[i] % count]);
		memcpy(text + n, words[data[i] % count], length);
		n += length;
	}
	check_text((str){ text, n });
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_bytes(data, size);
	check_text((str){ size == 0 ? "" : (const char *)data, size });
	check_words(data, size);
	return (0);
}
