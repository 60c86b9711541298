/* The table of errors, as everybody reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

static enum err
passes_on(enum err e)
{
	TRY(e);
	return (E_CONFLICT);
}

static void
success_has_a_row_too(void **state)
{
	(void)state;
	assert_int_equal(OK, 0);
	assert_string_equal(err_row(OK)->name, "OK");
	assert_string_equal(err_row(OK)->slug, "ok");
	assert_int_equal(err_row(OK)->status, 200);
}

static void
an_error_knows_its_status(void **state)
{
	const struct err_row *row = err_row(E_INVALID);

	(void)state;
	assert_string_equal(row->name, "E_INVALID");
	assert_int_equal(row->status, 422);
	assert_string_equal(row->slug, "validation");
	assert_string_equal(row->title, "Some values are not valid");
	assert_int_equal(row->level, LOG_FINE);
	assert_int_equal(err_row(E_INTERNAL)->level, LOG_ERROR);
}

static void
every_row_is_whole_and_its_slug_its_own(void **state)
{
	const struct err_row *row;
	int i, j;

	(void)state;
	for (i = 1; i < ERR_COUNT; i++) {
		row = err_row((enum err)i);
		assert_memory_equal(row->name, "E_", 2);
		assert_in_range(row->status, 400, 599);
		assert_int_equal(strspn(row->slug,
		    "abcdefghijklmnopqrstuvwxyz-"), strlen(row->slug));
		assert_true(row->title[0] != '\0');
		for (j = 1; j < i; j++)
			assert_string_not_equal(row->slug,
			    err_row((enum err)j)->slug);
	}
}

static void
what_is_no_error_reads_as_internal(void **state)
{
	(void)state;
	assert_ptr_equal(err_row(ERR_COUNT), err_row(E_INTERNAL));
	assert_ptr_equal(err_row((enum err)-1), err_row(E_INTERNAL));
}

static void
try_hands_failures_upward(void **state)
{
	(void)state;
	assert_int_equal(passes_on(E_STALE), E_STALE);
	assert_int_equal(passes_on(OK), E_CONFLICT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(success_has_a_row_too),
		cmocka_unit_test(an_error_knows_its_status),
		cmocka_unit_test(every_row_is_whole_and_its_slug_its_own),
		cmocka_unit_test(what_is_no_error_reads_as_internal),
		cmocka_unit_test(try_hands_failures_upward),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
