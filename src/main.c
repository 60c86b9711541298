/*
 * Bursar: one binary, a word for what it shall do. Here the capabilities are
 * joined to what lies below them; nothing else is decided here.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analytics/analytics.h"
#include "auth/auth.h"
#include "base/settings.h"
#include "cache/cache.h"
#include "calc/calc.h"
#include "dashboard/dashboard.h"
#include "demo/demo.h"
#include "feed/feed.h"
#include "http/http.h"
#include "ingest/ingest.h"
#include "jobs/jobs.h"
#include "market/market.h"
#include "portfolio/portfolio.h"
#include "store/store.h"
#include "system/system.h"

static const struct capability *const capabilities[] = {
	&auth_capability,
	&portfolio_capability,
	&analytics_capability,
	&market_capability,
	&jobs_capability,
	&providers_capability,
	&dashboard_capability,
	&system_capability,
	NULL
};

static const struct feed_vault vault = {
	auth_seal, auth_unseal, auth_fingerprint
};

static const struct job_kind *const *const job_tables[] = {
	jobs_jobs,
	ingest_jobs,
	portfolio_jobs,
	NULL
};

static int
complain(const char *why)
{
	fprintf(stderr, "bursar: %s\n", why);
	return (1);
}

/* ---- serve ------------------------------------------------------- */

static void
worker_start(void)
{
	char why[256];

	store_open(settings.database_url,
	    (size_t)settings.database_connections);
	cache_open(settings.redis_url, settings.redis_timeout_ms);
	if (feed_open(why, sizeof(why)) == NULL) {
		LOG(LOG_ERROR, "feed", LZ("why", why));
		exit(1);
	}
	market_start();
}

static void
worker_stop(void)
{
	store_close();
	cache_close();
	feed_close();
}

/* Everything that can be known to be wrong is said before the first fork. */
static bool
serve_ready(void)
{
	unsigned char key[32];
	char why[512];

	if (!auth_open(why, sizeof(why)) ||
	    store_check(settings.database_url, why, sizeof(why)) !=
	    MIGRATE_OK || feed_open(why, sizeof(why)) == NULL) {
		(void)complain(why);
		return (false);
	}
	feed_close();
	feed_seal_with(&vault);
	auth_key("cursor", key);
	http_key(key);
	http_streams(auth_sessions_alive);
	meter_open((size_t)settings.workers);
	if (!http_prepare(capabilities, auth_identify) ||
	    !jobs_prepare(job_tables))
		return (false);
	portfolio_on_change(analytics_refresh);
	market_on_bars(portfolio_roll);
	if (!http_files(settings.app_dir, why, sizeof(why)))
		LOG(LOG_WARN, "no web app", LZ("why", why));
	return (true);
}

static int
run_serve(int argc, char **argv)
{
	(void)argv;
	if (argc > 0)
		return (complain("serve takes no words"));
	return (serve_ready() ? http_serve(worker_start, worker_stop) : 1);
}

/* ---- work -------------------------------------------------------- */

static bool
work_start(void)
{
	char why[512];

	if (!auth_open(why, sizeof(why)) ||
	    store_check(settings.database_url, why, sizeof(why)) !=
	    MIGRATE_OK || feed_open(why, sizeof(why)) == NULL) {
		(void)complain(why);
		return (false);
	}
	feed_seal_with(&vault);
	meter_open(1);
	meter_join(0);
	store_open(settings.database_url, (size_t)settings.work_jobs + 2);
	cache_open(settings.redis_url, settings.redis_timeout_ms);
	portfolio_on_change(analytics_refresh);
	market_on_bars(portfolio_roll_soon);
	return (jobs_prepare(job_tables));
}

static void
work_stop(void)
{
	store_close();
	cache_close();
	feed_close();
	job_close();
}

static int
run_work(int argc, char **argv)
{
	return (jobs_work(argc, argv, work_start, work_stop));
}

/* ---- tools ------------------------------------------------------- */

/* The password in a file of our own making, mode 0600. */
static bool
password_file(const char *name, char *out, size_t size)
{
	unsigned char raw[24];
	FILE *fp;
	size_t i;
	int fd;

	if ((fp = fopen(name, "r")) != NULL) {
		if (fgets(out, (int)size, fp) == NULL)
			out[0] = '\0';
		fclose(fp);
		out[strcspn(out, "\n")] = '\0';
		return (out[0] != '\0');
	}
	random_bytes(raw, sizeof(raw));
	for (i = 0; i < sizeof(raw) && i * 2 + 2 < size; i++)
		snprintf(out + i * 2, 3, "%02x", raw[i]);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd == -1 || (fp = fdopen(fd, "w")) == NULL)
		return (false);
	fprintf(fp, "%s\n", out);
	return (fclose(fp) == 0);
}

static int
run_migrate(int argc, char **argv)
{
	char password[128];

	if (argc != 0 && (argc != 2 ||
	    strcmp(argv[0], "--app-password-file") != 0))
		return (complain("migrate [--app-password-file FILE]"));
	if (store_migrate(settings.owner_url, stdout) != MIGRATE_OK)
		return (1);
	if (argc == 0)
		return (0);
	if (!password_file(argv[1], password, sizeof(password)))
		return (complain("the password file cannot be used"));
	return (store_app_password(settings.owner_url, password, stdout) ==
	    MIGRATE_OK ? 0 : 1);
}

static int
run_openapi(int argc, char **argv)
{
	struct arena a;
	str text;

	(void)argv;
	if (argc > 0)
		return (complain("openapi takes no words"));
	meter_open(1);
	if (!http_prepare(capabilities, auth_identify))
		return (1);
	arena_init(&a, 256 * 1024 * 1024, NULL, NULL);
	text = http_openapi(&a);
	fwrite(text.p, 1, text.n, stdout);
	arena_drop(&a);
	return (0);
}

static int
run_settings(int argc, char **argv)
{
	settings_print(stdout, argc == 1 && strcmp(argv[0], "--env") == 0);
	return (0);
}

/* A tool's work is one flow over the database, as its owner. It reads its
 * words first and then calls store_await. */
struct tool {
	int	(*run)(struct flow *, int, char **);
	int	argc;
	char	**argv;
	int	code;
};

static enum err
tool_flow(struct flow *f, void *arg)
{
	struct tool *t = arg;

	t->code = t->run(f, t->argc, t->argv);
	return (OK);
}

static int
tool_run(int (*run)(struct flow *, int, char **), int argc, char **argv)
{
	struct tool t = { .run = run, .argc = argc, .argv = argv, .code = 1 };
	char why[256];

	loop_open();
	store_open_tool(settings.owner_url[0] != '\0' ? settings.owner_url :
	    settings.database_url);
	cache_open("", 1);
	if (feed_open(why, sizeof(why)) == NULL)
		return (complain(why));
	portfolio_on_change(analytics_refresh);
	market_on_bars(portfolio_roll);
	if (flow_run(tool_flow, &t, INT64_C(24) * 3600 * 1000) != OK)
		t.code = complain("it took too long, or memory ran out");
	store_close();
	feed_close();
	job_close();
	loop_close();
	return (t.code);
}

static int
run_seed(int argc, char **argv)
{
	return (tool_run(demo_seed, argc, argv));
}

static int
run_prices(int argc, char **argv)
{
	return (tool_run(market_prices, argc, argv));
}

static int
run_jobs(int argc, char **argv)
{
	return (jobs_prepare(job_tables) ?
	    tool_run(jobs_command, argc, argv) : 1);
}

static int
run_assets(int argc, char **argv)
{
	return (tool_run(market_assets, argc, argv));
}

static int
run_indicators(int argc, char **argv)
{
	return (tool_run(market_indicators, argc, argv));
}

static const struct {
	const char	*word;
	int		(*run)(int, char **);
	const char	*doc;
} words[] = {
	{ "serve",	run_serve,	"serve the API and the web app" },
	{ "work",	run_work,	"run jobs from the queue; --drain "
	    "stops when it is empty" },
	{ "jobs",	run_jobs,	"list, show, run, retry or cancel "
	    "runs of jobs; list, pause or resume schedules" },
	{ "migrate",	run_migrate,	"bring the database up to date" },
	{ "seed",	run_seed,	"add a tenant: the demonstration, or "
	    "--tenant NAME --user NAME --password WORD --role ROLE [--empty]" },
	{ "prices",	run_prices,	"prices import FILE…, prices export "
	    "--symbol X: daily bars from and to CSV" },
	{ "assets",	run_assets,	"assets list, track, untrack, "
	    "backfill: what is traded and kept up to date" },
	{ "indicators",	run_indicators,	"indicators list, update: those that "
	    "are stored" },
	{ "calc",	calc_run,	"answer calculations, a JSON request a "
	    "line; --list what can be asked" },
	{ "ledger",	ledger_run,	"fold histories into positions, a JSON "
	    "request a line; --help what can be told" },
	{ "openapi",	run_openapi,	"print openapi.json" },
	{ "settings",	run_settings,	"print all settings; --env as a file" },
};

static int
usage(void)
{
	size_t i;

	fprintf(stderr, "bursar WORD …\n");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		fprintf(stderr, "  %-10s %s\n", words[i].word, words[i].doc);
	return (2);
}

int
main(int argc, char **argv)
{
	char why[256];
	size_t i;

	if (argc < 2)
		return (usage());
	if (settings_load(why, sizeof(why)) != OK)
		return (complain(why));
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(argv[1], words[i].word) == 0)
			return (words[i].run(argc - 2, argv + 2));
	return (usage());
}
