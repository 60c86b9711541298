/*
 * enum err: what a call answers when it did not do what it was asked.
 * OK is 0; err.def has one row for each other value.
 */
#ifndef BURSAR_BASE_ERR_H
#define BURSAR_BASE_ERR_H

enum log_level { LOG_FINE, LOG_INFORM, LOG_WARN, LOG_ERROR };

enum err {
	OK = 0,
#define ERR(name, status, slug, title, level)	name,
#include "base/err.def"
#undef ERR
	ERR_COUNT
};

#define MUSTCHECK	__attribute__((warn_unused_result))

/* Hand any failure upward. */
#define TRY(expr) do {					\
	enum err try_ = (expr);				\
	if (try_ != OK)					\
		return (try_);				\
} while (0)

struct err_row {
	const char	*name;		/* "E_NOT_FOUND" */
	int		 status;	/* HTTP */
	const char	*slug;		/* last part of the problem's type */
	const char	*title;
	enum log_level	 level;
};

/* The row of `e`; OK has one too (200, "ok"). Never NULL. */
const struct err_row	*err_row(enum err e);

#endif
