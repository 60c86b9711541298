/*
 * The server: Kore's parent and workers, run from a configuration text that
 * the settings fill in, each worker with our loop attached to Kore's.
 */
#include <stdio.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/exchange.h"
#include "http/text.h"
#include "kore/boot.h"

#include "bursar_conf.h"

static void	(*start_hook)(void);
static void	(*stop_hook)(void);

/* What Kore answers by itself is a problem like all others. */
static void
kore_problem(int status, struct kore_buf *headers, struct kore_buf *body)
{
	struct arena a;
	struct bare bare;

	arena_init(&a, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	bare = problem_bare(&a, status);
	kore_buf_appendf(headers, "date: %s\r\n", bare.headers.p);
	kore_buf_append(body, bare.text.p, bare.text.n);
	arena_drop(&a);
	traffic_count(route_count, status, 0);
	LOG(LOG_INFORM, "request_unread", LN("status", status));
}

/* A worker's remark is about a client, the parent's about a worker. */
static void
server_says(int priority, const char *line)
{
	int number = kore_worker_number();

	LOG(priority <= LOG_ERR ? LOG_ERROR : number == 0 ? LOG_WARN :
	    LOG_INFORM, "server", LZ("says", line), LN("worker", number));
}

static void
worker_begin(void)
{
	loop_open();
	loop_attach();
	meter_join((size_t)kore_worker_number() - 1);
	stream_start();
	if (start_hook != NULL)
		start_hook();
}

static void
worker_end(void)
{
	stream_stop();
	if (stop_hook != NULL)
		stop_hook();
	job_close();
}

/* "host:port", "[::1]:port"; false when it is neither. */
static bool
address_split(str listen, str *host, str *port)
{
	size_t i;

	for (i = listen.n; i > 0 && listen.p[i - 1] != ':'; i--)
		;
	if (i < 2 || i == listen.n)
		return (false);
	*host = (str){ listen.p, i - 1 };
	*port = (str){ listen.p + i, listen.n - i };
	if (host->p[0] == '[' && host->n > 2)
		*host = (str){ host->p + 1, host->n - 2 };
	return (true);
}

static void
conf_value(struct text *t, str name, str host, str port)
{
	if (str_eqz(name, "{LISTEN_HOST"))
		text_put(t, host);
	else if (str_eqz(name, "{LISTEN_PORT"))
		text_put(t, port);
	else if (str_eqz(name, "{WORKERS"))
		text_printf(t, "%lld", (long long)settings.workers);
	else if (str_eqz(name, "{CONNECTIONS"))
		text_printf(t, "%lld", (long long)settings.connections);
}

/* The text with each ${NAME} replaced; STR_NONE without an address. */
static str
conf_fill(struct arena *a, str text)
{
	str part, name, host, port;
	struct text t;

	if (!address_split(str_of(settings.listen), &host, &port))
		return (STR_NONE);
	text_init(&t, a);
	while (str_cut(&text, '$', &part)) {
		text_put(&t, part);
		if (str_starts(text, S("{")) && str_cut(&text, '}', &name))
			conf_value(&t, name, host, port);
		else if (text.p != NULL)
			text_put(&t, S("$"));
	}
	return (text_str(&t));
}

int
http_worker(void)
{
	return (kore_worker_number());
}

int
http_serve(void (*start)(void), void (*stop)(void))
{
	static struct arena a;
	str conf;

	arena_init(&a, 1024 * 1024, NULL, NULL);
	conf = conf_fill(&a, str_of(bursar_conf));
	if (conf.p == NULL) {
		fprintf(stderr, "bursar: BURSAR_LISTEN is not host:port\n");
		return (1);
	}
	start_hook = start;
	stop_hook = stop;
	boot_worker_start = worker_begin;
	boot_worker_stop = worker_end;
	http_error_body = kore_problem;
	kore_log_line = server_says;
	return (kore_boot(conf.p, true));
}
