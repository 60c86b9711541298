/*
 * sweep: going over all that shall be kept up to date with one need, one
 * instrument after the other, each with memory of its own, so that a run of
 * thousands goes on where it was when it is interrupted. Inner header of
 * ingest/.
 */
#ifndef BURSAR_INGEST_SWEEP_H
#define BURSAR_INGEST_SWEEP_H

#include "jobs/jobs.h"
#include "market/market.h"

/* What a run keeps for its next attempt. */
struct swept {
	uuid	after;			/* the last that was gone over */
	int64_t	looked, taken, failed;
	int64_t	added, corrected;	/* rows */
};
extern const struct field swept_fields[];

/* What became of one instrument. */
struct took {
	enum feed_answer answer;	/* FEED_OK: well */
	bool	 idle;			/* there was nothing to do */
	bool	 passed;		/* left as it is, and nothing noted */
	day	 watermark;		/* DAY_NONE: as before */
	int64_t	 added, corrected;
	str	 why;			/* it failed for; STR_NONE: answer's */
};

typedef enum err (*take_fn)(struct job *j, const struct tracked *t,
	    struct took *out);

/*
 * Call `take` for each that is tracked for `need` (`wanted`: only what was
 * asked for). What it answers other than OK ends the attempt: the database
 * is away. A provider that fails for an instrument is noted and passed over;
 * one that asks for patience lets the run wait.
 */
enum err sweep(struct job *j, const char *need, bool wanted, take_fn take)
	    MUSTCHECK;

/* Done well within a week, and nobody asked since. */
bool	track_fresh(const struct tracked *t);

enum err daily_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
enum err intraday_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
/* Whether it is worth while to go over all. */
enum err intraday_open(struct job *, bool *open) MUSTCHECK;
/* Those of the simulated market, while that is the feed. */
enum err intraday_simulated(struct job *) MUSTCHECK;
/* What is older than the settings keep goes. */
enum err tidy_run(struct job *) MUSTCHECK;
enum err events_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
enum err profile_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
enum err facts_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
enum err identity_take(struct job *, const struct tracked *, struct took *)
	    MUSTCHECK;
enum err rates_run(struct job *) MUSTCHECK;

#endif
