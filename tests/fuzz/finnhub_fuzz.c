/*
 * Finnhub's answers on any bytes: whatever is believed has a price above
 * zero, survives being kept as a record, and was valid JSON. To run it for
 * five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/finnhub_fuzz.c \
 *	src/feed/finnhub_read.c src/feed/member.c src/feed/record.c \
 *	$(ls src/base/[a-z]*.c | grep -v _test) -ljansson -lm \
 *	-o finnhub_fuzz
 *   ./finnhub_fuzz -max_total_time=300 -max_len=600
 */
#include <stdlib.h>

#include "feed/finnhub.h"
#include "feed/member.h"
#include "feed/record.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)
#define NOW	((instant){ INT64_C(1779480100) * 1000000 })

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_quote(struct arena *a, const struct outbound_reply *r)
{
	struct quote q, back;

	if (finnhub_read_quote(a, r, S("AAPL"), NOW, &q) != FEED_OK)
		return;
	MUST_HOLD(dec_sign(q.price) > 0);
	MUST_HOLD(!dec_ok(q.previous_close) || dec_sign(q.previous_close) > 0);
	MUST_HOLD(record_quote_read(record_quote(a, &q), &back));
	MUST_HOLD(dec_eq(q.price, back.price));
	MUST_HOLD(dec_eq(q.change, back.change));
	MUST_HOLD(q.as_of.us == back.as_of.us);
}

static void
check_profile(struct arena *a, const struct outbound_reply *r)
{
	struct profile p, back;

	if (finnhub_read_profile(a, r, S("AAPL"), &p) != FEED_OK)
		return;
	MUST_HOLD(str_utf8(p.name));
	MUST_HOLD(record_profile_read(record_profile(a, &p), &back));
	MUST_HOLD(dec_eq(p.market_cap, back.market_cap));
	MUST_HOLD(day_cmp(p.ipo, back.ipo) == 0);
}

static void
check_search(struct arena *a, const struct outbound_reply *r)
{
	struct list l, back;

	if (finnhub_read_search(a, r, &l) != FEED_OK)
		return;
	MUST_HOLD(record_matches_read(a, record_matches(a, &l), &back));
	MUST_HOLD(l.n == back.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outbound_reply r = { 200, { (const char *)data, size } };
	struct profile p;
	struct quote q;
	struct list l;
	struct arena a;
	dec d;

	arena_init(&a, 64 << 20, NULL, NULL);
	check_quote(&a, &r);
	check_profile(&a, &r);
	check_search(&a, &r);
	(void)member_dec(r.body, "c", &d);
	if (record_quote_read(r.body, &q))
		MUST_HOLD(dec_sign(q.price) > 0);
	if (record_profile_read(r.body, &p))
		MUST_HOLD(p.name.p != NULL);
	(void)record_matches_read(&a, r.body, &l);
	arena_drop(&a);
	return (0);
}
