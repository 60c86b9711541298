/*
 * quality: whether bars are fit to be kept. Pure: what was known before
 * is given, and the same bars give the same doubts. It drops, orders and
 * says; it never invents a price. Inner header of ingest/.
 */
#ifndef BURSAR_INGEST_QUALITY_H
#define BURSAR_INGEST_QUALITY_H

#include "base/arena.h"
#include "feed/feed.h"

enum gate {
#define GATE(name, does, doc) GATE_##name,
#include "ingest/quality.def"
#undef GATE
	GATES
};

enum gate_does {
	GATE_BATCH,		/* nothing of the batch is kept */
	GATE_BAR,		/* the bar is not kept */
	GATE_NOTE		/* kept, and said */
};

extern const struct gate_row {
	const char	*name;
	enum gate_does	 does;
	const char	*doc;
} gates[GATES];

struct doubt {
	enum gate	gate;
	day		on;	/* the first day it is about, or DAY_NONE */
	int64_t		days;	/* on how many */
	str		detail;	/* "412.50 after 4.1250" */
};

/* A close that is kept. */
struct kept_close {
	day	day;
	dec	close;
};

/* What is known of the asset when its bars arrive. */
struct quality_ask {
	day	from, to;	/* asked for; `to` is not in the future */
	const struct kept_close *kept;	/* ascending, the newest last */
	size_t	 kept_n;
	/* Days on which a bar is due; NULL: every day. */
	bool	(*open_on)(const void *calendar, day d);
	/* Days of which that is known; NULL: all. */
	bool	(*known_on)(const void *calendar, day d);
	const void *calendar;
	const struct split *splits;	/* known ones, in any order */
	size_t	 splits_n;
};

struct quality {
	bool		 refused;	/* the whole batch */
	struct daily_bar *bars;		/* fit, ascending, a day once */
	struct intraday_bar *moments;	/* of moments_judge instead */
	size_t		 n;
	size_t		 seen;
	struct doubt	*doubts;	/* at most one a gate */
	size_t		 doubts_n;
};

/* What is known when bars within the day arrive. */
struct moments_ask {
	int	minutes;
	instant	until;		/* no bar begins later */
	dec	last;		/* the newest that is kept; or DEC_NONE */
	bool	(*open_on)(const void *calendar, day d);
	bool	(*known_on)(const void *calendar, day d);
	const void *calendar;
};

/* `bars` in any order; a price that is not told is DEC_NONE. */
void	quality_judge(struct arena *a, const struct quality_ask *ask,
	    const struct daily_bar *bars, size_t n, struct quality *out);

void	moments_judge(struct arena *a, const struct moments_ask *ask,
	    const struct intraday_bar *bars, size_t n, struct quality *out);

#endif
