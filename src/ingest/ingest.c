/*
 * The kinds of jobs, their schedules among them. Times are of the market the
 * schedule is about; what is up to date already costs a look.
 */
#include "ingest/ingest.h"
#include "ingest/sweep.h"

static enum err
daily_run(struct job *j)
{
	return (sweep(j, "daily", false, daily_take));
}

/* What is made up is brought while it is the feed, and of it alone. */
static enum err
intraday_run(struct job *j)
{
	bool open;

	if (feed_current()->simulated)
		TRY(intraday_simulated(j));
	TRY(intraday_open(j, &open));
	return (open ? sweep(j, "intraday", false, intraday_take) : OK);
}

static enum err
events_run(struct job *j)
{
	return (sweep(j, "events", false, events_take));
}

static enum err
profile_run(struct job *j)
{
	return (sweep(j, "profile", false, profile_take));
}

static enum err
facts_run(struct job *j)
{
	return (sweep(j, "fundamentals", false, facts_take));
}

static enum err
identity_run(struct job *j)
{
	return (sweep(j, "identity", false, identity_take));
}

/* What anybody holds is kept up to date without being asked for. */
static enum err
held_run(struct job *j)
{
	return (market_track_held(j->f));
}

/* What somebody asked for goes at once, need by need. */
static enum err
wanted_run(struct job *j)
{
	static const struct {
		const char	*need;
		take_fn		 take;
	} each[] = {
		{ "profile", profile_take },
		{ "events", events_take },
		{ "daily", daily_take },
		{ "intraday", intraday_take },
		{ "identity", identity_take },
		{ "fundamentals", facts_take },
	};
	struct swept *s = j->state;
	size_t i;

	for (i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		*s = (struct swept){ .after = UUID_NONE };
		TRY(sweep(j, each[i].need, true, each[i].take));
	}
	return (OK);
}

#define HOUR_S 3600

static const struct job_kind held = {
	.name = "ingest.held", .doc = "What is held is kept up to date.",
	.shared = true, .unique = JOB_ONE_WAITING, .priority = 5,
	.cron = "*/10 * * * *", .run = held_run
};

static const struct job_kind wanted = {
	.name = "ingest.wanted", .doc = "What somebody asked to be brought.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.priority = 4, .timeout_s = HOUR_S, .at_once = 1,
	.cron = "* * * * *", .run = wanted_run
};

static const struct job_kind daily = {
	.name = "ingest.daily", .doc = "Daily bars of sessions that are over.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = 6 * HOUR_S, .at_once = 1,
	.cron = "20 * * * *", .run = daily_run
};

static const struct job_kind intraday = {
	.name = "ingest.intraday", .doc = "Bars within the day.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = HOUR_S, .at_once = 1, .priority = 1,
	.cron = "2-59/5 * * * *", .run = intraday_run
};

static const struct job_kind tidy = {
	.name = "ingest.tidy", .doc = "Bars within the day that are too old.",
	.shared = true, .unique = JOB_ONE_ACTIVE, .timeout_s = HOUR_S,
	.at_once = 1, .cron = "40 4 * * *", .run = tidy_run
};

static const struct job_kind events = {
	.name = "ingest.events", .doc = "Dividends and splits.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = 6 * HOUR_S, .at_once = 1,
	.cron = "0 5 * * 2-6", .zone = "America/New_York", .run = events_run
};

static const struct job_kind rates = {
	.name = "ingest.rates", .doc = "Rates of exchange of central banks.",
	.shared = true, .unique = JOB_ONE_ACTIVE, .timeout_s = 600,
	.at_once = 1, .priority = 2,
	.cron = "15 16-18 * * 1-5", .zone = "Europe/Berlin", .run = rates_run
};

static const struct job_kind profiles = {
	.name = "ingest.profiles", .doc = "Profiles older than a week.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = 6 * HOUR_S, .at_once = 1,
	.cron = "30 3 * * *", .run = profile_run
};

static const struct job_kind fundamentals = {
	.name = "ingest.fundamentals", .doc = "What companies reported.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = 6 * HOUR_S, .at_once = 1,
	.cron = "0 2 * * *", .zone = "America/New_York", .run = facts_run
};

static const struct job_kind identities = {
	.name = "ingest.identities", .doc = "Names instruments go by.",
	.state = SHAPE(swept), .shared = true, .unique = JOB_ONE_ACTIVE,
	.timeout_s = 6 * HOUR_S, .at_once = 1,
	.cron = "0 1 * * *", .run = identity_run
};

const struct job_kind *const ingest_jobs[] = {
	&held, &wanted, &daily, &intraday, &tidy, &events, &rates, &profiles,
	&fundamentals, &identities, NULL
};
