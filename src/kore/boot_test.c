/*
 * A whole Kore in a child process, with one worker and a handler of ours:
 * what it serves, what it forbids and how it ends.
 */
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "kore/boot.h"

static in_port_t	 port;
static pid_t		 server;

int	http_entry(struct http_request *);

/* ---- the server's side ------------------------------------------------- */

static void
answer(struct http_request *req, const char *text)
{
	http_response(req, 200, text, strlen(text));
}

static void *
thread(void *arg)
{
	return (arg);
}

static void
wake(void *arg, u_int64_t now)
{
	struct http_request	*req = arg;

	(void)now;
	req->hdlr_extra = req;
	http_request_wakeup(req);
}

static int
slow(struct http_request *req)
{
	if (req->hdlr_extra == NULL) {
		req->flags |= HTTP_REQUEST_RETAIN_EXTRA;
		kore_timer_add(wake, 700, req, KORE_TIMER_ONESHOT);
		http_request_sleep(req);
		return (KORE_RESULT_RETRY);
	}
	answer(req, "slow");
	return (KORE_RESULT_OK);
}

int
http_entry(struct http_request *req)
{
	char		 text[32];
	pthread_t	 t;

	if (strcmp(req->path, "/slow") == 0)
		return (slow(req));
	if (strcmp(req->path, "/fork") == 0 && syscall(SYS_fork) == 0)
		_exit(0);
	if (strcmp(req->path, "/thread") == 0) {
		if (pthread_create(&t, NULL, thread, NULL) == 0)
			pthread_join(t, NULL);
	}
	if (strcmp(req->path, "/stream") == 0) {
		req->flags |= HTTP_REQUEST_NO_CONTENT_LENGTH;
		answer(req, "data: 1\n\n");
		return (KORE_RESULT_OK);
	}
	snprintf(text, sizeof(text), "%d", (int)getpid());
	answer(req, text);
	return (KORE_RESULT_OK);
}

/* ---- the client's side --------------------------------------------------- */

static int
dial_times(int times)
{
	const struct timeval	 patience = { .tv_sec = 5 };
	struct sockaddr_in	 sin = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = port };
	int			 fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	for (int i = 0; i < times; i++) {
		if (connect(fd, (void *)&sin, sizeof(sin)) == 0)
			return (fd);
		usleep(50 * 1000);
	}
	close(fd);
	return (-1);
}

static int
dial(void)
{
	return (dial_times(200));
}

static int
ask(const char *path)
{
	int	 fd = dial();

	assert_true(fd != -1);
	assert_true(dprintf(fd, "GET %s HTTP/1.1\r\nHost: t\r\n"
	    "Connection: close\r\n\r\n", path) > 0);
	return (fd);
}

/* All that comes until the end; the body begins at the answer. */
static const char *
hear(int fd)
{
	static char	 buf[1024];
	size_t		 n = 0;
	ssize_t		 r;
	char		*body;

	while ((r = read(fd, buf + n, sizeof(buf) - 1 - n)) > 0)
		n += (size_t)r;
	close(fd);
	buf[n] = '\0';
	body = strstr(buf, "\r\n\r\n");
	return (body == NULL ? "" : body + 4);
}

static in_port_t
free_port(void)
{
	struct sockaddr_in	 sin = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t		 n = sizeof(sin);
	int			 fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (void *)&sin, n), 0);
	assert_int_equal(getsockname(fd, (void *)&sin, &n), 0);
	close(fd);
	return (sin.sin_port);
}

static int
begin(void **state)
{
	char	 conf[512];

	(void)state;
	port = free_port();
	snprintf(conf, sizeof(conf), "server s {\n\tbind 127.0.0.1 %u\n"
	    "\ttls no\n}\nworkers 1\nworker_set_affinity 0\n"
	    "domain * {\n\tattach s\n\troute ^/.*$ http_entry\n}\n",
	    ntohs(port));
	if ((server = fork()) == 0)
		_exit(kore_boot(conf, true));
	close(ask("/"));
	return (0);
}

/* Ends it as an operator would; the exit code. */
static int
ended(void)
{
	int	 status;

	kill(server, SIGTERM);
	assert_int_equal(waitpid(server, &status, 0), server);
	server = 0;
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static int
end(void **state)
{
	(void)state;
	if (server != 0)
		(void)ended();
	return (0);
}

/* ---- tests ----------------------------------------------------------- */

static void
an_answer_comes_from_a_worker_not_the_parent(void **state)
{
	int	 pid = atoi(hear(ask("/")));

	(void)state;
	assert_true(pid > 0 && pid != server && pid != getpid());
	assert_int_equal(ended(), 0);
}

static void
a_worker_may_have_threads(void **state)
{
	int	 pid = atoi(hear(ask("/")));

	(void)state;
	assert_int_equal(atoi(hear(ask("/thread"))), pid);
	assert_int_equal(atoi(hear(ask("/"))), pid);
}

#if !defined(BURSAR_UNBOXED)
static void
a_worker_that_starts_a_process_is_replaced(void **state)
{
	int	 pid = atoi(hear(ask("/")));

	(void)state;
	assert_string_equal(hear(ask("/fork")), "");
	assert_int_not_equal(atoi(hear(ask("/"))), pid);
	assert_int_equal(ended(), 0);
}
#endif

static void
what_was_asked_before_the_end_is_answered(void **state)
{
	int	 fd = ask("/slow");

	(void)state;
	usleep(100 * 1000);
	assert_int_equal(ended(), 0);
	assert_string_equal(hear(fd), "slow");
}

static void
a_stream_and_an_idle_client_do_not_hold_up_the_end(void **state)
{
	struct timespec	 t0, t1;
	int		 fd = ask("/stream"), idle = dial();
	char		 buf[256];

	(void)state;
	assert_true(read(fd, buf, sizeof(buf)) > 0);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	assert_int_equal(ended(), 0);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	assert_true(t1.tv_sec - t0.tv_sec < 5);
	close(fd);
	close(idle);
}

static void
workers_do_not_outlive_their_parent(void **state)
{
	int	 i, fd = -1;

	(void)state;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	server = 0;
	for (i = 0; i < 100 && (fd = dial_times(1)) != -1; i++) {
		close(fd);
		usleep(20 * 1000);
	}
	assert_int_equal(fd, -1);
}

static void
a_configuration_without_room_is_refused(void **state)
{
	char	*conf = calloc(1, 70000);

	(void)state;
	memset(conf, ' ', 69999);
	assert_int_equal(kore_boot(conf, true), 1);
	assert_int_equal(kore_worker_number(), 0);
	assert_false(kore_draining());
	free(conf);
}

#define WITH_SERVER(f)	cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVER(an_answer_comes_from_a_worker_not_the_parent),
		WITH_SERVER(a_worker_may_have_threads),
#if !defined(BURSAR_UNBOXED)
		WITH_SERVER(a_worker_that_starts_a_process_is_replaced),
#endif
		WITH_SERVER(what_was_asked_before_the_end_is_answered),
		WITH_SERVER(a_stream_and_an_idle_client_do_not_hold_up_the_end),
		WITH_SERVER(workers_do_not_outlive_their_parent),
		cmocka_unit_test(a_configuration_without_room_is_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
