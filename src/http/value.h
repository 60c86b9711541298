/*
 * value: one value that was sent, checked against the field that describes
 * it. Inner header of http/.
 */
#ifndef BURSAR_HTTP_VALUE_H
#define BURSAR_HTTP_VALUE_H

#include "http/exchange.h"

/*
 * Read a scalar field of `record` from text (a query value, a form member, a
 * JSON string). NULL when it was good; otherwise what it should have been,
 * for people, whose code is value_code(). The record is untouched then.
 */
const char	*value_of_text(struct arena *a, const struct field *fd,
		    str text, void *record);
/* From a JSON number. */
const char	*value_of_long(const struct field *fd, int64_t n,
		    void *record);
const char	*value_of_real(const struct field *fd, double x,
		    void *record);
/* "type", "out_of_range", "too_long", "too_precise", "format" .. */
const char	*value_code(const char *why);

/* The same for people who see this field: with its bounds, or its choices. */
str		 value_said(struct arena *a, const struct field *fd,
		    const char *why);

/* Faults that are found before there is a value. */
const char	*value_mistyped(void);
const char	*value_imprecise(void);
const char	*value_too_big(void);

/* body.c: the JSON body into ex->call.body. */
enum err	 body_decode(struct exchange *ex, str text) MUSTCHECK;

#endif
