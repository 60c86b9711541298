/*
 * For this room's tests: columns of the CSV files of the shared reference
 * data. Where they are not (BURSAR_SHARED, or ../shared) the test says so
 * and is skipped.
 */
#ifndef BURSAR_QUANT_REFERENCE_H
#define BURSAR_QUANT_REFERENCE_H

#include "quant/golden.h"

enum { REFERENCE_ROWS = 4000, REFERENCE_COLUMNS = 8 };

/* The first column is a day; the others numbers, NaN where empty. */
struct reference {
	size_t	n;
	day	on[REFERENCE_ROWS];
	double	x[REFERENCE_COLUMNS][REFERENCE_ROWS];
};

static inline void
reference_row(struct reference *ref, char *line)
{
	char *cell = line, *next, *end;
	int y, m, d;

	if (sscanf(line, "%d-%d-%d", &y, &m, &d) != 3)
		fail_msg("not a day: %s", line);
	ref->on[ref->n] = day_of(y, m, d);
	for (int c = 0; c < REFERENCE_COLUMNS; c++)
		ref->x[c][ref->n] = NAN;
	for (int c = -1; cell != NULL && c < REFERENCE_COLUMNS; c++) {
		next = strchr(cell, ',');
		if (c >= 0 && *cell != ',' && *cell != '\n') {
			ref->x[c][ref->n] = strtod(cell, &end);
			assert_ptr_not_equal(end, cell);
		}
		cell = next != NULL ? next + 1 : NULL;
	}
	ref->n++;
}

/* Skips the test when there is no such file. */
static inline void
reference_read(struct reference *ref, const char *path)
{
	const char *shared = getenv("BURSAR_SHARED");
	char name[512], line[1024];
	FILE *f;

	snprintf(name, sizeof(name), "%s/data/%s",
	    shared != NULL ? shared : "../shared", path);
	f = fopen(name, "r");
	if (f == NULL) {
		print_message("skipped: no reference data at %s\n", name);
		skip();
	}
	ref->n = 0;
	assert_non_null(fgets(line, sizeof(line), f));
	while (ref->n < REFERENCE_ROWS && fgets(line, sizeof(line), f) != NULL)
		reference_row(ref, line);
	fclose(f);
}

#endif
