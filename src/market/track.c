/*
 * What shall be kept up to date of which instrument, how far it is, and what
 * was found wrong on the way. Who does it is not known here.
 */
#include "base/settings.h"
#include "market/market.h"
#include "store/store.h"

#include "market_sql.h"

const char *const track_needs[] = {
	"daily", "intraday", "events", "profile", "fundamentals", "identity",
	NULL
};

static const struct field tracked_fields[] = {
	MUST(tracked, instrument_id, "Instrument."),
	MUST(tracked, symbol, "Ticker."),
	MUST(tracked, kind, "Kind."),
	MUST(tracked, currency, "Currency."),
	MAY(tracked, exchange, "Exchange."),
	MAY(tracked, mic, "Its code."),
	MUST(tracked, need, "What."),
	MAY(tracked, from_day, "First day that is wanted."),
	MAY(tracked, watermark, "Last day that is kept."),
	MAY(tracked, wanted_at, "When somebody asked for it."),
	MAY(tracked, wanted_from, "And from which day on."),
	MAY(tracked, done_at, "Last time."),
	MUST(tracked, failures, "In a row."),
	MAY(tracked, last_error, "Why."),
	FIELDS_END
};

enum err
market_tracked(struct flow *f, str need, uuid after, bool wanted_only,
    int64_t limit, struct list *out)
{
	return (store_rows(f, &sql_tracked_page, SHAPE(tracked), out,
	    STR(need), UUID(after), BOOL(wanted_only), LONG(limit)));
}

enum err
market_track(struct flow *f, uuid instrument, str need, day from_day,
    bool wanted)
{
	return (store_exec(f, &sql_track_put, NULL, UUID(instrument),
	    STR(need), DAY(from_day), BOOL(wanted)));
}

enum err
market_untrack(struct flow *f, uuid instrument, str need)
{
	return (store_exec(f, &sql_track_stop, NULL, UUID(instrument),
	    STR(need)));
}

enum err
market_track_held(struct flow *f)
{
	return (store_exec(f, &sql_track_held, NULL,
	    BOOL(settings.intraday_minutes > 0)));
}

enum err
market_track_done(struct flow *f, uuid instrument, str need, day watermark,
    str error)
{
	return (store_exec(f, &sql_track_done, NULL, UUID(instrument),
	    STR(need), DAY(watermark), STR(error)));
}

enum err
market_finding_put(struct flow *f, const struct finding *v)
{
	return (store_exec(f, &sql_finding_put, NULL, UUID(uuid_new()),
	    UUID(v->instrument_id), DAY(v->day), STR(v->rule),
	    STR(v->severity), STR(v->detail), STR(v->source)));
}
