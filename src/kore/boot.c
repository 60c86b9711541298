/*
 * What Kore asks of a program that is one binary with it: a configuration,
 * hooks it finds by name, and a command line it may write a title into. It
 * gets one of its own, because what follows the real one is the environment,
 * to which settings point.
 */
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kore/kore.h>
#include <kore/hooks.h>
#include <kore/http.h>

#include "kore/boot.h"
#include "kore/sandbox.h"

#define CONF_BYTES	16384
#define DRAIN_MS	10000	/* as long as a request may take */
#define DRAIN_LOOK_MS	20
#define INSIST_MS	1000	/* a terminal and the parent both signal */
#define NOFILE_MAX	20000	/* a worker tries each of them at start */
#define NOFILE_OWN	200	/* database, cache, feeds, log, loop */

extern char **environ;

u_int8_t	 asset_builtin_kore_conf[CONF_BYTES];
u_int32_t	 asset_len_builtin_kore_conf;

void		(*boot_worker_start)(void);
void		(*boot_worker_stop)(void);

static bool	 sandboxed;
static pid_t	 parent;

static struct kore_event told;	/* an eventfd: a signal came */
static int	 told_fd = -1;
static u_int64_t drain_since;	/* 0: not draining */

int	kore_main(int, char **);

static char **
title_argv(void)
{
	static char	*argv[2];
	size_t		 n = sizeof("bursar");

	for (char **e = environ; *e != NULL; e++)
		n += strlen(*e) + 1;
	if ((argv[0] = calloc(2, n)) == NULL)
		return (NULL);
	strcpy(argv[0], "bursar");
	return (argv);
}

/*
 * As many descriptors as the system lets us have, up to a number. Kore adds
 * those that are open to worker_rlimit_nofiles and sets both limits to it.
 */
static void
nofile_set(void)
{
	struct rlimit	 rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1)
		return;
	rl.rlim_cur = rl.rlim_max < NOFILE_MAX ? rl.rlim_max : NOFILE_MAX;
	(void)setrlimit(RLIMIT_NOFILE, &rl);
	worker_rlimit_nofiles = rl.rlim_cur > 2 * NOFILE_OWN ?
	    rl.rlim_cur - NOFILE_OWN : rl.rlim_cur;
}

/* A worker that accepts more than it has descriptors for would spin. */
static void
connections_set(void)
{
	struct rlimit	 rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1 || rl.rlim_cur <= NOFILE_OWN)
		return;
	if (worker_max_connections > rl.rlim_cur - NOFILE_OWN)
		worker_max_connections = rl.rlim_cur - NOFILE_OWN;
}

int
kore_boot(const char *conf_text, bool sandbox)
{
	static char	 no_pidfile[] = "";
	char		**argv;
	size_t		 n = strlen(conf_text);

	if (n >= sizeof(asset_builtin_kore_conf) ||
	    (argv = title_argv()) == NULL) {
		fprintf(stderr, "bursar: no room for the configuration\n");
		return (1);
	}
	memcpy(asset_builtin_kore_conf, conf_text, n);
	asset_len_builtin_kore_conf = n;

	sandboxed = sandbox;
	parent = getpid();
	kore_foreground = 1;
	kore_quiet = 1;
	skip_chroot = 1;
	skip_runas = 1;
	kore_pidfile = no_pidfile;
	http_server_version("");
	/* Kore prints and forks; a full buffer would be printed twice. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	nofile_set();
	return (kore_main(1, argv));
}

int
kore_worker_number(void)
{
	return (worker == NULL ? 0 : worker->id);
}

bool
kore_draining(void)
{
	return (drain_since != 0);
}

/* Kore calls this in each worker just before it installs the filter. */
void
kore_seccomp_hook(void)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	sandbox_install(sandboxed);
}

/* ---- the end of a worker ----------------------------------------- */

/* A connection somebody still waits on; streams have a disconnect hook. */
static bool
connection_waits(const struct connection *c)
{
	if (c->proto != CONN_PROTO_HTTP || c->disconnect != NULL ||
	    (c->flags & CONN_LINGERING))
		return (false);
	return (c->http_timeout != 0 || !TAILQ_EMPTY(&c->send_queue));
}

static bool
anybody_waits(void)
{
	struct connection	*c;

	if (http_request_count > 0)
		return (true);
	TAILQ_FOREACH(c, &connections, list) {
		if (connection_waits(c))
			return (true);
	}
	return (false);
}

static void
drain_look(void *arg, u_int64_t now)
{
	(void)arg;
	if (!anybody_waits() || now - drain_since >= DRAIN_MS)
		kore_signal(SIGQUIT);
}

/* Take no new connection, and none into a next request. */
static void
drain_begin(void)
{
	struct kore_server	*srv;
	struct listener		*l;

	drain_since = kore_time_ms();
	worker_max_connections = 0;
	http_keepalive_time = 0;
	LIST_FOREACH(srv, &kore_servers, list) {
		LIST_FOREACH(l, &srv->listeners, list)
			kore_platform_event_schedule(l->fd, 0, 0, l);
	}
	kore_timer_add(drain_look, DRAIN_LOOK_MS, NULL, 0);
}

static void
told_to_end(void *arg, int error)
{
	u_int64_t	 n;

	(void)arg;
	(void)error;
	if (read(told_fd, &n, sizeof(n)) != sizeof(n))
		return;
	if (drain_since == 0)
		drain_begin();
	else if (kore_time_ms() - drain_since >= INSIST_MS)
		kore_signal(SIGQUIT);
}

static void
on_signal(int sig)
{
	const u_int64_t	 one = 1;

	(void)sig;
	(void)!write(told_fd, &one, sizeof(one));
}

void
kore_worker_configure(void)
{
	static const int	 signals[] = { SIGTERM, SIGQUIT, SIGINT };
	struct sigaction	 sa = { .sa_handler = on_signal };

	connections_set();
	if ((told_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) == -1)
		fatalx("eventfd: %s", errno_s);
	told.type = INT_MAX;
	told.handle = told_to_end;
	kore_platform_event_level_read(told_fd, &told);

	sigfillset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &sa, NULL);
	if (boot_worker_start != NULL)
		boot_worker_start();
}

void
kore_worker_teardown(void)
{
	if (boot_worker_stop != NULL)
		boot_worker_stop();
}
