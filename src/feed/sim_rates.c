/*
 * The simulated market's rates of exchange: what one euro was each day that
 * the European Central Bank would have fixed one, for currencies it fixes.
 * Each strays from an anchor and is drawn back; the dollar draws others
 * along. Whatever range is asked for, a day's rates are the same.
 */
#include "feed/needs.h"
#include "feed/sim.h"

#define PULL .004 /* of the way back to the anchor, a day */
#define FIXED_S (15 * 3600) /* when the day's rates are told, UTC */

static const struct {
	const char *currency;
	double anchor;
	int places;
	double dollar, own; /* daily volatility with the dollar, and alone */
} models[] = {
	{ "USD", 1.0820, 4, .0045, 0 },
	{ "JPY", 161.40, 2, .0020, .0050 },
	{ "GBP", .84700, 5, .0010, .0030 },
	{ "CHF", .95300, 4, .0008, .0030 },
	{ "AUD", 1.6400, 4, .0012, .0050 },
	{ "CAD", 1.4820, 4, .0030, .0030 },
	{ "SEK", 11.430, 4, .0005, .0040 },
	{ "NOK", 11.630, 4, .0005, .0050 },
	{ "DKK", 7.4590, 4, 0, .00005 },
	{ "PLN", 4.3060, 4, .0004, .0035 },
	{ "HKD", 8.4450, 4, .0045, .0002 },
	{ "SGD", 1.4460, 4, .0028, .0020 },
	{ "CNY", 7.7870, 4, .0040, .0015 },
	{ "INR", 90.560, 4, .0040, .0020 },
	{ "MXN", 19.830, 4, .0030, .0060 },
	{ "BRL", 5.8280, 4, .0025, .0080 },
};

#define CURRENCIES (sizeof(models) / sizeof(models[0]))

/* How far each is from its anchor, and one more: the dollar's own walk. */
struct walk {
	double off[CURRENCIES];
	uint64_t seeds[CURRENCIES], dollar;
	uint64_t n; /* days so far */
};

static struct walk
walk_begin(void)
{
	struct walk w = { .dollar = sim_seed("the dollar") };
	char name[] = "rate of ...";

	for (size_t i = 0; i < CURRENCIES; i++) {
		for (int k = 0; k < 3; k++)
			name[8 + k] = models[i].currency[k];
		w.seeds[i] = sim_seed(name);
	}
	return (w);
}

static void
walk_day(struct walk *w)
{
	double dollar = sim_normal(w->dollar, w->n);

	for (size_t i = 0; i < CURRENCIES; i++)
		w->off[i] += models[i].dollar * dollar +
		    models[i].own * sim_normal(w->seeds[i], w->n) -
		    PULL * w->off[i];
	w->n++;
}

static void
walk_tell(const struct walk *w, day d, struct fx_rate *out)
{
	double scale;

	for (size_t i = 0; i < CURRENCIES; i++) {
		scale = 1;
		for (int k = 0; k < models[i].places; k++)
			scale *= 10;
		out[i] = (struct fx_rate){ S("EUR"),
			str_of(models[i].currency), d,
			dec_units((int64_t)(models[i].anchor *
			    (1 + w->off[i]) * scale + .5), models[i].places) };
	}
}

size_t
sim_rates(struct arena *a, day from, day to, struct fx_rate **out)
{
	struct walk w = walk_begin();
	day d, last = sim_day_past(FIXED_S);
	size_t n = 0;

	*out = NULL;
	if (day_cmp(to, last) > 0)
		to = last;
	if (day_cmp(from, to) > 0)
		return (0);
	*out = ARENA_MANY(a, (size_t)(day_between(from, to) + 1) * CURRENCIES,
	    struct fx_rate);
	for (d = day_of(SIM_FIRST_YEAR, 1, 4); day_cmp(d, to) <= 0;
	     d = day_add(d, 1)) {
		if (!sim_fixed_on(d))
			continue;
		walk_day(&w);
		if (day_cmp(d, from) < 0)
			continue;
		walk_tell(&w, d, *out + n);
		n += CURRENCIES;
	}
	return (n);
}
