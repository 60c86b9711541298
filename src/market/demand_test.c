/*
 * What the streams of all processes watch: what each said is added up, what
 * is no such message changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/demand.h"

#define ONE	"0000000000000001 "
#define TWO	"0000000000000002 "

static struct arena a;
static struct list list;

static int
begin(void **state)
{
	(void)state;
	arena_init(&a, 16 << 20, NULL, NULL);
	demand_hear(NULL, S(ONE));
	demand_hear(NULL, S(TWO));
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	return (0);
}

/* All of it as one text. */
static const char *
gathered(void)
{
	static char text[1024];
	const struct demanded *d;
	size_t i, n = 0;

	demand_gather(&a, &list);
	d = list.v;
	text[0] = '\0';
	for (i = 0; i < list.n; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "%.*s %d;", STR_ARG(d[i].symbol), (int)d[i].watched);
	return (text);
}

static void
what_processes_watch_is_added_up_most_first(void **state)
{
	(void)state;
	assert_string_equal(gathered(), "");
	demand_hear(NULL, S(ONE "AAPL 3,MSFT 1,SPY 2"));
	demand_hear(NULL, S(TWO "MSFT 4,QQQ 2"));
	assert_string_equal(gathered(), "MSFT 5;AAPL 3;QQQ 2;SPY 2;");
}

static void
what_a_process_said_last_counts(void **state)
{
	(void)state;
	demand_hear(NULL, S(ONE "AAPL 3"));
	demand_hear(NULL, S(ONE "AAPL 1,SPY 1"));
	assert_string_equal(gathered(), "AAPL 1;SPY 1;");
	demand_hear(NULL, S(ONE));
	assert_string_equal(gathered(), "");
}

static void
what_is_no_message_changes_nothing(void **state)
{
	static const char *const bad[] = { "", " ", "x", "short AAPL 1",
	    "00000000000000011 AAPL 1", "0000000000000003" };
	size_t i;

	(void)state;
	demand_hear(NULL, S(ONE "AAPL 3"));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		demand_hear(NULL, str_of(bad[i]));
	assert_string_equal(gathered(), "AAPL 3;");
	demand_hear(NULL, S(TWO "MSFT,  1,A -1,B 0,C x,D 1 2,E "
	    "99999999999999999999,ABCDEFGHIJKLMNOPQ 1,F 1"));
	assert_string_equal(gathered(), "AAPL 3;F 1;");
}

static void
no_more_symbols_than_can_be_asked_for(void **state)
{
	static char text[40000];
	size_t i, n;

	(void)state;
	n = (size_t)snprintf(text, sizeof(text), "%s", ONE);
	for (i = 0; i < 600; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "%sS%zu %zu", i > 0 ? "," : "", i, i + 1);
	demand_hear(NULL, (str){ text, n });
	demand_gather(&a, &list);
	assert_int_equal(list.n, DEMAND_SYMBOLS);
	assert_int_equal(((struct demanded *)list.v)->watched, 512);
}

/* More processes than there is room for: those silent longest go. */
static void
processes_come_and_go_without_end(void **state)
{
	char text[64];
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		snprintf(text, sizeof(text), "%016d AAPL 1", i + 10);
		demand_hear(NULL, str_of(text));
	}
	demand_gather(&a, &list);
	assert_int_equal(list.n, 1);
	assert_in_range(((struct demanded *)list.v)->watched, 1, 256);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name)	cmocka_unit_test_setup_teardown(name, begin, end)
		T(what_processes_watch_is_added_up_most_first),
		T(what_a_process_said_last_counts),
		T(what_is_no_message_changes_nothing),
		T(no_more_symbols_than_can_be_asked_for),
		T(processes_come_and_go_without_end),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
