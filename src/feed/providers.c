/*
 * Which providers there are, which of them may be asked, and in what order.
 * Whoever needs a key has one or is passed over; whoever forbids automatic
 * use is asked only where the operator has named it.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"

const struct provider *const providers[] = { &provider_simulated, &provider_csv,
	&provider_finnhub, &provider_alphavantage, &provider_yahoo,
	&provider_frankfurter, &provider_ecb, &provider_sec, &provider_openfigi,
	&provider_fred, NULL };

const char *const feed_need_names[] = { "quote", "profile", "search", "symbols",
	"bars", "intraday", "dividends", "splits", "fx", "facts", "filings",
	"metrics", "identity", "series", NULL };

/* The order unless settings.feed_order has another for a need. */
static const char *const orders[FEED_NEEDS] = {
	[FOR_QUOTE] = "simulated,finnhub,yahoo,alphavantage",
	[FOR_PROFILE] = "simulated,finnhub,yahoo,alphavantage",
	[FOR_SEARCH] = "simulated,finnhub,yahoo,alphavantage",
	[FOR_SYMBOLS] = "sec,finnhub",
	[FOR_BARS] = "csv,finnhub,yahoo,alphavantage",
	[FOR_INTRADAY] = "finnhub,yahoo,alphavantage",
	[FOR_DIVIDENDS] = "finnhub,yahoo,alphavantage",
	[FOR_SPLITS] = "finnhub,yahoo,alphavantage",
	[FOR_FX] = "ecb,frankfurter,alphavantage",
	[FOR_FACTS] = "sec",
	[FOR_FILINGS] = "sec",
	[FOR_METRICS] = "finnhub,alphavantage",
	[FOR_IDENTITY] = "openfigi",
	[FOR_SERIES] = "fred",
};

const struct provider *
provider_of(str name)
{
	for (size_t i = 0; providers[i] != NULL; i++)
		if (str_eqz(name, providers[i]->name))
			return (providers[i]);
	return (NULL);
}

bool
provider_answers(const struct provider *p, enum feed_need need)
{
	const bool has[FEED_NEEDS] = {
		[FOR_QUOTE] = p->quote != NULL,
		[FOR_PROFILE] = p->profile != NULL,
		[FOR_SEARCH] = p->search != NULL,
		[FOR_SYMBOLS] = p->symbols != NULL,
		[FOR_BARS] = p->bars != NULL,
		[FOR_INTRADAY] = p->intraday != NULL,
		[FOR_DIVIDENDS] = p->dividends != NULL,
		[FOR_SPLITS] = p->splits != NULL,
		[FOR_FX] = p->fx != NULL,
		[FOR_FACTS] = p->facts != NULL,
		[FOR_FILINGS] = p->filings != NULL,
		[FOR_METRICS] = p->metrics != NULL,
		[FOR_IDENTITY] = p->identify != NULL,
		[FOR_SERIES] = p->series != NULL,
	};

	return (has[need]);
}

bool
list_names(const char *list, const char *word)
{
	str rest = str_of(list), part;

	while (str_cut(&rest, ',', &part))
		if (str_eqz(str_trim(part), word))
			return (true);
	return (false);
}

static bool
made_up(void)
{
	return (
	    settings.feed == NULL || strcmp(settings.feed, "simulated") == 0);
}

static bool
said(const char *setting)
{
	return (setting != NULL && setting[0] != '\0');
}

bool
provider_enabled(const struct provider *p)
{
	if (p == &provider_simulated)
		return (made_up());
	if (p->address != NULL && !said(*p->address))
		return (false);
	if (said(settings.providers))
		return (list_names(settings.providers, p->name));
	return (!made_up() &&
	    (!p->named_only || strcmp(settings.feed, p->name) == 0));
}

str
provider_key(const struct provider *p)
{
	return (p->key_setting != NULL && said(*p->key_setting)
		? str_trim(str_of(*p->key_setting))
		: S(""));
}

bool
provider_shares(const struct provider *p)
{
	return (!p->unshared || list_names(settings.shared_licences, p->name));
}

/* settings.feed_order: "bars=yahoo,csv fx=frankfurter" */
static str
order_of(enum feed_need need)
{
	str rest = str_of(settings.feed_order), part, name;

	while (str_cut(&rest, ' ', &part))
		if (str_cut(&part, '=', &name) &&
		    str_eqz(name, feed_need_names[need]))
			return (part);
	return (str_of(orders[need]));
}

/*
 * Prices that are made up are not mixed with others: while quotes are, nobody
 * else tells any; and history is only asked for of what is real.
 */
static bool
fits(const struct provider *p, enum feed_need need)
{
	if (p == NULL || !provider_answers(p, need) || !provider_enabled(p))
		return (false);
	return (p == &provider_simulated ? need <= FOR_SEARCH
					 : !made_up() || need > FOR_SEARCH);
}

const struct provider *
provider_at(enum feed_need need, size_t n)
{
	const struct provider *first = provider_of(str_of(settings.feed)), *p;
	str rest = order_of(need), name;

	/* Whoever gives the feed its name is asked first for prices of now. */
	if (need > FOR_SEARCH)
		first = NULL;
	if (fits(first, need) && n-- == 0)
		return (first);
	while (str_cut(&rest, ',', &name)) {
		p = provider_of(str_trim(name));
		if (p != first && fits(p, need) && n-- == 0)
			return (p);
	}
	return (NULL);
}
