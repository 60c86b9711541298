/*
 * field: one description of a record, from which four walks are made: a JSON
 * body is read, an SQL row is read (columns by name), a JSON answer is
 * written, and an OpenAPI schema is printed.
 *
 * The kind comes from the C type itself. Every kind has one value that means
 * "none": STR_NONE, DEC_NONE, DAY_NONE, INSTANT_NONE, UUID_NONE, NaN,
 * INT64_MIN, and -1 for an enumeration. Booleans have no none.
 */
#ifndef BURSAR_BASE_FIELD_H
#define BURSAR_BASE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/dec.h"
#include "base/str.h"
#include "base/uuid.h"

#define LONG_NONE	INT64_MIN
#define ENUM_NONE	(-1)

enum kind {
	K_BOOL,		/* bool */
	K_LONG,		/* int64_t */
	K_REAL,		/* double: ratios, returns, indicators */
	K_STR,		/* str */
	K_DEC,		/* dec: amounts, prices, quantities, rates */
	K_DAY,		/* day */
	K_INSTANT,	/* instant */
	K_UUID,		/* uuid */
	K_ENUM,		/* int, an index into .names */
	K_SHAPE,	/* a struct of .shape, in place */
	K_LIST,		/* struct list of .shape, or of .of */
	K_JSON,		/* str of JSON text, passed through */
};

/* A run of `n` elements, each as the field's .shape or .of says. */
struct list {
	void	*v;
	size_t	 n;
};

struct shape;

struct field {
	const char		*name;
	const char		*doc;	/* one phrase */
	enum kind		 kind;
	size_t			 offset;
	bool			 must;	/* in a body: required */
	bool			 null;	/* in an answer: may be null */
	/*
	 * Bounds of a body's value. For K_STR: of its length in code points
	 * (max 0: LIMIT_NOTE_BYTES). For numbers: of the value, when `ranged`.
	 * For K_LIST of .shape: max is of its records.
	 */
	double			 min, max;
	bool			 ranged;
	bool			 above_zero;	/* K_DEC, K_REAL, K_LONG: > 0 */
	int			 places;	/* K_DEC in a body: most
						   decimals; 0: 18 */
	/*
	 * For display only: written as a JSON number rounded half-even to
	 * `number - 1` places. 0: a K_DEC is a string, a K_REAL is whole.
	 */
	int			 number;
	/* In an answer: left out when it has no value, or is false. */
	bool			 sparse;
	/* K_STR: "symbol", "currency", "email"; see decode.c */
	const char		*pattern;
	const char *const	*names;		/* K_ENUM, NULL-terminated */
	const struct shape	*shape;		/* K_SHAPE, K_LIST */
	enum kind		 of;		/* K_LIST without shape */
	const char		*example;	/* as JSON text */
};

struct shape {
	const char		*name;	/* schema name in openapi.json */
	const struct field	*fields;	/* ends with a NULL name */
	size_t			 size;	/* of the C struct */
};

#define SHAPE_DEF(tag, table)						\
	{ #tag, (table), sizeof(struct tag) }
/* A shape from `struct tag` and its table `tag_fields`. */
#define SHAPE(tag)							\
	(&(const struct shape)SHAPE_DEF(tag, tag##_fields))
/* The same with a name, for rows in another file. */
#define SHAPE_OF(tag)	\
	const struct shape tag##_shape = SHAPE_DEF(tag, tag##_fields)

#define KIND_OF(tag, member)						\
	_Generic(((struct tag *)0)->member,				\
	    bool: K_BOOL, int64_t: K_LONG, double: K_REAL, str: K_STR,	\
	    dec: K_DEC, day: K_DAY, instant: K_INSTANT, uuid: K_UUID,	\
	    int: K_ENUM, struct list: K_LIST, default: K_SHAPE)

#define FIELD(tag, member, text, ...)					\
	{ .name = #member, .doc = (text), .kind = KIND_OF(tag, member),	\
	  .offset = offsetof(struct tag, member), __VA_ARGS__ }
/* In a body: required. In an answer: always there. */
#define MUST(tag, member, text, ...)					\
	FIELD(tag, member, text, .must = true, ##__VA_ARGS__)
/* In a body: may be absent. In an answer: may be null. */
#define MAY(tag, member, text, ...)					\
	FIELD(tag, member, text, .null = true, ##__VA_ARGS__)
/* A str member that already holds JSON text. */
#define JSON_TEXT(tag, member, text, ...)				\
	{ .name = #member, .doc = (text), .kind = K_JSON, .null = true,	\
	  .offset = offsetof(struct tag, member), __VA_ARGS__ }
#define FIELDS_END	{ .name = NULL }

/* Does the record have no value for this field? (A false bool has none.) */
bool	field_none(const struct field *fd, const void *record);
/* Set every field of the record to its kind's "none". */
void	shape_clear(const struct shape *sh, void *record);
/* The field called `name`, or NULL. */
const struct field *shape_field(const struct shape *sh, str name);
/* Bytes of one element of a K_LIST. */
size_t	field_element_size(const struct field *fd);
/* Size of a value of a scalar kind. */
size_t	kind_size(enum kind k);
/* Index in a NULL-terminated list of names, or ENUM_NONE. */
int	enum_of(const char *const *names, str s);

#endif
