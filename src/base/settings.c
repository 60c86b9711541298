/*
 * Settings from the environment and from a file. An unknown BURSAR_ key is
 * an error in the file, but not in the environment, where Kubernetes puts
 * BURSAR_PORT and the like for a service that is called bursar. Nothing is
 * changed when anything is wrong.
 */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "base/str.h"

#define LINE_BYTES	4096
#define PREFIX		"BURSAR_"
#define MASK		"(set)"

enum sort { SORT_TEXT, SORT_WHOLE, SORT_TRUTH };

struct row {
	const char	*env;
	enum sort	 sort;
	const char	*fallback;	/* as text */
	int64_t		 lowest, highest;
	bool		 secret;
	const char	*doc;
	size_t		 offset;
};

#define AT(member)	offsetof(struct settings, member)
static const struct row rows[] = {
#define TEXT(member, name, value, hidden, text)				\
	{ name, SORT_TEXT, value, 0, 0, hidden, text, AT(member) },
#define WHOLE(member, name, value, lo, hi, text)			\
	{ name, SORT_WHOLE, #value, lo, hi, false, text, AT(member) },
#define TRUTH(member, name, value, text)				\
	{ name, SORT_TRUTH, #value, 0, 0, false, text, AT(member) },
#include "base/settings.def"
#undef TEXT
#undef WHOLE
#undef TRUTH
};

#define ROWS	(sizeof(rows) / sizeof(rows[0]))

struct settings settings = {
#define TEXT(member, name, value, hidden, text)		.member = value,
#define WHOLE(member, name, value, lo, hi, text)	.member = value,
#define TRUTH(member, name, value, text)		.member = value,
#include "base/settings.def"
#undef TEXT
#undef WHOLE
#undef TRUTH
};

/* What was set, as text; NULL where the fallback serves. */
static char *texts[ROWS];

struct why {
	char	*p;
	size_t	 n;
};

static enum err __attribute__((format(printf, 2, 3)))
invalid(const struct why *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why->p, why->n, fmt, ap);
	va_end(ap);
	return (E_INVALID);
}

static char *
copy(str s)
{
	char *z = strndup(s.p, s.n);

	if (z == NULL)
		abort();
	return (z);
}

static void
text_set(char **found, str s)
{
	free(*found);
	*found = copy(s);
}

static void
texts_free(char **found)
{
	size_t i;

	for (i = 0; i < ROWS; i++)
		free(found[i]);
}

/* A value may stand in quotes, so that a shell can read the same file. */
static str
unquote(str s)
{
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') &&
	    s.p[s.n - 1] == s.p[0])
		return ((str){ s.p + 1, s.n - 2 });
	return (s);
}

static enum err
line_read(str line, int number, char **found, const struct why *why)
{
	str rest = str_trim(line), key;
	size_t i;

	if (rest.n == 0 || *rest.p == '#')
		return (OK);
	str_cut(&rest, '=', &key);
	if (rest.p == NULL)
		return (invalid(why, "line %d of the settings file is not "
		    "KEY=value", number));
	key = str_trim(key);
	for (i = 0; i < ROWS; i++)
		if (str_eqz(key, rows[i].env)) {
			text_set(&found[i], unquote(str_trim(rest)));
			return (OK);
		}
	if (!str_starts(key, S(PREFIX)))
		return (OK);
	return (invalid(why, "%.*s in line %d of the settings file is no "
	    "setting", STR_ARG(key), number));
}

static enum err
lines_read(FILE *f, char **found, const struct why *why)
{
	char line[LINE_BYTES];
	int number = 0;

	while (fgets(line, sizeof(line), f) != NULL) {
		number++;
		if (strlen(line) == sizeof(line) - 1)
			return (invalid(why, "line %d of the settings file "
			    "is longer than %d bytes", number,
			    LINE_BYTES - 2));
		TRY(line_read(str_of(line), number, found, why));
	}
	if (ferror(f))
		return (invalid(why, "BURSAR_SETTINGS: the file cannot be "
		    "read: %s", strerror(errno)));
	return (OK);
}

static enum err
file_read(char **found, const struct why *why)
{
	const char *path = getenv("BURSAR_SETTINGS");
	enum err e;
	FILE *f;

	if (path == NULL || *path == '\0')
		return (OK);
	f = fopen(path, "re");
	if (f == NULL)
		return (invalid(why, "BURSAR_SETTINGS: %s cannot be opened: "
		    "%s", path, strerror(errno)));
	e = lines_read(f, found, why);
	fclose(f);
	return (e);
}

static void
environment_read(char **found)
{
	const char *z;
	size_t i;

	for (i = 0; i < ROWS; i++)
		if ((z = getenv(rows[i].env)) != NULL)
			text_set(&found[i], str_of(z));
}

static enum err
value_set(const struct row *row, const char *z, void *at, const struct why *why)
{
	str s = str_of(z);

	switch (row->sort) {
	case SORT_TEXT:
		*(const char **)at = z;
		return (OK);
	case SORT_WHOLE:
		if (str_long(s, at) && *(int64_t *)at >= row->lowest &&
		    *(int64_t *)at <= row->highest)
			return (OK);
		return (invalid(why, "%s must be a whole number from %lld to "
		    "%lld", row->env, (long long)row->lowest,
		    (long long)row->highest));
	case SORT_TRUTH:
		*(bool *)at = str_eq(s, S("true"));
		if (*(bool *)at || str_eq(s, S("false")))
			return (OK);
		return (invalid(why, "%s must be true or false", row->env));
	}
	return (E_INTERNAL);
}

static enum err
values_set(char **found, const struct why *why)
{
	struct settings mine;
	size_t i;

	for (i = 0; i < ROWS; i++)
		TRY(value_set(&rows[i],
		    found[i] != NULL ? found[i] : rows[i].fallback,
		    (char *)&mine + rows[i].offset, why));
	settings = mine;
	return (OK);
}

enum err
settings_load(char *why, size_t why_size)
{
	const struct why said = { why, why_size };
	char *found[ROWS] = { NULL };
	enum err e;

	e = file_read(found, &said);
	if (e == OK) {
		environment_read(found);
		e = values_set(found, &said);
	}
	if (e != OK) {
		texts_free(found);
		return (e);
	}
	texts_free(texts);
	memcpy(texts, found, sizeof(texts));
	return (OK);
}

static const char *
value_text(size_t i)
{
	const char *z = texts[i] != NULL ? texts[i] : rows[i].fallback;

	return (rows[i].secret && *z != '\0' ? MASK : z);
}

static int
wider(int width, const char *z)
{
	int n = (int)strlen(z);

	return (n > width ? n : width);
}

static void
print_table(FILE *out)
{
	int name = wider(0, "name"), value = wider(0, "value");
	int fallback = wider(0, "default");
	size_t i;

	for (i = 0; i < ROWS; i++) {
		name = wider(name, rows[i].env);
		value = wider(value, value_text(i));
		fallback = wider(fallback, rows[i].fallback);
	}
	fprintf(out, "%-*s  %-*s  %-*s  %s\n", name, "name", value, "value",
	    fallback, "default", "what it is");
	for (i = 0; i < ROWS; i++)
		fprintf(out, "%-*s  %-*s  %-*s  %s\n", name, rows[i].env,
		    value, value_text(i), fallback, rows[i].fallback,
		    rows[i].doc);
}

static void
print_env(FILE *out)
{
	size_t i;

	fprintf(out, "# Every setting, with what it is when not set.\n"
	    "# Name this file in BURSAR_SETTINGS; the environment wins.\n");
	for (i = 0; i < ROWS; i++) {
		fprintf(out, "\n# %s", rows[i].doc);
		if (rows[i].sort == SORT_WHOLE)
			fprintf(out, " From %lld to %lld.",
			    (long long)rows[i].lowest,
			    (long long)rows[i].highest);
		fprintf(out, "\n#%s=%s\n", rows[i].env, rows[i].fallback);
	}
}

void
settings_print(FILE *out, bool as_env)
{
	if (as_env)
		print_env(out);
	else
		print_table(out);
}
