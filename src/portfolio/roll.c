/*
 * Rolling on: when the market has said something new, the days it is about
 * and those after them are valued again. Each portfolio has a flow of its
 * own, so that what one of them fails for is not in the way of the others.
 */
#include <stdlib.h>

#include "portfolio/book.h"

#include "portfolio_sql.h"

#define ROLL_MS		60000	/* for one portfolio */

struct behind {
	uuid	tenant_id, portfolio_id;
};

static const struct field behind_fields[] = {
	MUST(behind, tenant_id, "Tenant."),
	MUST(behind, portfolio_id, "Portfolio."),
	FIELDS_END
};

struct news {
	day	day;		/* DAY_NONE before the first roll */
};

static const struct field news_fields[] = {
	MAY(news, day, "First day that there is news of."),
	FIELDS_END
};

/* ---- one portfolio ----------------------------------------------------- */

enum err
portfolio_rebuild(struct flow *f, uuid portfolio)
{
	struct book b;

	TRY(book_open(&b, f, portfolio, 0));
	if (b.n == 0)
		return (portfolio_changed(f, portfolio));
	TRY(book_fold(&b));
	b.from = book_begins(&b);
	return (book_write(&b));
}

enum err
portfolio_relot(struct flow *f, uuid portfolio)
{
	struct book b;
	enum err e;

	TRY(book_open(&b, f, portfolio, 0));
	if (b.n == 0)
		return (OK);
	e = book_fold(&b);
	if (e == E_INVALID && b.fault.kind == FAULT_LOTS)
		return (flow_fault(f, e, "a sale told its lots, and an "
		    "average has none"));
	TRY(e);
	/* What it was worth does not depend on the method. */
	b.from = day_add(day_today(), 1);
	b.lots_anew = true;
	return (book_write(&b));
}

static enum err
book_roll(struct book *b)
{
	struct news news;

	TRY(book_fold(b));
	TRY(store_row(b->f, &sql_portfolio_news, SHAPE(news), &news,
	    UUID(b->portfolio.id), book_ids(b)));
	b->from = day_ok(news.day) ? news.day : book_begins(b);
	return (book_write(b));
}

static enum err
portfolio_roll_one(struct flow *f, uuid portfolio)
{
	struct book b;

	TRY(store_begin(f));
	TRY(book_open(&b, f, portfolio, 0));
	TRY(book_roll(&b));
	TRY(store_exec(f, &sql_portfolio_rolled, NULL, UUID(portfolio)));
	return (store_commit(f));
}

/* ---- all of them ------------------------------------------------------- */

/* Owned by the flow that rolls; whoever waits for it may leave. */
struct roll {
	struct flow	*waits;
	struct behind	 of;
	bool		 over;
};

static enum err
roll_run(struct flow *f, void *arg)
{
	struct roll *r = arg;

	f->who.tenant = r->of.tenant_id;
	return (portfolio_roll_one(f, r->of.portfolio_id));
}

static void
roll_end(struct flow *f, void *arg, enum err e)
{
	struct roll *r = arg;
	char id[UUID_TEXT_MAX];

	uuid_print(r->of.portfolio_id, id);
	if (e != OK)
		LOG(LOG_WARN, "roll", LZ("portfolio", id),
		    LZ("error", err_row(e)->name),
		    LZ("why", f->fault == NULL ? "" : f->fault));
	r->over = true;
	if (r->waits != NULL)
		flow_wake(r->waits);
	else
		free(r);
}

static void
roll_leave(void *arg)
{
	struct roll *r = arg;

	r->waits = NULL;
	if (r->over)
		free(r);
}

static enum err
roll_apart(struct flow *f, const struct behind *of)
{
	struct roll *r;
	enum err e = OK;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		return (E_MEMORY);
	*r = (struct roll){ .waits = f, .of = *of };
	if (flow_start(roll_run, roll_end, r, ROLL_MS) == NULL) {
		free(r);
		return (E_BUSY);
	}
	flow_defer(f, roll_leave, r);
	while (e == OK && !r->over)
		e = flow_park(f);
	flow_undefer(f, roll_leave, r);
	roll_leave(r);
	return (e);
}

enum err
portfolio_roll(struct flow *f)
{
	struct behind last = { UUID_NONE, UUID_NONE };
	const struct behind *b;
	struct list list;
	size_t i;

	do {
		TRY(store_rows(f, &sql_portfolio_behind, SHAPE(behind), &list,
		    UUID(last.tenant_id), UUID(last.portfolio_id)));
		b = list.v;
		for (i = 0; i < list.n; i++) {
			last = b[i];
			TRY(roll_apart(f, &last));
		}
	} while (list.n > 0);
	return (OK);
}
