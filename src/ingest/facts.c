/*
 * What companies report, by the number they file under. Who has none is
 * passed over until the identities are known.
 */
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

struct name {
	str	kind, value;
};

static const struct field name_fields[] = {
	MUST(name, kind, "Which kind of name."),
	MUST(name, value, "The name."),
	FIELDS_END
};

static enum err
cik_find(struct flow *f, uuid id, str *out)
{
	const struct name *v;
	struct list names;
	size_t i;

	TRY(store_rows(f, &sql_ingest_names, SHAPE(name), &names, UUID(id)));
	*out = STR_NONE;
	for (v = names.v, i = 0; i < names.n; i++)
		if (str_eq(v[i].kind, S("cik")))
			*out = v[i].value;
	return (OK);
}

enum err
facts_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct instrument in = { .id = t->instrument_id,
	    .symbol = t->symbol, .currency = t->currency };
	struct feed_source source = { 0 };
	struct put_count n = { 0 };
	struct list facts;
	str cik;

	if ((out->idle = track_fresh(t)))
		return (OK);
	TRY(cik_find(j->f, t->instrument_id, &cik));
	if (cik.p == NULL) {
		out->answer = FEED_NO_DATA;
		out->why = S("not known to file reports");
		return (OK);
	}
	out->answer = feed_facts(j->f, cik, &facts, &source);
	if (out->answer != FEED_OK)
		return (OK);
	TRY(market_facts_put(j->f, &in, facts.v, facts.n,
	    str_of(source.provider), &n));
	out->added = n.added;
	out->corrected = n.corrected;
	return (OK);
}
