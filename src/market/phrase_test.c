/*
 * What is typed, as terms and patterns.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "market/phrase.h"

static struct arena a;

static int
begin(void **state)
{
	(void)state;
	arena_drop(&a);
	arena_init(&a, 1 << 20, NULL, NULL);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	return (0);
}

/* Terms with a bar between. */
static str
split(const char *text)
{
	struct phrase p;
	str all = S("");
	size_t i;

	assert_true(phrase_split(&a, str_of(text), &p));
	for (i = 0; i < p.n; i++)
		all = arena_printf(&a, "%.*s%s%.*s", STR_ARG(all),
		    i > 0 ? "|" : "", STR_ARG(p.term[i]));
	return (all);
}

#define IS(s, z)	assert_true(str_eqz((s), (z)))

static void
terms_are_letters_and_digits(void **state)
{
	(void)state;
	IS(split("Apple"), "apple");
	IS(split("  BRK.B / x "), "brk|b|x");
	IS(split("S&P 500"), "sp|500");
	IS(split("O'Reilly--Auto"), "oreilly|auto");
	IS(split("%_\\ ' &"), "");
	IS(split(""), "");
	IS(split("a b c d e f g"), "a|b|c|d|e");
}

static void
what_is_not_ascii_is_left_to_the_database(void **state)
{
	struct phrase p;

	(void)state;
	assert_false(phrase_split(&a, S("Société"), &p));
}

static void
judge(const char *text, struct phrase *p, struct meant *m, struct judge *j)
{
	assert_true(phrase_split(&a, str_of(text), p));
	phrase_mean(p, m);
	judge_make(&a, p, m, j);
}

static void
the_longest_leads_and_the_others_are_held_against_it(void **state)
{
	struct phrase p;
	struct meant m;
	struct judge j;

	(void)state;
	judge("us total market", &p, &m, &j);
	assert_int_equal(j.leads, 1);
	IS(j.lead[0], "market");
	assert_int_equal(j.likes, 2);
	IS(j.like[0], "% us%");
	IS(j.like[1], "% total%");
	assert_int_equal(j.matches, 0);
	judge("...", &p, &m, &j);
	assert_int_equal(j.leads + j.likes + j.matches, 0);
}

static void
what_is_written_apart_may_be_one_word(void **state)
{
	struct phrase p, one;

	(void)state;
	assert_true(phrase_split(&a, S("JP Morgan"), &p));
	phrase_join(&a, &p, &one);
	assert_int_equal(one.n, 1);
	IS(one.term[0], "jpmorgan");
}

static void
a_term_of_many_meanings_matches_any(void **state)
{
	const struct phrase p = { { S("solr"), S("pacifc") }, 2 };
	const struct meant m = { { 1, 0, 0 }, { S("pacific"), S("solar"),
	    S("solo") }, 3 };
	struct judge j;

	(void)state;
	assert_true(meant_whole(&m, &p));
	judge_make(&a, &p, &m, &j);
	assert_int_equal(j.leads, 1);
	IS(j.lead[0], "pacific");
	assert_int_equal(j.likes, 0);
	assert_int_equal(j.matches, 1);
	IS(j.match[0], "( solar| solo)");
}

static void
a_term_without_a_meaning_is_seen(void **state)
{
	const struct phrase p = { { S("solr"), S("qqqq") }, 2 };
	const struct meant m = { { 0 }, { S("solar") }, 1 };

	(void)state;
	assert_false(meant_whole(&m, &p));
}

#define T(name)	cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(terms_are_letters_and_digits),
		T(what_is_not_ascii_is_left_to_the_database),
		T(the_longest_leads_and_the_others_are_held_against_it),
		T(what_is_written_apart_may_be_one_word),
		T(a_term_of_many_meanings_matches_any),
		T(a_term_without_a_meaning_is_seen),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
