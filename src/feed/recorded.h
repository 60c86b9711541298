/*
 * recorded: for tests, answers that providers once gave, read from beside the
 * repository; a test that wants one is skipped where they are absent, and
 * says so.
 */
#ifndef BURSAR_FEED_RECORDED_H
#define BURSAR_FEED_RECORDED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/readers.h"

#define RECORDED_MAX (2 << 20)

static struct arena arena;

static inline int
arena_setup(void **state)
{
	(void)state;
	arena_init(&arena, 64 << 20, NULL, NULL);
	return (0);
}

static inline int
arena_teardown(void **state)
{
	(void)state;
	arena_drop(&arena);
	arena_pool_drop();
	return (0);
}

/* `name` is below data/: "providers/sec/company_tickers.json". */
static inline str
recorded(const char *name)
{
	const char *shared = getenv("BURSAR_SHARED");
	char path[512], *body = arena_alloc(&arena, RECORDED_MAX);
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "%s/data/%s",
	    shared != NULL ? shared : "../shared", name);
	if ((file = fopen(path, "r")) == NULL) {
		print_message("no %s: skipped\n", path);
		skip();
	}
	n = fread(body, 1, RECORDED_MAX, file);
	fclose(file);
	assert_true(n > 0 && n < RECORDED_MAX);
	return ((str){ body, n });
}

/* A part of a recorded file by its path of names. */
#define recorded_part(name, ...) \
	(view_path(str_trim(recorded(name)), __VA_ARGS__, NULL))

static inline struct outbound_reply
answer(long status, str body)
{
	return ((struct outbound_reply){ status, body });
}

static inline struct outbound_reply
said(const char *body)
{
	return (answer(200, str_of(body)));
}

static inline bool
dec_is(dec d, const char *text)
{
	dec want;

	return (dec_parse(str_of(text), &want) == OK && dec_eq(d, want));
}

static inline day
on(const char *text)
{
	day d;

	assert_true(day_parse(str_of(text), &d));
	return (d);
}

#define AT(list, type, i) (&((const struct type *)(list).v)[i])

#define assert_answer(got, want) \
	assert_string_equal(feed_answer_names[got], feed_answer_names[want])

#endif
