/*
 * Rolling on as a job: whoever brings bars asks for it, and it looks every
 * few minutes all the same. Its log says nothing of whose portfolios.
 */
#include "jobs/jobs.h"
#include "portfolio/portfolio.h"

static enum err
roll(struct job *j)
{
	return (portfolio_roll(j->f));
}

/* One may wait while another is at work: it may have passed by already. */
static const struct job_kind roll_kind = {
	.name = "portfolio.roll",
	.doc = "Portfolios' days follow what the market said.",
	.shared = true, .unique = JOB_ONE_WAITING, .at_once = 1,
	.priority = 5, .timeout_s = 600, .cron = "*/5 * * * *", .run = roll,
};

const struct job_kind *const portfolio_jobs[] = { &roll_kind, NULL };

enum err
portfolio_roll_soon(struct flow *f)
{
	return (job_enqueue(f, &roll_kind, NULL, NULL));
}
