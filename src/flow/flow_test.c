/*
 * Flows: that they begin, wait, are woken, run late, are left, overflow and
 * end, many times over, without growing.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "flow/fiber.h"
#include "flow/flow.h"

/* Freed memory that the sanitizer keeps aside must not look like growth. */
const char	*__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return ("quarantine_size_mb=1:thread_local_quarantine_size_kb=64");
}

static int
loop_setup(void **state)
{
	(void)state;
	loop_open();
	return (0);
}

static int
loop_teardown(void **state)
{
	(void)state;
	job_close();
	loop_close();
	return (0);
}

static enum err
answer_conflict(struct flow *f, void *arg)
{
	(void)f;
	(*(int *)arg)++;
	return (E_CONFLICT);
}

static void
a_flow_runs_and_answers(void **state)
{
	int times = 0;

	(void)state;
	assert_int_equal(flow_run(answer_conflict, &times, 1000), E_CONFLICT);
	assert_int_equal(times, 1);
	assert_int_equal(flow_count(), 0);
}

static enum err
sleep_a_little(struct flow *f, void *arg)
{
	return (flow_sleep(f, *(int64_t *)arg));
}

static void
sleep_ends_in_time(void **state)
{
	int64_t ms = 20, before;

	(void)state;
	before = mono_ms();
	assert_int_equal(flow_run(sleep_a_little, &ms, 1000), OK);
	assert_true(mono_ms() - before >= 19);
}

static void
a_deadline_cuts_a_wait(void **state)
{
	int64_t ms = 5000, before;

	(void)state;
	before = mono_ms();
	assert_int_equal(flow_run(sleep_a_little, &ms, 30), E_DEADLINE);
	assert_in_range(mono_ms() - before, 29, 2000);
}

static enum err
read_a_byte(struct flow *f, void *arg)
{
	int *fds = arg;
	char c;

	TRY(flow_wait(f, fds[0], WATCH_READ));
	assert_int_equal(read(fds[0], &c, 1), 1);
	return (c == 'x' ? OK : E_INTERNAL);
}

static enum err
write_a_byte(struct flow *f, void *arg)
{
	int *fds = arg;

	TRY(flow_sleep(f, 5));
	assert_int_equal(write(fds[1], "x", 1), 1);
	return (OK);
}

static enum err answers[4];

static void
note_answer(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	answers[0] = e;
}

static void
one_flow_waits_for_what_another_writes(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	answers[0] = E_INTERNAL;
	assert_non_null(flow_start(read_a_byte, note_answer, fds, 1000));
	assert_int_equal(flow_run(write_a_byte, fds, 1000), OK);
	loop_run(NULL);
	assert_int_equal(answers[0], OK);
	close(fds[0]);
	close(fds[1]);
}

static void
a_cancelled_flow_is_told_at_its_wait(void **state)
{
	int64_t ms = 5000;
	struct flow *f;

	(void)state;
	answers[0] = OK;
	f = flow_start(sleep_a_little, note_answer, &ms, 10000);
	assert_non_null(f);
	flow_cancel(f);
	loop_run(NULL);
	assert_int_equal(answers[0], E_CANCELLED);
}

static int undone[3], undone_count;

static void
undo(void *arg)
{
	undone[undone_count++] = *(int *)arg;
}

static int one = 1, two = 2, three = 3;

static enum err
leave_deeply(struct flow *f, void *arg)
{
	flow_defer(f, undo, &one);
	flow_defer(f, undo, &two);
	flow_defer(f, undo, &three);
	flow_undefer(f, undo, &two);
	if (arg != NULL)
		flow_leave(f, E_FORBIDDEN);
	return (OK);
}

static void
defers_run_backwards_however_a_flow_ends(void **state)
{
	(void)state;
	undone_count = 0;
	assert_int_equal(flow_run(leave_deeply, NULL, 1000), OK);
	assert_int_equal(undone_count, 2);
	assert_int_equal(undone[0], 3);
	assert_int_equal(undone[1], 1);
	undone_count = 0;
	assert_int_equal(flow_run(leave_deeply, &one, 1000), E_FORBIDDEN);
	assert_int_equal(undone_count, 2);
}

static enum err
ask_for_too_much(struct flow *f, void *arg)
{
	int i;

	(void)arg;
	for (i = 0; i < 1000; i++)
		memset(arena_alloc(&f->arena, 1 << 20), 1, 1 << 20);
	return (OK);
}

static void
an_arena_at_its_limit_ends_the_flow(void **state)
{
	(void)state;
	assert_int_equal(flow_run(ask_for_too_much, NULL, 1000), E_MEMORY);
}

static enum err
fill_up(struct flow *f, void *arg)
{
	int i;

	(void)arg;
	for (i = 0; i < 1000000; i++)
		memset(arena_alloc(&f->arena, 1000), 1, 1000);
	return (OK);
}

static void
say_so(struct flow *f, void *arg, enum err e)
{
	assert_int_equal(e, E_MEMORY);
	*(size_t *)arg = arena_printf(&f->arena, "%0*d", 100000, 0).n;
}

static void
a_flow_without_memory_left_can_still_say_so(void **state)
{
	size_t said = 0;

	(void)state;
	assert_non_null(flow_start(fill_up, say_so, &said, 5000));
	loop_run(NULL);
	assert_int_equal(said, 100000);
}

static void
add_up(void *arg)
{
	int64_t *n = arg, i;

	for (i = 1; i <= 1000; i++)
		n[1] += n[0] * i;
}

static enum err
add_on_a_thread(struct flow *f, void *arg)
{
	int64_t n[2] = { 3, 0 };

	TRY(flow_job(f, add_up, n));
	*(int64_t *)arg = n[1];
	return (OK);
}

static void
a_job_computes_on_a_thread(void **state)
{
	int64_t sum = 0;

	(void)state;
	assert_int_equal(flow_run(add_on_a_thread, &sum, 5000), OK);
	assert_int_equal(sum, 3 * 500500);
}

static void
linger(void *arg)
{
	usleep(60000);
	*(int *)arg = 1;
}

static enum err
linger_on_a_thread(struct flow *f, void *arg)
{
	return (flow_job(f, linger, arg));
}

static void
a_job_is_waited_for_even_past_the_deadline(void **state)
{
	int lingered = 0;

	(void)state;
	assert_int_equal(flow_run(linger_on_a_thread, &lingered, 10),
	    E_DEADLINE);
	assert_int_equal(lingered, 1);
}

static void
jobs_beyond_the_limit_are_refused(void **state)
{
	static int lingered[LIMIT_JOBS_WAITING];
	int i, extra = 0;

	(void)state;
	for (i = 0; i < LIMIT_JOBS_WAITING; i++)
		assert_non_null(flow_start(linger_on_a_thread, NULL,
		    &lingered[i], 60000));
	assert_int_equal(flow_run(linger_on_a_thread, &extra, 1000), E_BUSY);
	loop_run(NULL);
	for (i = 0; i < LIMIT_JOBS_WAITING; i++)
		assert_int_equal(lingered[i], 1);
	assert_int_equal(extra, 0);
}

static enum err
begin_another(struct flow *f, void *arg)
{
	(void)f;
	assert_non_null(flow_start(answer_conflict, NULL, arg, 1000));
	return (OK);
}

static void
a_flow_begun_inside_another_runs_after_it(void **state)
{
	int times = 0;

	(void)state;
	assert_int_equal(flow_run(begin_another, &times, 1000), OK);
	loop_run(NULL);
	assert_int_equal(times, 1);
}

static void
flows_beyond_the_limit_are_refused(void **state)
{
	int64_t ms = 50;
	size_t i;

	(void)state;
	for (i = 0; i < LIMIT_FLOWS; i++)
		assert_non_null(flow_start(sleep_a_little, NULL, &ms, 5000));
	assert_null(flow_start(sleep_a_little, NULL, &ms, 5000));
	loop_run(NULL);
	assert_int_equal(flow_count(), 0);
	assert_true(fiber_stacks() <= LIMIT_FLOW_POOLED_STACKS);
}

static long
resident_kib(void)
{
	struct rusage ru;

	getrusage(RUSAGE_SELF, &ru);
	return (ru.ru_maxrss);
}

static enum err
work_and_wait(struct flow *f, void *arg)
{
	int *left = arg;

	memset(arena_alloc(&f->arena, 40000), 7, 40000);
	if ((*left)-- % 16 == 0)
		return (flow_sleep(f, 1));
	if (*left % 7 == 0)
		flow_leave(f, E_BUSY);
	return (OK);
}

static void
a_hundred_thousand_flows_do_not_grow(void **state)
{
	int left, i;
	long before;

	(void)state;
	for (i = left = 5000; i > 0; i--)
		assert_non_null(flow_start(work_and_wait, NULL, &left, 1000)),
		    i % 64 == 0 ? loop_run(NULL) : (void)0;
	loop_run(NULL);
	before = resident_kib();
	for (i = left = 100000; i > 0; i--) {
		assert_non_null(flow_start(work_and_wait, NULL, &left, 1000));
		if (i % 64 == 0)
			loop_run(NULL);
	}
	loop_run(NULL);
	assert_int_equal(left, 0);
	assert_int_equal(flow_count(), 0);
	assert_in_range(resident_kib() - before, 0, 4096);
}

static volatile char deepest;

static int
go_deeper(int n)
{
	volatile char room[1024];

	room[0] = (char)n;
	deepest = room[0];
	return (n == 0 ? 0 : go_deeper(n - 1) + room[0]);
}

static enum err
overflow_the_stack(struct flow *f, void *arg)
{
	(void)f;
	(void)arg;
	return (go_deeper(1 << 20) == 1 ? OK : E_INTERNAL);
}

/* The child dies on the guard page; nothing else would stop it. */
static void
a_stack_overflow_dies_on_the_guard_page(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	if ((pid = fork()) == 0) {
		close(STDERR_FILENO);
		signal(SIGSEGV, SIG_DFL);
		loop_open();
		_exit(flow_run(overflow_the_stack, NULL, 1000));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
}

static int rung[3], rung_count;

static void
ring(void *arg)
{
	rung[rung_count++] = *(int *)arg;
}

static void
timers_ring_in_order_and_can_be_stopped(void **state)
{
	struct timer a = { .fn = ring, .arg = &one };
	struct timer b = { .fn = ring, .arg = &two };
	struct timer c = { .fn = ring, .arg = &three };

	(void)state;
	rung_count = 0;
	timer_set(&a, 20);
	timer_set(&b, 5);
	timer_set(&c, 10);
	timer_stop(&c);
	while (rung_count < 2)
		loop_step(-1);
	assert_int_equal(rung[0], 2);
	assert_int_equal(rung[1], 1);
	loop_step(5);
	assert_int_equal(rung_count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_flow_runs_and_answers),
		cmocka_unit_test(sleep_ends_in_time),
		cmocka_unit_test(a_deadline_cuts_a_wait),
		cmocka_unit_test(timers_ring_in_order_and_can_be_stopped),
		cmocka_unit_test(one_flow_waits_for_what_another_writes),
		cmocka_unit_test(a_cancelled_flow_is_told_at_its_wait),
		cmocka_unit_test(defers_run_backwards_however_a_flow_ends),
		cmocka_unit_test(an_arena_at_its_limit_ends_the_flow),
		cmocka_unit_test(a_flow_without_memory_left_can_still_say_so),
		cmocka_unit_test(a_job_computes_on_a_thread),
		cmocka_unit_test(a_job_is_waited_for_even_past_the_deadline),
		cmocka_unit_test(jobs_beyond_the_limit_are_refused),
		cmocka_unit_test(a_flow_begun_inside_another_runs_after_it),
		cmocka_unit_test(flows_beyond_the_limit_are_refused),
		cmocka_unit_test(a_hundred_thousand_flows_do_not_grow),
		cmocka_unit_test(a_stack_overflow_dies_on_the_guard_page),
	};

	return (cmocka_run_group_tests(tests, loop_setup, loop_teardown));
}
