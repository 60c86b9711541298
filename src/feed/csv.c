/*
 * A folder of CSV files as a provider of daily bars: SYMBOL.csv with a header
 * that names its columns, in any order. For history that was bought or kept
 * elsewhere. A file is read on a thread; one that grows while it is read, or
 * is no plain file, is refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define FILE_BYTES_MAX (8 << 20)
#define COLUMNS_MAX    32

enum column { DATE, OPEN, HIGH, LOW, CLOSE, VOLUME, COLUMNS };

static const char *const names[COLUMNS][2] = { { "date", "timestamp" },
	{ "open", "open" }, { "high", "high" }, { "low", "low" },
	{ "close", "close" }, { "volume", "volume" } };

static str
unquoted(str s)
{
	s = str_trim(s);
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = (str){ s.p + 1, s.n - 2 };
	return (s);
}

/* Where each column stands; false when one that matters is missing. */
static bool
header_read(str line, int at[COLUMNS])
{
	str part;

	for (int c = 0; c < COLUMNS; c++)
		at[c] = -1;
	for (int i = 0; i < COLUMNS_MAX && str_cut(&line, ',', &part); i++)
		for (int c = 0; c < COLUMNS; c++)
			if (at[c] < 0 &&
			    (str_eq_nocase(
				 unquoted(part), str_of(names[c][0])) ||
				str_eq_nocase(
				    unquoted(part), str_of(names[c][1]))))
				at[c] = i;
	return (at[DATE] >= 0 && at[OPEN] >= 0 && at[HIGH] >= 0 &&
	    at[LOW] >= 0 && at[CLOSE] >= 0);
}

/* An empty price is a hole for the gates to judge, and not an error. */
static bool
row_read(str line, const int at[COLUMNS], struct daily_bar *b)
{
	dec *const into[COLUMNS] = { NULL, &b->open, &b->high, &b->low,
		&b->close, &b->volume };
	str part;

	*b = (struct daily_bar){ DAY_NONE, DEC_NONE, DEC_NONE, DEC_NONE,
		DEC_NONE, DEC_ZERO };
	for (int i = 0; i < COLUMNS_MAX && str_cut(&line, ',', &part); i++)
		for (int c = 0; c < COLUMNS; c++) {
			if (at[c] != i)
				continue;
			part = unquoted(part);
			if (c == DATE
				? !day_parse(part, &b->day)
				: part.n > 0 && dec_parse(part, into[c]) != OK)
				return (false);
		}
	return (day_ok(b->day));
}

enum feed_answer
csv_read_bars(struct arena *a, str text, struct list *out)
{
	struct gather g = GATHER(a, struct daily_bar);
	struct daily_bar b;
	int at[COLUMNS];
	str line;

	if (str_starts(text, S("\xef\xbb\xbf")))
		text = (str){ text.p + 3, text.n - 3 };
	if (!str_utf8(text) || !str_cut(&text, '\n', &line) ||
	    !header_read(line, at))
		return (FEED_NONSENSE);
	while (str_cut(&text, '\n', &line)) {
		if (str_trim(line).n == 0)
			continue;
		if (!row_read(line, at, &b))
			return (FEED_NONSENSE);
		gather_add(&g, &b);
	}
	*out = g.list;
	return (FEED_OK);
}

/* ---- files --------------------------------------------------------------- */

struct reading {
	const char *path;
	char *text;
	ssize_t n; /* -1: it cannot be read; errno in `why` */
	int why;
};

static void
file_read(void *arg)
{
	struct reading *r = arg;
	int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	ssize_t got = 0;

	r->n = -1;
	r->why = errno;
	if (fd == -1)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= FILE_BYTES_MAX) {
		for (r->n = 0; r->n < FILE_BYTES_MAX &&
		     (got = read(fd, r->text + r->n,
			  (size_t)(FILE_BYTES_MAX - r->n))) > 0;
		     r->n += got)
			continue;
		if (got != 0)
			r->n = -1;
	}
	r->why = EIO;
	close(fd);
}

static enum feed_answer
csv_bars(struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct flow *f = a->f;
	struct reading r = {
		.path = arena_printf(
		    &f->arena, "%s/%.*s.csv", settings.csv_dir, STR_ARG(symbol))
			    .p,
	};
	enum feed_answer e;
	enum err err;

	(void)from;
	(void)to;
	if ((e = guard_admit(f, a->guard, a->need)) != FEED_OK)
		return (e);
	a->called = true;
	r.text = arena_alloc(&f->arena, FILE_BYTES_MAX);
	if ((err = flow_job(f, file_read, &r)) != OK)
		return (err == E_BUSY ? FEED_UPSTREAM : FEED_LEFT);
	if (r.n < 0)
		return (r.why == ENOENT ? FEED_NO_DATA : FEED_UPSTREAM);
	return (csv_read_bars(&f->arena, (str){ r.text, (size_t)r.n }, out));
}

const struct provider provider_csv = {
	.name = "csv",
	.doc = "a folder of the installation's own with daily bars",
	.key = KEY_NONE,
	.raw_bars = true,
	.address = &settings.csv_dir,
	.address_name = "BURSAR_CSV_DIR",
	.bars = csv_bars,
};
