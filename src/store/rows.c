/*
 * Rows to records: a column belongs to the field of its name, found once for
 * each result; the field's kind says how its text is read. It refuses a
 * column without a field, a field without a column, and a text that the kind
 * cannot hold: never half a record.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/wire.h"

#define EXACT_DIGITS	15	/* a double holds every integer of so many */
#define EXACT_POWER	22	/* and every power of ten up to this */

/* ---- one value --------------------------------------------------- */

/*
 * Few digits and a small power of ten: then digits and power are exact in a
 * double and one division rounds as strtod would.
 */
static bool
real_quick(str s, double *out)
{
	static const double powers[EXACT_POWER + 1] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
		1e22
	};
	bool minus = s.n > 0 && *s.p == '-', point = false;
	int64_t digits = 0;
	int places = 0;
	size_t i;

	if (s.n == (size_t)minus || s.n > EXACT_DIGITS + (size_t)minus)
		return (false);
	for (i = minus; i < s.n; i++) {
		if (s.p[i] == '.' && !point)
			point = true;
		else if (s.p[i] >= '0' && s.p[i] <= '9') {
			digits = digits * 10 + (s.p[i] - '0');
			places += point;
		} else
			return (false);
	}
	*out = (double)(minus ? -digits : digits) / powers[places];
	return (digits != 0 || !minus);
}

static bool
real_read(str s, double *out)
{
	char *end;

	if (real_quick(s, out))
		return (true);
	*out = strtod(s.p, &end);
	return (s.n > 0 && end == s.p + s.n);
}

static bool
bool_read(str s, bool *out)
{
	*out = str_eq(s, S("t"));
	return (*out || str_eq(s, S("f")));
}

static bool
enum_read(const struct field *fd, str s, int *out)
{
	*out = enum_of(fd->names, s);
	return (*out != ENUM_NONE);
}

static bool
value_read(struct arena *a, const struct field *fd, str s, void *at)
{
	switch (fd->kind) {
	case K_BOOL:
		return (bool_read(s, at));
	case K_LONG:
		return (str_long(s, at));
	case K_REAL:
		return (real_read(s, at));
	case K_STR:
	case K_JSON:
		*(str *)at = arena_str(a, s);
		return (true);
	case K_DEC:
		return (dec_parse(s, at) == OK);
	case K_DAY:
		return (day_parse(s, at));
	case K_INSTANT:
		return (instant_parse(s, at));
	case K_UUID:
		return (uuid_parse(s, at));
	case K_ENUM:
		return (enum_read(fd, s, at));
	default:
		return (false);
	}
}

/* ---- columns to fields ------------------------------------------- */

#define PLANS_KEPT	512

struct plan {
	const struct field	*columns[LIMIT_FIELDS];
	int			 n;
};

static enum err
refuse(const struct sql *q, const char *why, const char *column)
{
	LOG(LOG_ERROR, "db_shape", LZ("statement", q->name),
	    LZ("column", column), LZ("why", why));
	return (E_INTERNAL);
}

static bool
field_flat(const struct field *fd)
{
	return (fd->kind != K_SHAPE && fd->kind != K_LIST);
}

static enum err
plan_complete(const struct plan *plan, const struct sql *q,
    const struct shape *sh)
{
	const struct field *fd;
	int i;

	for (fd = sh->fields; fd->name != NULL; fd++) {
		for (i = 0; i < plan->n && plan->columns[i] != fd; i++)
			;
		if (i == plan->n && field_flat(fd))
			return (refuse(q, "a field without a column",
			    fd->name));
	}
	return (OK);
}

static enum err
plan_make(struct plan *plan, const PGresult *r, const struct sql *q,
    const struct shape *sh)
{
	const struct field *fd;
	const char *name;
	int i;

	plan->n = 0;
	if (PQnfields(r) > LIMIT_FIELDS)
		return (refuse(q, "too many columns", sh->name));
	for (i = 0; i < PQnfields(r); i++) {
		name = PQfname(r, i);
		fd = shape_field(sh, str_of(name));
		if (fd == NULL || !field_flat(fd))
			return (refuse(q, "a column without a field", name));
		plan->columns[plan->n++] = fd;
	}
	return (plan_complete(plan, q, sh));
}

/*
 * A statement's columns are the same each time, so its plan is kept: by the
 * statement and the fields, in a table where the later of two that meet
 * takes the place.
 */
static enum err
plan_find(const struct plan **plan, const PGresult *r, const struct sql *q,
    const struct shape *sh)
{
	static struct kept_plan {
		const struct sql	*sql;
		const struct field	*fields;
		struct plan		 plan;
	} kept[PLANS_KEPT];
	struct kept_plan *k;

	k = &kept[((uintptr_t)q / sizeof(*q) + (uintptr_t)sh->fields / 64) %
	    PLANS_KEPT];
	*plan = &k->plan;
	if (k->sql == q && k->fields == sh->fields &&
	    k->plan.n == PQnfields(r))
		return (OK);
	k->sql = NULL;
	TRY(plan_make(&k->plan, r, q, sh));
	k->sql = q;
	k->fields = sh->fields;
	return (OK);
}

/* ---- rows -------------------------------------------------------- */

static enum err
record_read(struct arena *a, const PGresult *r, const struct sql *q,
    const struct plan *plan, int row, char *record)
{
	const struct field *fd;
	str s;
	int i;

	for (i = 0; i < plan->n; i++) {
		fd = plan->columns[i];
		if (PQgetisnull(r, row, i)) {
			if (fd->kind == K_BOOL)
				return (refuse(q, "no truth", fd->name));
			continue;
		}
		s.p = PQgetvalue(r, row, i);
		s.n = (size_t)PQgetlength(r, row, i);
		if (!value_read(a, fd, s, record + fd->offset))
			return (refuse(q, "cannot be read", fd->name));
	}
	return (OK);
}

enum err
rows_read(struct arena *a, const PGresult *r, const struct sql *q,
    const struct shape *sh, struct list *out)
{
	const struct plan *plan;
	char *record;
	int i, n = PQntuples(r);

	TRY(plan_find(&plan, r, q, sh));
	record = arena_array(a, (size_t)n, sh->size);
	*out = (struct list){ record, (size_t)n };
	for (i = 0; i < n; i++, record += sh->size) {
		shape_clear(sh, record);
		TRY(record_read(a, r, q, plan, i, record));
	}
	return (OK);
}

enum err
row_read(struct arena *a, const PGresult *r, const struct sql *q,
    const struct shape *sh, void *out)
{
	const struct plan *plan;

	TRY(plan_find(&plan, r, q, sh));
	if (PQntuples(r) == 0)
		return (E_NOT_FOUND);
	if (PQntuples(r) > 1)
		return (refuse(q, "more than one row", sh->name));
	shape_clear(sh, out);
	return (record_read(a, r, q, plan, 0, out));
}
