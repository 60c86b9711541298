/*
 * Where an asset's daily bars come from, and what did not look right about
 * them. Read only: who fetches finds and settles.
 */
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

#define FINDINGS_MAX	100

struct bar_source {
	str	source;
	int64_t	bars;
	day	from_day, to_day;
	instant	stored_at;
};

static const struct field bar_source_fields[] = {
	MUST(bar_source, source, "Who says so."),
	MUST(bar_source, bars, "Days that are kept of it."),
	MUST(bar_source, from_day, "First of them."),
	MUST(bar_source, to_day, "Last of them."),
	MUST(bar_source, stored_at, "When the newest of them came."),
	FIELDS_END
};

struct found {
	day	day;
	str	rule, severity, detail, source;
	instant	found_at, settled_at;
};

static const struct field found_fields[] = {
	MAY(found, day, "The session, unless it is about many."),
	MUST(found, rule, "Which gate: jump, split, missing."),
	MUST(found, severity, "note: kept as told; warning: that bar was "
	    "left out; failure: the whole batch was refused."),
	MUST(found, detail, "In words."),
	MUST(found, source, "Who told it."),
	MUST(found, found_at, "When it was found."),
	MAY(found, settled_at, "When it was right again."),
	FIELDS_END
};

struct quality {
	str		symbol;
	bool		simulated;
	struct list	sources, findings;
};

static const struct field quality_fields[] = {
	MUST(quality, symbol, "Ticker."),
	MUST(quality, simulated, "Whether its prices are made up."),
	MUST(quality, sources, "Of its daily bars, the newest first.",
	    .shape = SHAPE(bar_source)),
	MUST(quality, findings, "What is not settled first, then the newest; "
	    "a hundred at most.", .shape = SHAPE(found)),
	FIELDS_END
};

SHAPE_OF(quality);

enum err
quality_route(struct call *c)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;
	struct instrument in;
	struct quality out;

	TRY(asset_read(c, symbol, &in));
	out = (struct quality){ .symbol = in.symbol,
	    .simulated = in.simulated };
	TRY(store_rows(c->f, &sql_bar_sources, SHAPE(bar_source),
	    &out.sources, UUID(in.id)));
	TRY(store_rows(c->f, &sql_finding_list, SHAPE(found), &out.findings,
	    UUID(in.id), LONG(FINDINGS_MAX)));
	return (reply(c, &out));
}
