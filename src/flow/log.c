/*
 * The log: one JSON object a line on standard error, written in one call so
 * that lines of several workers never mix.
 */
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/settings.h"
#include "flow/flow.h"

#define LINE_ARENA_BYTES	(64 * 1024)

static const char *const level_names[] = { "fine", "info", "warn", "error" };

static enum log_level
log_least(void)
{
	size_t i;

	if (settings.log_level == NULL)
		return (LOG_INFORM);
	for (i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++)
		if (strcmp(settings.log_level, level_names[i]) == 0)
			return ((enum log_level)i);
	return (LOG_INFORM);
}

static void
line_send(str line)
{
	ssize_t sent;

	while (line.n > 0 && (sent = write(STDERR_FILENO, line.p,
	    line.n)) > 0) {
		line.p += sent;
		line.n -= (size_t)sent;
	}
}

void
log_write(enum log_level level, const char *event,
    const struct log_field *fields, size_t n)
{
	struct arena a;
	struct json j;
	size_t i;

	if (level < log_least())
		return;
	arena_init(&a, LINE_ARENA_BYTES * 4, NULL, NULL);
	jw_init(&j, &a);
	jw_open(&j);
	jw_key(&j, "time");
	jw_instant(&j, instant_now());
	jw_key(&j, "level");
	jw_z(&j, level_names[level]);
	jw_key(&j, "event");
	jw_z(&j, event);
	for (i = 0; i < n; i++) {
		if (fields[i].key == NULL)
			continue;
		jw_key(&j, fields[i].key);
		if (fields[i].text.p == NULL) {
			jw_long(&j, fields[i].number);
			continue;
		}
		jw_str(&j, (str){ fields[i].text.p,
		    fields[i].text.n < 4096 ? fields[i].text.n : 4096 });
	}
	jw_close(&j);
	line_send(arena_printf(&a, "%.*s\n", STR_ARG(jw_text(&j))));
	arena_drop(&a);
}
