/*
 * A stream before its answer has begun, its end, and who is asked whether
 * it may go on. On a connection it is tested from outside.
 */
#include "http/visit.h"

static struct stream *s;
static int closed;
static uuid ended, mine;
static size_t asked;

static void
on_close(struct stream *gone, void *arg)
{
	assert_ptr_equal(gone, s);
	assert_ptr_equal(arg, &closed);
	closed++;
}

static int
begin(void **state)
{
	visit_begin(state);
	closed = 0;
	asked = 0;
	ended = uuid_new();
	mine = uuid_new();
	return (0);
}

static void
open_as(uuid session)
{
	visit_flow.who.session = session;
	assert_int_equal(stream_open(&visit.call, &closed, on_close, &s), OK);
}

static void
an_open_stream_is_part_of_its_answer(void **state)
{
	(void)state;
	open_as(mine);
	assert_ptr_equal(visit.stream, s);
	assert_true(visit.endless);
	IS(visit.type, "text/event-stream");
	assert_string_equal(visit.caching, "no-store");
	assert_true(uuid_eq(stream_who(s)->session, mine));
	stream_say(s, S("event: hello\ndata: {}\n\n"));
	assert_int_equal(closed, 0);
	stream_drop(s);
	assert_int_equal(closed, 1);
}

static void
what_is_said_before_the_answer_may_be_long_but_not_endless(void **state)
{
	static char data[100000];
	int i;

	(void)state;
	memset(data, 'x', sizeof(data));
	open_as(mine);
	for (i = 0; i < 10; i++)
		stream_say(s, (str){ data, sizeof(data) });
	assert_int_equal(closed, 0);
	stream_say(s, (str){ data, sizeof(data) });
	assert_int_equal(closed, 1);
	stream_say(s, (str){ data, sizeof(data) });
	stream_drop(s);
	assert_int_equal(closed, 1);
}

static void
nothing_is_taken_before_the_answer_has_begun(void **state)
{
	const str event = S("event: quote\ndata: {}\n\n");
	size_t taken = 7;

	(void)state;
	open_as(mine);
	assert_true(stream_push(s, &event, 1, &taken));
	assert_int_equal(taken, 0);
	stream_drop(s);
}

static void
whoever_feeds_a_stream_that_is_ended_hears_of_it_once(void **state)
{
	(void)state;
	open_as(mine);
	stream_end(s, "slow");
	assert_int_equal(closed, 1);
	stream_end(s, "session");
	stream_drop(s);
	assert_int_equal(closed, 1);
}

static void	steps(int64_t ms);

static void
a_sessions_streams_end_together_and_no_others(void **state)
{
	struct stream *hers[3], *other;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		visit_flow.who.session = mine;
		visit_flow.who.role = i == 2 ? ROLE_OWNER : ROLE_VIEWER;
		assert_int_equal(stream_open(&visit.call, &closed, NULL,
		    &hers[i]), OK);
	}
	open_as(ended);
	other = s;
	stream_close_session(mine);
	steps(20);
	assert_int_equal(closed, 0);
	stream_close_session(ended);
	steps(20);
	assert_int_equal(closed, 1);
	for (i = 0; i < 3; i++)
		stream_drop(hers[i]);
	stream_drop(other);
}

#define MOST	700	/* seven eighths of the connections */

static void
more_streams_than_a_worker_may_carry_are_refused(void **state)
{
	static struct stream *all[MOST];
	struct stream *none;
	size_t i;

	(void)state;
	for (i = 0; i < MOST; i++)
		assert_int_equal(stream_open(&visit.call, NULL, NULL,
		    &all[i]), OK);
	assert_int_equal(stream_open(&visit.call, NULL, NULL, &none), E_BUSY);
	for (i = 0; i < MOST; i += 2)
		stream_drop(all[i]);
	assert_int_equal(stream_open(&visit.call, NULL, NULL, &all[0]), OK);
	stream_drop(all[0]);
	for (i = 1; i < MOST; i += 2)
		stream_drop(all[i]);
}

/* ---- who is asked ------------------------------------------------ */

static enum err
alive(struct flow *f, const struct who *who, size_t n, bool *out)
{
	size_t i;

	TRY(flow_sleep(f, 10));
	assert_in_range(n, 1, 200);
	asked += n;
	for (i = 0; i < n; i++)
		out[i] = !uuid_eq(who[i].session, ended);
	return (OK);
}

static void
steps(int64_t ms)
{
	int64_t end = mono_ms() + ms;

	while (mono_ms() < end)
		loop_step(20);
}

static void
every_session_is_asked_for_within_seconds(void **state)
{
	static struct stream *all[450];
	size_t i;

	(void)state;
	for (i = 0; i < 450; i++) {
		visit_flow.who.session = i < 5 ? mine : i == 300 ?
		    ended : uuid_new();
		assert_int_equal(stream_open(&visit.call, NULL, NULL,
		    &all[i]), OK);
	}
	steps(3300);
	assert_int_equal(asked, 446);	/* sessions */
	for (i = 0; i < 450; i++)
		stream_drop(all[i]);
	steps(3000);
	assert_int_equal(asked, 446);	/* nobody is left to ask for */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name)	cmocka_unit_test_setup_teardown(name, begin, visit_end)
		T(an_open_stream_is_part_of_its_answer),
		T(what_is_said_before_the_answer_may_be_long_but_not_endless),
		T(nothing_is_taken_before_the_answer_has_begun),
		T(whoever_feeds_a_stream_that_is_ended_hears_of_it_once),
		T(a_sessions_streams_end_together_and_no_others),
		T(more_streams_than_a_worker_may_carry_are_refused),
		T(every_session_is_asked_for_within_seconds),
	};

	worker_max_connections = 800;
	loop_open();
	http_streams(alive);
	stream_start();
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
