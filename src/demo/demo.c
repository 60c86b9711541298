/*
 * The demonstration: a tenant with a portfolio that has a past. What it buys
 * and sells is written here; prices and dividends are the simulated
 * market's. Seeding twice changes nothing: a portfolio that has activities
 * is left alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "base/settings.h"
#include "demo/demo.h"
#include "feed/feed.h"
#include "ledger/ledger.h"
#include "market/market.h"
#include "portfolio/portfolio.h"
#include "store/store.h"

#define ENTRIES_MAX	512

/* ---- what the demonstration did ---------------------------------- */

/* Held to this day, bought at the prices that were agreed. */
static const struct {
	const char	*symbol, *quantity;
} kept[] = {
	{ "AAPL", "50" }, { "MSFT", "30" }, { "GOOGL", "25" },
	{ "TSLA", "20" }, { "NVDA", "15" }, { "AMZN", "10" },
};

/* Bought and sold again, at the close of the first market day on or after
 * the one given. */
static const struct {
	const char	*symbol, *bought, *sold, *quantity, *commission;
} closed[] = {
	{ "SPY",  "2024-01-08", "2024-06-14", "12",  "1.00" },
	{ "META", "2024-02-12", "2024-08-05", "10",  "1.00" },
	{ "KO",   "2024-03-18", "2025-02-10", "60",  "1.00" },
	{ "JPM",  "2024-05-06", "2024-11-18", "25",  "1.00" },
	{ "DIS",  "2024-07-22", "2025-01-13", "35",  "1.00" },
	{ "XOM",  "2024-09-09", "2025-04-07", "30",  "1.00" },
	{ "GLD",  "2024-10-14", "2025-06-23", "20",  "1.00" },
	{ "QQQ",  "2025-01-21", "2025-07-14", "8",   "1.00" },
	{ "V",    "2025-03-10", "2025-10-06", "14",  "1.00" },
	{ "JNJ",  "2025-05-19", "2025-12-08", "22",  "1.00" },
	{ "WMT",  "2025-08-11", "2026-03-02", "40",  "1.00" },
	{ "PG",   "2025-11-03", "2026-05-18", "20",  "1.00" },
	{ "KO",   "2026-01-12", "2026-07-20", "50",  "1.00" },
	{ "TLT",  "2026-03-16", "2026-09-14", "45",  "1.00" },
};

static const struct {
	const char	*on, *amount;
} withdrawals[] = {
	{ "2024-08-19", "2500.00" }, { "2025-07-28", "4000.00" },
	{ "2026-06-15", "3000.00" },
};

#define FIRST_DAY	"2024-01-02"
#define FIRST_DEPOSIT	"60000.00"
#define MONTHLY_DEPOSIT	"750.00"
#define YEARLY_FEE	"24.00"

/* ---- entries ----------------------------------------------------- */

struct story {
	struct flow	*f;
	day		 today;
	struct entry	 entries[ENTRIES_MAX];
	size_t		 n;
};

static day
day_text(const char *z)
{
	day d;

	return (day_parse(str_of(z), &d) ? d : DAY_NONE);
}

static dec
dec_text(const char *z)
{
	dec d;

	return (dec_parse(str_of(z), &d) == OK ? d : DEC_NONE);
}

static struct entry *
tell(struct story *s, enum activity_kind kind, day on, const char *symbol)
{
	struct entry *e;

	if (s->n == ENTRIES_MAX || day_cmp(on, s->today) > 0)
		return (NULL);
	e = &s->entries[s->n++];
	*e = (struct entry){ .kind = (int)kind, .symbol = str_of(symbol),
	    .quantity = DEC_NONE, .price = DEC_NONE, .amount = DEC_NONE,
	    .commission = DEC_ZERO, .withheld = DEC_ZERO, .on = on };
	return (e);
}

static void
tell_cash(struct story *s, enum activity_kind kind, day on,
    const char *amount, const char *note)
{
	struct entry *e;

	if ((e = tell(s, kind, on, NULL)) == NULL)
		return;
	e->amount = dec_text(amount);
	e->note = str_of(note);
}

static void
tell_trade(struct story *s, enum activity_kind kind, const char *symbol,
    day on, dec quantity, dec price, const char *commission)
{
	struct entry *e;

	if ((e = tell(s, kind, on, symbol)) == NULL)
		return;
	e->quantity = quantity;
	e->price = price;
	e->commission = dec_text(commission);
}

/* The dividends of what was held from one day to another. */
static void
tell_dividends(struct story *s, const char *symbol, dec quantity, day from,
    day to)
{
	const struct dividend *d;
	struct entry *e;
	struct list list;
	size_t i;

	if (feed_simulated.dividends(s->f, str_of(symbol), day_add(from, 1),
	    to, &list) != FEED_OK)
		return;
	d = list.v;
	for (i = 0; i < list.n; i++) {
		e = tell(s, A_DIVIDEND, day_add(d[i].ex_day, 14), symbol);
		if (e == NULL)
			continue;
		e->amount = trade_amount(quantity, d[i].amount, 2);
		e->withheld = dec_round(dec_mul(e->amount,
		    dec_text("0.15")), 2);
		if (dec_sign(e->amount) <= 0)
			s->n--;
	}
}

/* Bought at the first agreed price; AMZN sold at the second. */
static void
tell_kept(struct story *s)
{
	const struct sim_anchor *a;
	day bought, sold;
	dec quantity;
	size_t i;

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		quantity = dec_text(kept[i].quantity);
		bought = sold = DAY_NONE;
		for (a = sim_anchors; a->symbol != NULL; a++) {
			if (strcmp(a->symbol, kept[i].symbol) != 0)
				continue;
			if (!day_ok(bought))
				bought = day_text(a->day);
			else
				sold = day_text(a->day);
			tell_trade(s, day_ok(sold) ? A_SELL : A_BUY,
			    a->symbol, day_text(a->day), quantity,
			    dec_text(a->price), "0");
		}
		tell_dividends(s, kept[i].symbol, quantity, bought,
		    day_ok(sold) ? sold : s->today);
	}
}

/* The close of the first market day on or after `from`. */
static bool
close_from(struct story *s, const char *symbol, day from, day *on,
    dec *price)
{
	struct daily_bar *bars;

	if (sim_bars(&s->f->arena, str_of(symbol), from, day_add(from, 10),
	    &bars) == 0)
		return (false);
	*on = bars[0].day;
	*price = bars[0].close;
	return (true);
}

static void
tell_closed(struct story *s)
{
	day bought, sold;
	dec quantity, price;
	size_t i;

	for (i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		quantity = dec_text(closed[i].quantity);
		if (!close_from(s, closed[i].symbol,
		    day_text(closed[i].bought), &bought, &price))
			continue;
		tell_trade(s, A_BUY, closed[i].symbol, bought, quantity,
		    price, closed[i].commission);
		sold = s->today;
		if (close_from(s, closed[i].symbol, day_text(closed[i].sold),
		    &sold, &price))
			tell_trade(s, A_SELL, closed[i].symbol, sold,
			    quantity, price, closed[i].commission);
		tell_dividends(s, closed[i].symbol, quantity, bought, sold);
	}
}

static void
tell_money(struct story *s)
{
	day first, on;
	size_t i;
	int month;

	first = day_text(FIRST_DAY);
	tell_cash(s, A_DEPOSIT, first, FIRST_DEPOSIT, "Opening deposit");
	for (month = 1; month < 240; month++) {
		on = day_add_months(first, month);
		tell_cash(s, A_DEPOSIT, on, MONTHLY_DEPOSIT,
		    "Monthly savings");
		if (month % 12 == 0)
			tell_cash(s, A_FEE, on, YEARLY_FEE, "Custody fee");
		if (month % 3 == 0)
			tell_cash(s, A_INTEREST, on, "18.75",
			    "Interest on cash");
	}
	for (i = 0; i < sizeof(withdrawals) / sizeof(withdrawals[0]); i++)
		tell_cash(s, A_WITHDRAWAL, day_text(withdrawals[i].on),
		    withdrawals[i].amount, "Withdrawal");
}

/* ---- seeding ----------------------------------------------------- */

struct seed {
	const char	*tenant, *user, *name, *password;
	enum role	 role;
	bool		 empty;
};

static enum err
portfolio_seed(struct flow *f, struct portfolio *p)
{
	enum err e;

	e = portfolio_resolve(f, UUID_NONE, p);
	if (e != E_NOT_FOUND)
		return (e);
	return (portfolio_add(f, S("Main portfolio"), S("USD"),
	    str_of(settings.benchmark), DAY_NONE, p));
}

static enum err
story_record(struct flow *f, const struct portfolio *p)
{
	struct story *s;
	struct list there;

	TRY(portfolio_activities(f, p->id, false, 1, &there));
	if (there.n > 0)
		return (OK);
	s = ARENA_NEW(&f->arena, struct story);
	s->f = f;
	s->today = sim_today();
	tell_money(s);
	tell_kept(s);
	tell_closed(s);
	printf("recording %zu activities ...\n", s->n);
	fflush(stdout);
	TRY(store_begin(f));
	TRY(portfolio_record(f, NULL, p->id, s->entries, s->n, NULL));
	return (store_commit(f));
}

static enum err
seed_run(struct flow *f, const struct seed *s)
{
	struct portfolio p;
	int64_t bars;

	TRY(auth_seed(f, str_of(s->tenant), str_of(s->user),
	    str_of(s->name), str_of(s->password), s->role, &f->who.tenant,
	    &f->who.user));
	f->who.role = s->role;
	printf("tenant %s, user %s\n", s->tenant, s->user);
	if (!s->empty) {
		printf("filling the simulated market ...\n");
		fflush(stdout);
		TRY(market_simulated_rates(f, true));
		TRY(market_simulated(f, &bars));
		printf("%lld bars\n", (long long)bars);
	}
	TRY(portfolio_seed(f, &p));
	if (!s->empty)
		TRY(story_record(f, &p));
	return (OK);
}

static enum role
role_of(const char *word)
{
	int i;

	for (i = 0; role_names[i] != NULL; i++)
		if (strcmp(role_names[i], word) == 0)
			return ((enum role)i);
	return (ROLE_NONE);
}

static bool
seed_words(int argc, char **argv, struct seed *s)
{
	int i;

	*s = (struct seed){ "Demo", "demo", "Demo", "demo123", ROLE_OWNER,
	    false };
	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--empty") == 0)
			s->empty = true;
		else if (i + 1 == argc)
			return (false);
		else if (strcmp(argv[i], "--tenant") == 0)
			s->tenant = argv[++i];
		else if (strcmp(argv[i], "--user") == 0)
			s->name = s->user = argv[++i];
		else if (strcmp(argv[i], "--password") == 0)
			s->password = argv[++i];
		else if (strcmp(argv[i], "--role") == 0)
			s->role = role_of(argv[++i]);
		else
			return (false);
	}
	return (s->role != ROLE_NONE);
}

int
demo_seed(struct flow *f, int argc, char **argv)
{
	struct seed s;
	enum err e;

	if (!seed_words(argc, argv, &s)) {
		fprintf(stderr, "bursar: seed [--tenant NAME --user NAME "
		    "--password WORD --role ROLE] [--empty]\n");
		return (2);
	}
	if ((e = store_await(f)) == OK)
		e = seed_run(f, &s);
	if (e != OK) {
		fprintf(stderr, "bursar: %s\n", f->fault != NULL ? f->fault :
		    err_row(e)->title);
		return (1);
	}
	return (0);
}
