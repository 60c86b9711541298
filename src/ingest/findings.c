/*
 * Doubts of a batch become rows that people read, each kept once as long as
 * nobody has settled it.
 */
#include "ingest/findings.h"
#include "store/store.h"

#include "ingest_sql.h"

static const char *
severity(enum gate_does does)
{
	return (does == GATE_BATCH ? "failure"
	    : does == GATE_BAR	   ? "warning"
				   : "note");
}

static str
doubt_text(struct flow *f, const struct doubt *d)
{
	const char *doc = gates[d->gate].doc;

	if (d->days > 1)
		return (arena_printf(&f->arena, "%s %lld times. %.*s", doc,
		    (long long)d->days, (int)d->detail.n,
		    d->detail.n > 0 ? d->detail.p : ""));
	return (arena_printf(&f->arena, "%s %.*s", doc, (int)d->detail.n,
	    d->detail.n > 0 ? d->detail.p : ""));
}

enum err
findings_put(struct flow *f, uuid instrument, const struct quality *q,
    str source)
{
	const struct doubt *d;
	struct finding x;

	for (d = q->doubts; d < q->doubts + q->doubts_n; d++) {
		x = (struct finding){ instrument, d->on,
		    str_of(gates[d->gate].name),
		    str_of(severity(gates[d->gate].does)),
		    str_trim(doubt_text(f, d)), source };
		TRY(market_finding_put(f, &x));
	}
	return (OK);
}

enum err
findings_settle(struct flow *f, uuid instrument, const struct quality *q,
    str source, day from, day to)
{
	str *rules = ARENA_MANY(&f->arena, q->doubts_n + 1, str);
	day *days = ARENA_MANY(&f->arena, q->doubts_n + 1, day);
	size_t i;

	for (i = 0; i < q->doubts_n; i++) {
		rules[i] = str_of(gates[q->doubts[i].gate].name);
		days[i] = q->doubts[i].on;
	}
	return (store_exec(f, &sql_ingest_settle, NULL, UUID(instrument),
	    DAY(from), DAY(to), MANY(K_STR, rules, q->doubts_n),
	    MANY(K_DAY, days, q->doubts_n), STR(source)));
}

str
findings_refusal(const struct quality *q)
{
	const struct doubt *d;

	for (d = q->doubts; d < q->doubts + q->doubts_n; d++)
		if (gates[d->gate].does == GATE_BATCH)
			return (str_of(gates[d->gate].doc));
	return (STR_NONE);
}
