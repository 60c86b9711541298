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
#include "kore/boot.h"

#include "bursar_conf.h"

static void	(*start_hook)(void);
static void	(*stop_hook)(void);

/* What Kore answers by itself is a problem like all others. */
static void
bare_problem(int status, struct kore_buf *headers, struct kore_buf *body)
{
	char id[UUID_TEXT_MAX];
	struct arena a;
	str text;

	arena_init(&a, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	uuid_print(uuid_new(), id);
	text = problem_bare(&a, status, str_of(id));
	kore_buf_appendf(headers, "%s\r\nx-request-id: %s\r\n"
	    "content-type: application/problem+json\r\n"
	    "cache-control: no-store\r\n", answer_fixed_headers(), id);
	kore_buf_append(body, text.p, text.n);
	arena_drop(&a);
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
	if (start_hook != NULL)
		start_hook();
}

static void
worker_end(void)
{
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

/* The text with each ${NAME} replaced. */
static str
conf_fill(struct arena *a, str text)
{
	str before, name, host, port, out;

	if (!address_split(str_of(settings.listen), &host, &port))
		return (STR_NONE);
	out = S("");
	while (str_cut(&text, '$', &before)) {
		out = arena_printf(a, "%.*s%.*s", STR_ARG(out),
		    STR_ARG(before));
		if (!str_starts(text, S("{")) || !str_cut(&text, '}', &name))
			continue;
		if (str_eqz(name, "{LISTEN_HOST"))
			out = arena_printf(a, "%.*s%.*s", STR_ARG(out),
			    STR_ARG(host));
		else if (str_eqz(name, "{LISTEN_PORT"))
			out = arena_printf(a, "%.*s%.*s", STR_ARG(out),
			    STR_ARG(port));
		else if (str_eqz(name, "{WORKERS"))
			out = arena_printf(a, "%.*s%lld", STR_ARG(out),
			    (long long)settings.workers);
	}
	return (out);
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
	http_error_body = bare_problem;
	kore_log_line = server_says;
	return (kore_boot(arena_z(&a, conf), true));
}
