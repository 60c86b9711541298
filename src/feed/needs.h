/*
 * needs: what can be had from many providers. For each need the providers
 * are asked in the order of settings.feed_order until one has it; the answer
 * says which one that was. Part of feed.h.
 */
#ifndef BURSAR_FEED_NEEDS_H
#define BURSAR_FEED_NEEDS_H

#include "base/field.h"
#include "flow/flow.h"

enum feed_need {
	FOR_QUOTE, FOR_PROFILE, FOR_SEARCH, FOR_SYMBOLS, FOR_BARS,
	FOR_INTRADAY, FOR_DIVIDENDS, FOR_SPLITS, FOR_FX, FOR_FACTS,
	FOR_FILINGS, FOR_METRICS, FOR_IDENTITY, FOR_SERIES, FEED_NEEDS
};
extern const char *const feed_need_names[];	/* "quote" .. NULL */

/*
 * Who answered, and with whose key. Zeroed before the call only the
 * installation's keys are used. With `.mine` set keys of f->who.tenant's own
 * go first, with `.only` no others are used; `.own` then tells that the
 * answer came with such a key under a licence that forbids sharing: it is for
 * that tenant alone, and kept nowhere that others read.
 */
struct feed_source {
	bool		 mine, only;	/* asked */
	bool		 own;		/* told */
	bool		 raw;		/* told: prices and dividends as paid
					   on the day; else in units after
					   later splits */
	bool		 called;	/* told: a call was made; else a
					   refusal is remembered */
	const char	*provider;	/* told: who answered, else who failed
					   last; NULL: nobody is set up */
	/* Asked: whether a list is fit, with .provider and .raw told. FEED_OK,
	 * or what the next provider is asked for; NULL: any is. */
	enum feed_answer (*judge)(struct flow *f, struct list *list,
			    const struct feed_source *source);
	void		*arg;		/* judge's own */
};

struct intraday_bar {
	instant	at;			/* its first moment */
	dec	open, high, low, close;
	dec	volume;
};

/* Units of `quote` for one `base`. */
struct fx_rate {
	str	base, quote;
	day	day;
	dec	rate;
};

/* A symbol that a provider lists. */
struct listing {
	str	symbol;
	str	name;
	str	kind;			/* as struct match */
	str	currency;
	str	mic;
	str	isin, figi, composite_figi, share_class_figi;
	str	cik;			/* ten digits */
};

/* What a company reported: of a period, or at its end when it starts there. */
struct fact {
	str	metric;			/* "us-gaap:Revenues" */
	str	unit;			/* "USD", "shares", "USD/shares" */
	day	period_start, period_end;
	dec	value;
	int64_t	fiscal_year;		/* LONG_NONE when not told */
	str	fiscal_period;		/* "FY", "Q1" */
	str	form;			/* "10-K" */
	day	filed;
	str	accession;
};

struct filing {
	str	accession;
	str	form;
	day	filed;
	day	period_end;		/* DAY_NONE when not told */
	instant	accepted;		/* INSTANT_NONE when not told */
	str	document;		/* file name of the main document */
};

struct company {
	str		cik;		/* ten digits */
	str		name;
	str		sic, industry;
	str		year_end;	/* "MMDD" */
	struct list	tickers;	/* of str */
	struct list	exchanges;	/* of str, as many */
};

/* A figure of today, such as "beta"; ratios in % as the provider has them. */
struct metric {
	str	name;
	dec	value;
};

/* A name that something goes by, to find its others. */
struct identity_ask {
	str	kind;		/* isin cusip sedol wkn figi ticker */
	str	value;
	str	exchange;	/* narrows it down: "US"; or STR_NONE */
};

struct identity {
	size_t	ask;		/* index of what was asked */
	str	figi, composite_figi, share_class_figi;
	str	ticker, name, exchange, kind, sector;
};

struct series_point {
	day	day;
	dec	value;
};

/*
 * Lists are of the flow's arena and as their provider told them, but cut to
 * from <= day <= to, and minor units (pence) have become units. Bars, rates,
 * dividends and splits may be in any order, twice, of a day to come or
 * without sense: that is for `judge` to say. Points of series ascend. Bars are
 * adjusted for splits as their provider has it and not for dividends. FEED_OK
 * with an empty list: it is known that there is nothing. FEED_NO_DATA: nobody
 * has it. FEED_NOBODY: no provider is set up for it. `source` may be NULL.
 */
/* struct daily_bar */
enum feed_answer feed_bars(struct flow *f, str symbol, day from, day to,
	    struct list *out, struct feed_source *source);
/* struct intraday_bar; minutes: 1, 5, 15, 30 or 60 */
enum feed_answer feed_intraday(struct flow *f, str symbol, int minutes,
	    instant from, instant to, struct list *out,
	    struct feed_source *source);
/* struct dividend, struct split */
enum feed_answer feed_dividends(struct flow *f, str symbol, day from,
	    day to, struct list *out, struct feed_source *source);
enum feed_answer feed_splits(struct flow *f, str symbol, day from, day to,
	    struct list *out, struct feed_source *source);
/* struct fx_rate, every currency that is told, base EUR */
enum feed_answer feed_fx(struct flow *f, day from, day to, struct list *out,
	    struct feed_source *source);
/* struct listing; exchange "US" */
enum feed_answer feed_symbols(struct flow *f, str exchange,
	    struct list *out, struct feed_source *source);
/* struct fact by (metric, unit, period), each the one filed last; `cik` is
 * digits, with or without leading zeros */
enum feed_answer feed_facts(struct flow *f, str cik, struct list *out,
	    struct feed_source *source);
/* struct filing, newest first */
enum feed_answer feed_filings(struct flow *f, str cik, struct company *who,
	    struct list *out, struct feed_source *source);
/* struct metric */
enum feed_answer feed_metrics(struct flow *f, str symbol, struct list *out,
	    struct feed_source *source);
/* struct identity in the order of what was asked; of one ask none or many.
 * Any number of asks: calls are made as the provider's limits want. */
enum feed_answer feed_identify(struct flow *f,
	    const struct identity_ask *asks, size_t n, struct list *out,
	    struct feed_source *source);
/* struct series_point; `id` as the provider calls it: "DGS3MO" */
enum feed_answer feed_series(struct flow *f, str id, day from, day to,
	    struct list *out, struct feed_source *source);

/* The enum err and sentence for an answer that is not FEED_OK. */
enum err feed_need_err(struct flow *f, enum feed_answer a,
	    enum feed_need need, const struct feed_source *s, str about);

/*
 * Where trades are streamed from: `url` holds the key and must not be logged
 * or shown. One connection per key is allowed, over all processes: `lock` is
 * a name for that, the same for the same key and telling nothing about it.
 */
struct feed_stream {
	const char	*provider;
	str		 url;
	str		 lock;
	int64_t		 symbols_max;
};
enum feed_answer feed_stream(struct flow *f, struct feed_stream *out);

#endif
