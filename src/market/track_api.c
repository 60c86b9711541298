/*
 * What is kept up to date, told and changed by administrators. Who fetches
 * finds it in the same table.
 */
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

struct track {
	str	need;
	bool	enabled;
	day	from_day, watermark;
	instant	wanted_at, done_at;
	int64_t	failures;
	str	last_error;
};

static const struct field track_fields[] = {
	MUST(track, need, "daily, intraday, events, profile, fundamentals, "
	    "identity."),
	MUST(track, enabled, "Whether it is kept up to date."),
	MAY(track, from_day, "First day that is wanted."),
	MAY(track, watermark, "Last day that is kept."),
	MAY(track, wanted_at, "When it was asked for and not done yet."),
	MAY(track, done_at, "When it was done last."),
	MUST(track, failures, "In a row."),
	MAY(track, last_error, "Of the last time."),
	FIELDS_END
};

struct tracking {
	str		symbol;
	struct list	items;
};

static const struct field tracking_fields[] = {
	MUST(tracking, symbol, "Ticker."),
	MUST(tracking, items, "By need.", .shape = SHAPE(track)),
	FIELDS_END
};

SHAPE_OF(tracking);

struct track_in {
	int	need;
	day	from;
};

static const struct field track_in_fields[] = {
	MAY(track_in, need, "Only this one; daily, events and profile when "
	    "absent.", .names = track_needs),
	MAY(track_in, from, "First day that is wanted; a provider's whole "
	    "history when absent."),
	FIELDS_END
};

SHAPE_OF(track_in);

struct untrack_query {
	int	need;
};

static const struct field untrack_query_fields[] = {
	MAY(untrack_query, need, "Only this one; all when absent.",
	    .names = track_needs),
	FIELDS_END
};

SHAPE_OF(untrack_query);

static enum err
tracking_reply(struct call *c, const struct instrument *in)
{
	struct tracking out = { .symbol = in->symbol };

	TRY(store_rows(c->f, &sql_track_list, SHAPE(track), &out.items,
	    UUID(in->id)));
	return (reply(c, &out));
}

/* Only what is shared can be fetched, and the simulated market fetches
 * itself. */
static enum err
tracked_read(struct call *c, struct instrument *out)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;

	if (symbol_private(symbol))
		return (flow_fault(c->f, E_NOT_FOUND,
		    "an asset of your own is not fetched"));
	return (market_require(c->f, symbol, out));
}

enum err
tracking_route(struct call *c)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;
	struct instrument in;

	TRY(asset_read(c, symbol, &in));
	return (tracking_reply(c, &in));
}

static enum err
needs_track(struct call *c, const struct instrument *in, bool wanted)
{
	static const str usual[] = { S("daily"), S("events"), S("profile") };
	const struct track_in *body = c->body;
	size_t i;

	if (body->need != ENUM_NONE)
		return (market_track(c->f, in->id,
		    str_of(track_needs[body->need]), body->from, wanted));
	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		TRY(market_track(c->f, in->id, usual[i], body->from, wanted));
	return (OK);
}

enum err
track_route(struct call *c)
{
	struct instrument in;

	TRY(tracked_read(c, &in));
	TRY(needs_track(c, &in, false));
	return (tracking_reply(c, &in));
}

enum err
backfill_route(struct call *c)
{
	struct instrument in;

	TRY(tracked_read(c, &in));
	TRY(needs_track(c, &in, true));
	return (tracking_reply(c, &in));
}

enum err
untrack_route(struct call *c)
{
	const struct untrack_query *q = c->query;
	struct instrument in;

	TRY(tracked_read(c, &in));
	TRY(market_untrack(c->f, in.id, q->need == ENUM_NONE ? STR_NONE :
	    str_of(track_needs[q->need])));
	return (reply_nothing(c));
}
