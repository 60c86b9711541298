/*
 * The cache against a real Redis on a socket of its own, which is frozen,
 * killed and started again; and against servers that are no Redis at all.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <arpa/inet.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/day.h"
#include "cache/cache.h"
#include "cache/link.h"

#define TIMEOUT_MS 50
#define SLACK_MS   400 /* for a machine that others use too */

static char dir[] = "/tmp/bursar-cache-XXXXXX";
static char url[128];
static pid_t redis_pid;

static void
redis_start(const char *options)
{
	char cmd[512], path[128];
	FILE *file;
	int pid = 0;

	snprintf(
	    cmd, sizeof(cmd), "sh tests/redis.sh start %s %s", dir, options);
	assert_int_equal(system(cmd), 0);
	snprintf(path, sizeof(path), "%s/redis.pid", dir);
	assert_non_null(file = fopen(path, "r"));
	assert_int_equal(fscanf(file, "%d", &pid), 1);
	fclose(file);
	assert_true(pid > 1);
	redis_pid = pid;
}

static void
redis_stop(void)
{
	char cmd[256];

	snprintf(cmd, sizeof(cmd), "sh tests/redis.sh stop %s", dir);
	assert_int_equal(system(cmd), 0);
}

static bool
settle(enum cache_state want, int64_t within_ms)
{
	int64_t end = mono_ms() + within_ms;

	while (cache_state() != want && mono_ms() < end)
		loop_step(5);
	return (cache_state() == want);
}

static int
setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(url, sizeof(url), "unix://%s/redis.sock", dir);
	loop_open();
	meter_open(1);
	meter_join(0);
	redis_start("");
	return (0);
}

static int
teardown(void **state)
{
	char cmd[256];

	(void)state;
	redis_stop();
	loop_close();
	snprintf(cmd, sizeof(cmd), "rm -r %s", dir);
	return (system(cmd));
}

static int
connect_to_it(void **state)
{
	(void)state;
	cache_open(url, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 3000));
	return (0);
}

static int
leave_it(void **state)
{
	(void)state;
	cache_close();
	return (0);
}

/* ---- plain use --------------------------------------------------- */

static enum err
without_redis(struct flow *f, void *arg)
{
	int64_t n, left;
	str value;

	(void)arg;
	assert_int_equal(cache_get(f, S("k"), &value), E_BUSY);
	assert_int_equal(cache_set(f, S("k"), S("v"), 1), E_BUSY);
	assert_int_equal(cache_count(f, S("k"), 1, &n, &left), E_BUSY);
	assert_int_equal(cache_publish(f, S("k"), S("v")), E_BUSY);
	return (OK);
}

static void
no_address_means_off(void **state)
{
	(void)state;
	cache_open("", TIMEOUT_MS);
	assert_int_equal(cache_state(), CACHE_OFF);
	assert_int_equal(flow_run(without_redis, NULL, 1000), OK);
	cache_open("http://nowhere", TIMEOUT_MS);
	assert_int_equal(cache_state(), CACHE_OFF);
}

static enum err
set_and_get(struct flow *f, void *arg)
{
	str value, none;

	(void)arg;
	assert_int_equal(cache_get(f, S("absent"), &none), E_NOT_FOUND);
	assert_null(none.p);
	TRY(cache_set(f, S("a"), S("one\0two\r\n"), 60000));
	TRY(cache_get(f, S("a"), &value));
	assert_true(str_eq(value, S("one\0two\r\n")));
	TRY(cache_set(f, S("a"), S(""), 60000));
	TRY(cache_get(f, S("a"), &value));
	assert_non_null(value.p);
	assert_int_equal(value.n, 0);
	TRY(cache_delete(f, S("a")));
	assert_int_equal(cache_get(f, S("a"), &value), E_NOT_FOUND);
	return (OK);
}

static void
value_is_kept_byte_for_byte(void **state)
{
	(void)state;
	assert_int_equal(flow_run(set_and_get, NULL, 5000), OK);
}

static enum err
get_many(struct flow *f, void *arg)
{
	const str keys[3] = { S("m1"), S("m2"), S("m3") };
	str values[3];

	(void)arg;
	TRY(cache_set(f, keys[0], S("x"), 60000));
	TRY(cache_set(f, keys[2], S("z"), 60000));
	TRY(cache_get_many(f, keys, 3, values));
	assert_true(str_eqz(values[0], "x"));
	assert_null(values[1].p);
	assert_true(str_eqz(values[2], "z"));
	return (cache_get_many(f, keys, 0, values));
}

static void
many_keys_keep_their_places(void **state)
{
	(void)state;
	assert_int_equal(flow_run(get_many, NULL, 5000), OK);
}

static void
steps(int64_t ms)
{
	int64_t end = mono_ms() + ms;

	while (mono_ms() < end)
		loop_step(10);
}

static enum err
lock_and_extend(struct flow *f, void *arg)
{
	str value;

	(void)arg;
	assert_int_equal(
	    cache_extend_if(f, S("lease"), S("mine"), 60000), E_CONFLICT);
	TRY(cache_add(f, S("lease"), S("mine"), 100));
	assert_int_equal(
	    cache_extend_if(f, S("lease"), S("yours"), 60000), E_CONFLICT);
	TRY(cache_extend_if(f, S("lease"), S("mine"), 400));
	TRY(flow_sleep(f, 200));
	TRY(cache_get(f, S("lease"), &value));
	assert_true(str_eqz(value, "mine"));
	TRY(flow_sleep(f, 300));
	assert_int_equal(
	    cache_extend_if(f, S("lease"), S("mine"), 60000), E_CONFLICT);
	return (OK);
}

static void
lock_lasts_longer_for_its_owner_only(void **state)
{
	(void)state;
	assert_int_equal(flow_run(lock_and_extend, NULL, 5000), OK);
}

static enum err
lock_and_unlock(struct flow *f, void *arg)
{
	str value;

	(void)arg;
	TRY(cache_add(f, S("lock"), S("mine"), 60000));
	assert_int_equal(
	    cache_add(f, S("lock"), S("yours"), 60000), E_CONFLICT);
	TRY(cache_delete_if(f, S("lock"), S("yours")));
	TRY(cache_get(f, S("lock"), &value));
	assert_true(str_eqz(value, "mine"));
	TRY(cache_delete_if(f, S("lock"), S("mine")));
	TRY(cache_add(f, S("lock"), S("yours"), 20));
	TRY(flow_sleep(f, 60));
	return (cache_add(f, S("lock"), S("mine"), 60000));
}

static void
lock_is_let_go_by_its_owner_or_by_time(void **state)
{
	(void)state;
	assert_int_equal(flow_run(lock_and_unlock, NULL, 5000), OK);
}

static enum err
count(struct flow *f, void *arg)
{
	int64_t n = 0, left = 0;

	(void)arg;
	for (int i = 1; i <= 5; i++) {
		TRY(cache_count(f, S("c"), 300, &n, &left));
		assert_int_equal(n, i);
		assert_true(left > 0 && left <= 300);
	}
	TRY(flow_sleep(f, left + 20));
	TRY(cache_count(f, S("c"), 300, &n, &left));
	assert_int_equal(n, 1);
	return (OK);
}

static void
window_ends_after_its_first_count(void **state)
{
	(void)state;
	assert_int_equal(flow_run(count, NULL, 5000), OK);
}

static int finished;

static enum err
own_values(struct flow *f, void *arg)
{
	str key = arena_printf(&f->arena, "own:%d", (int)(intptr_t)arg), value;

	for (int i = 0; i < 20; i++) {
		str want = arena_printf(&f->arena, "%s-%d", key.p, i);

		TRY(cache_set(f, key, want, 60000));
		TRY(cache_get(f, key, &value));
		assert_true(str_eq(value, want));
	}
	finished++;
	return (OK);
}

static void
hundreds_of_flows_share_a_connection(void **state)
{
	(void)state;
	cache_close();
	cache_open(url, 2000);
	assert_true(settle(CACHE_UP, 3000));
	finished = 0;
	for (intptr_t i = 0; i < 300; i++)
		assert_non_null(flow_start(own_values, NULL, (void *)i, 20000));
	while (flow_count() > 0)
		loop_step(100);
	assert_int_equal(finished, 300);
}

static enum err
in_database_three(struct flow *f, void *arg)
{
	str value;

	(void)arg;
	return (cache_get(f, S("only in 0"), &value));
}

static enum err
in_database_zero(struct flow *f, void *arg)
{
	(void)arg;
	return (cache_set(f, S("only in 0"), S("x"), 60000));
}

static void
databases_are_apart(void **state)
{
	char other[160];

	(void)state;
	assert_int_equal(flow_run(in_database_zero, NULL, 1000), OK);
	snprintf(other, sizeof(other), "%s?db=3", url);
	cache_open(other, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 3000));
	assert_int_equal(flow_run(in_database_three, NULL, 1000), E_NOT_FOUND);
}

/* ---- messages ---------------------------------------------------- */

static char heard[64];

static void
hear(void *arg, str message)
{
	assert_ptr_equal(arg, heard);
	snprintf(heard, sizeof(heard), "%.*s", STR_ARG(message));
}

static enum err
publish(struct flow *f, void *arg)
{
	return (cache_publish(f, S("news"), str_of(arg)));
}

/* Say it until it is heard: a subscription takes a moment. */
static void
expect_heard(char *what)
{
	int64_t end = mono_ms() + 8000;

	heard[0] = '\0';
	while (strcmp(heard, what) != 0 && mono_ms() < end) {
		(void)!flow_run(publish, what, 1000);
		loop_step(20);
	}
	assert_string_equal(heard, what);
}

static void
message_reaches_who_subscribed(void **state)
{
	(void)state;
	cache_subscribe("other", hear, NULL);
	cache_subscribe("news", hear, heard);
	expect_heard("hello");
	redis_stop();
	redis_start("");
	expect_heard("again");
}

static char numbered[8][64];
static size_t numbered_n;

static void
hear_numbered(void *arg, str message)
{
	(void)arg;
	if (numbered_n < 8)
		snprintf(numbered[numbered_n++], sizeof(numbered[0]), "%.*s",
		    STR_ARG(message));
}

static enum err
publish_three(struct flow *f, void *arg)
{
	(void)arg;
	TRY(cache_publish_numbered(f, S("counted"), S("one")));
	TRY(cache_publish_numbered(f, S("counted"), S("two")));
	/* Numbers that were ahead of the clock go on from there. */
	TRY(cache_set(f, S("counted:number"), S("9000000000000"), 60000));
	return (cache_publish_numbered(f, S("counted"), S("three words or")));
}

static void
publications_tell_their_number_and_the_one_before(void **state)
{
	long long n, before, last = 0;
	char word[16];
	size_t i;

	(void)state;
	cache_subscribe("counted", hear_numbered, NULL);
	steps(500);
	assert_int_equal(flow_run(publish_three, NULL, 1000), OK);
	steps(200);
	assert_int_equal(numbered_n, 3);
	for (i = 0; i < 2; i++) {
		assert_int_equal(sscanf(numbered[i], "%lld %lld %15s", &n,
		    &before, word), 3);
		assert_true(n > INT64_C(1700000000000) && n > before);
		assert_true(i == 0 || before == last);
		last = n;
	}
	assert_string_equal(numbered[2],
	    "9000000000001 9000000000000 three words or");
}

/* ---- failures ---------------------------------------------------- */

static enum err
get(struct flow *f, void *arg)
{
	str value;

	return (cache_get(f, str_of(arg), &value));
}

static int64_t
timed(enum err want)
{
	int64_t began = mono_ms();
	enum err e = flow_run(get, "k", 5000);

	assert_int_equal(e, want);
	return (mono_ms() - began);
}

static void
frozen_redis_costs_three_timeouts_then_nothing(void **state)
{
	int64_t ms;

	(void)state;
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	for (int i = 0; i < LINK_FAILURES_MAX; i++) {
		ms = timed(E_BUSY);
		assert_true(ms >= TIMEOUT_MS - 1 && ms < TIMEOUT_MS + SLACK_MS);
	}
	assert_int_equal(cache_state(), CACHE_DOWN);
	assert_int_equal(meter_sum(M_cache_up), 0);
	for (int i = 0; i < 20; i++)
		assert_true(timed(E_BUSY) < TIMEOUT_MS);
	/* A try or two against a server that accepts and says nothing. */
	assert_false(settle(CACHE_UP, 1200));
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_true(settle(CACHE_UP, 8000));
	timed(E_NOT_FOUND);
	assert_int_equal(meter_sum(M_cache_up), 1);
}

static void
frozen_redis_is_noticed_by_who_asks_nothing(void **state)
{
	(void)state;
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	assert_true(settle(CACHE_DOWN, 1000 + 10 * TIMEOUT_MS + SLACK_MS));
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_true(settle(CACHE_UP, 8000));
}

static void
gone_busy(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	assert_int_equal(e, E_BUSY);
	finished++;
}

static void
frozen_redis_costs_a_crowd_one_timeout(void **state)
{
	int64_t began = mono_ms();

	(void)state;
	finished = 0;
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	for (int i = 0; i < 500; i++)
		assert_non_null(flow_start(get, gone_busy, "k", 5000));
	while (flow_count() > 0)
		loop_step(100);
	assert_int_equal(finished, 500);
	assert_true(mono_ms() - began < TIMEOUT_MS + SLACK_MS);
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_true(settle(CACHE_UP, 8000));
	timed(E_NOT_FOUND);
}

static enum err
set_two(struct flow *f, void *arg)
{
	(void)arg;
	TRY(cache_set(f, S("first"), S("1"), 60000));
	return (cache_set(f, S("second"), S("2"), 60000));
}

static enum err
get_second(struct flow *f, void *arg)
{
	str value;

	(void)arg;
	TRY(cache_get(f, S("second"), &value));
	assert_true(str_eqz(value, "2"));
	return (OK);
}

static void
late_reply_is_not_taken_for_anothers(void **state)
{
	(void)state;
	assert_int_equal(flow_run(set_two, NULL, 1000), OK);
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	assert_int_equal(flow_run(get, "first", 1000), E_BUSY);
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_int_equal(flow_run(get_second, NULL, 1000), OK);
	assert_int_equal(flow_run(get_second, NULL, 1000), OK);
}

static void
ended_with(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	assert_int_equal(e, E_CANCELLED);
	finished++;
}

static void
cancelled_flow_leaves_its_reply_behind(void **state)
{
	struct flow *flows[10];

	(void)state;
	assert_int_equal(flow_run(set_two, NULL, 1000), OK);
	finished = 0;
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	for (int i = 0; i < 10; i++)
		flows[i] = flow_start(get, ended_with, "first", 5000);
	for (int i = 0; i < 10; i++)
		flow_cancel(flows[i]);
	loop_step(0);
	assert_int_equal(finished, 10);
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_int_equal(flow_run(get_second, NULL, 1000), OK);
}

static void
silence_after_a_cancelled_request_is_noticed(void **state)
{
	struct flow *f;

	(void)state;
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	for (int i = 0; i < LINK_FAILURES_MAX; i++)
		timed(E_BUSY);
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_true(settle(CACHE_UP, 8000));
	/* The one request that was let through is given up. */
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	f = flow_start(get, NULL, "k", 5000);
	flow_cancel(f);
	assert_true(settle(CACHE_DOWN, 2000));
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_true(settle(CACHE_UP, 8000));
	timed(E_NOT_FOUND);
}

static enum err
late(struct flow *f, void *arg)
{
	enum err e;
	str value;

	(void)arg;
	e = cache_get(f, S("first"), &value);
	assert_int_equal(e, E_DEADLINE);
	return (OK);
}

static void
flow_that_ends_first_is_told_its_deadline(void **state)
{
	(void)state;
	cache_close();
	cache_open(url, 1000);
	assert_true(settle(CACHE_UP, 3000));
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	assert_int_equal(flow_run(late, NULL, 30), OK);
	assert_int_equal(kill(redis_pid, SIGCONT), 0);
	assert_int_equal(flow_run(get_second, NULL, 3000), OK);
}

static void
killed_redis_is_found_again(void **state)
{
	struct flow *f;

	(void)state;
	/* One command is on its way when the server dies. */
	assert_int_equal(kill(redis_pid, SIGSTOP), 0);
	f = flow_start(get, NULL, "k", 5000);
	assert_non_null(f);
	redis_stop();
	assert_true(settle(CACHE_DOWN, 3000));
	assert_int_equal(flow_count(), 0);
	for (int i = 0; i < 5; i++)
		assert_true(timed(E_BUSY) < TIMEOUT_MS + SLACK_MS);
	redis_start("");
	assert_true(settle(CACHE_UP, 8000));
	timed(E_NOT_FOUND);
}

static enum err
wrong_type(struct flow *f, void *arg)
{
	int64_t n, left;

	(void)arg;
	TRY(cache_set(f, S("word"), S("not a number"), 60000));
	assert_int_equal(cache_count(f, S("word"), 1000, &n, &left), E_BUSY);
	assert_int_equal(cache_state(), CACHE_UP);
	return (OK);
}

static void
refused_command_leaves_the_connection_alone(void **state)
{
	(void)state;
	assert_int_equal(flow_run(wrong_type, NULL, 1000), OK);
	assert_int_equal(cache_state(), CACHE_UP);
}

static void
wrong_password_stays_out(void **state)
{
	char with[256];

	(void)state;
	redis_stop();
	redis_start("--requirepass right --user me on '>mine' '~*' '&*' +@all");
	cache_open(url, TIMEOUT_MS);
	assert_false(settle(CACHE_UP, 300));
	assert_true(timed(E_BUSY) < TIMEOUT_MS);
	snprintf(with, sizeof(with), "unix://:wrong@%s/redis.sock", dir);
	cache_open(with, TIMEOUT_MS);
	assert_false(settle(CACHE_UP, 300));
	snprintf(with, sizeof(with), "unix://:right@%s/redis.sock", dir);
	cache_open(with, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 3000));
	timed(E_NOT_FOUND);
	snprintf(with, sizeof(with), "unix://me:mine@%s/redis.sock?db=2", dir);
	cache_open(with, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 3000));
	timed(E_NOT_FOUND);
	redis_stop();
	redis_start("");
}

/* A port nobody uses at the moment. */
static int
port_free(void)
{
	struct sockaddr_storage ss = { .ss_family = AF_INET };
	socklen_t n = sizeof(ss);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	uint16_t port;

	assert_int_equal(bind(fd, (struct sockaddr *)&ss, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&ss, &n), 0);
	close(fd);
	memcpy(&port, (char *)&ss + 2, 2);
	return (ntohs(port));
}

static void
host_name_is_looked_up(void **state)
{
	char options[64], by_name[64];
	int port = port_free();

	(void)state;
	redis_stop();
	snprintf(options, sizeof(options), "--port %d --bind 127.0.0.1", port);
	redis_start(options);
	snprintf(by_name, sizeof(by_name), "redis://localhost:%d/1", port);
	cache_open(by_name, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 5000));
	timed(E_NOT_FOUND);
	snprintf(by_name, sizeof(by_name), "redis://127.0.0.1:%d", port);
	cache_open(by_name, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 5000));
	timed(E_NOT_FOUND);
	redis_stop();
	redis_start("");
}

static void
unknown_host_name_harms_nobody(void **state)
{
	(void)state;
	cache_open("redis://no-such-host.invalid", TIMEOUT_MS);
	assert_false(settle(CACHE_UP, 200));
	assert_true(timed(E_BUSY) < TIMEOUT_MS);
	/* Also while the name is being looked up. */
	cache_close();
	cache_open("redis://no-such-host-either.invalid", TIMEOUT_MS);
	cache_close();
}

/* ---- servers that are no Redis ----------------------------------- */

#define GREETING "+PONG\r\n"

static const struct {
	const char *says; /* to whoever speaks to it */
	size_t n;
} impostors[] = {
#define SAYS(z)                    \
	{                          \
		(z), sizeof(z) - 1 \
	}
	SAYS(""),
	SAYS("HTTP/1.1 400 Bad Request\r\n\r\n"),
	SAYS("\0\0\0\0\0\0\0\0"),
	SAYS("-ERR max number of clients reached\r\n"),
	SAYS(GREETING GREETING GREETING GREETING),
	SAYS(GREETING ":12\r\n"),
	SAYS(GREETING "*2\r\n$1\r\na\r\n"),
	SAYS(GREETING "*2147483647\r\n"),
	SAYS(GREETING "*-2\r\n"),
	SAYS(GREETING "$99999999999999999999\r\n"),
	SAYS(GREETING "$500000000\r\nxx"),
	SAYS(GREETING "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n"
		      "*1\r\n*1\r\n:1\r\n"),
	SAYS(GREETING "$-1\r\n$-1\r\n"),
};

static void
impostor_run(int listener, const char *says, size_t n)
{
	char in[512];
	int fd;

	for (;;) {
		if ((fd = accept(listener, NULL, NULL)) == -1)
			_exit(0);
		if (read(fd, in, sizeof(in)) > 0 &&
		    write(fd, says, n) == (ssize_t)n)
			(void)!read(fd, in, sizeof(in));
		usleep(30000);
		close(fd);
	}
}

static pid_t
impostor_start(const char *path, const char *says, size_t n)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	pid_t pid;

	unlink(path);
	memcpy(un.sun_path, path, strlen(path) + 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	assert_int_equal(listen(fd, 16), 0);
	if ((pid = fork()) == 0)
		impostor_run(fd, says, n);
	close(fd);
	return (pid);
}

static void
impostor_is_outlived(void **state)
{
	char path[128], there[160];
	pid_t pid;
	int64_t began, ms;

	(void)state;
	snprintf(path, sizeof(path), "%s/impostor", dir);
	snprintf(there, sizeof(there), "unix://%s", path);
	for (size_t i = 0; i < sizeof(impostors) / sizeof(impostors[0]); i++) {
		pid = impostor_start(path, impostors[i].says, impostors[i].n);
		cache_open(there, TIMEOUT_MS);
		for (int k = 0; k < 6; k++) {
			loop_step(20);
			began = mono_ms();
			(void)!flow_run(get, "k", 5000);
			ms = mono_ms() - began;
			assert_true(ms < TIMEOUT_MS + SLACK_MS);
		}
		assert_int_equal(flow_count(), 0);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		cache_close();
	}
	cache_open(url, TIMEOUT_MS);
	assert_true(settle(CACHE_UP, 3000));
	timed(E_NOT_FOUND);
}

static void
waits_double_up_to_a_limit(void **state)
{
	(void)state;
	assert_true(link_wait_ms(1) < 100);
	assert_int_equal(link_wait_ms(3), 500);
	assert_int_equal(link_wait_ms(4), 1000);
	assert_int_equal(link_wait_ms(6), 4000);
	assert_int_equal(link_wait_ms(7), 5000);
	assert_int_equal(link_wait_ms(4000000000u), 5000);
}

int
main(void)
{
#define WITH(test) \
	cmocka_unit_test_setup_teardown(test, connect_to_it, leave_it)
#define ALONE(test) cmocka_unit_test_teardown(test, leave_it)
	const struct CMUnitTest tests[] = {
		ALONE(no_address_means_off),
		WITH(value_is_kept_byte_for_byte),
		WITH(many_keys_keep_their_places),
		WITH(lock_is_let_go_by_its_owner_or_by_time),
		WITH(lock_lasts_longer_for_its_owner_only),
		WITH(window_ends_after_its_first_count),
		WITH(hundreds_of_flows_share_a_connection),
		WITH(databases_are_apart),
		WITH(message_reaches_who_subscribed),
		WITH(publications_tell_their_number_and_the_one_before),
		WITH(late_reply_is_not_taken_for_anothers),
		WITH(cancelled_flow_leaves_its_reply_behind),
		WITH(flow_that_ends_first_is_told_its_deadline),
		WITH(refused_command_leaves_the_connection_alone),
		WITH(frozen_redis_costs_three_timeouts_then_nothing),
		WITH(frozen_redis_is_noticed_by_who_asks_nothing),
		WITH(silence_after_a_cancelled_request_is_noticed),
		WITH(frozen_redis_costs_a_crowd_one_timeout),
		WITH(killed_redis_is_found_again),
		ALONE(wrong_password_stays_out),
		ALONE(host_name_is_looked_up),
		ALONE(unknown_host_name_harms_nobody),
		ALONE(impostor_is_outlived),
		cmocka_unit_test(waits_double_up_to_a_limit),
	};

	signal(SIGPIPE, SIG_IGN);
	return (cmocka_run_group_tests(tests, setup, teardown));
}
