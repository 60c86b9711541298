/*
 * Providers' answers with some bytes changed: what is JSON here is JSON to
 * another parser and the other way round, and whatever is believed is in
 * order, above zero and not of days to come. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/answers_fuzz.c \
 *	src/feed/view.c src/feed/member.c src/feed/gather.c \
 *	src/feed/settle.c src/feed/finnhub_more.c src/feed/alphavantage.c \
 *	src/feed/alphavantage_read.c src/ingest/quality.c \
 *	src/ingest/neighbours.c src/ingest/points.c src/feed/yahoo.c \
 *	src/feed/frankfurter.c src/feed/ecb.c src/feed/sec.c \
 *	src/feed/openfigi.c src/feed/fred.c src/feed/csv.c \
 *	$(ls src/base/[a-z]*.c | grep -v _test) -ljansson -lm \
 *	-o answers_fuzz
 *   ./answers_fuzz -max_total_time=300 -max_len=60
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "feed/member.h"
#include "feed/provider.h"
#include "feed/readers.h"
#include "ingest/points.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)
#define NOW	((instant){ INT64_C(1790000000) * 1000000 })
#define TODAY	day_of_instant(NOW)

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- nobody is called here ----------------------------------------------- */

enum feed_answer
ask_get(struct asking *a, const char *url, const char *const *headers,
    struct outbound_reply *r)
{
	(void)a, (void)url, (void)headers, (void)r;
	abort();
}

enum feed_answer
ask_post(struct asking *a, const char *url, const char *const *headers,
    str body, struct outbound_reply *r)
{
	(void)a, (void)url, (void)headers, (void)body, (void)r;
	abort();
}

enum feed_answer
guard_admit(struct flow *f, struct guard *g, enum feed_need need)
{
	(void)f, (void)g, (void)need;
	abort();
}

enum err
flow_sleep(struct flow *f, int64_t ms)
{
	(void)f, (void)ms;
	abort();
}

enum err
flow_job(struct flow *f, void (*fn)(void *), void *arg)
{
	(void)f, (void)fn, (void)arg;
	abort();
}

str
outbound_escape(struct arena *a, str s)
{
	(void)a, (void)s;
	abort();
}

/* ---- answers to begin with ----------------------------------------------- */

static const char *const answers[] = {
	"",
	"{\"s\":\"ok\",\"t\":[1569297600,1569384000],\"o\":[221.03,218.55],"
	"\"h\":[222.49,221.5],\"l\":[217.19,217.1],\"c\":[217.68,221.03],"
	"\"v\":[33463820,2401]}",
	"[{\"date\":\"2020-08-31\",\"fromFactor\":1,\"toFactor\":4,\"amount\":"
	"0.25,\"currency\":\"GBp\"}]",
	"{\"Time Series (Daily)\":{\"2024-06-10\":{\"1. open\":\"120.37\","
	"\"2. high\":\"123.1\",\"3. low\":\"117.01\",\"4. close\":\"121.79\","
	"\"6. volume\":\"31\",\"7. dividend amount\":\"0.01\","
	"\"8. split coefficient\":\"10.0\"}}}",
	"{\"chart\":{\"result\":[{\"meta\":{\"currency\":\"GBp\",\"gmtoffset\":"
	"0,\"regularMarketPrice\":312.5,\"regularMarketTime\":1739998801},"
	"\"timestamp\":[1598860800,1598947200],\"events\":{\"splits\":{\"1\":{"
	"\"date\":1598860800,\"numerator\":4,\"denominator\":1}}},"
	"\"indicators\":{\"quote\":[{\"open\":[300,null],\"high\":[320,1],"
	"\"low\":[299.5,1],\"close\":[310,1],\"volume\":[7,null]}]}}]}}",
	"{\"base\":\"EUR\",\"rates\":{\"2024-01-03\":{\"USD\":1.0919},"
	"\"2024-01-02\":{\"USD\":1.0956,\"JPY\":155.68}}}",
	"<gesmes:Envelope><Cube><Cube time='2025-05-09'><Cube currency='USD' "
	"rate='1.1252'/></Cube></Cube></gesmes:Envelope>",
	"{\"cik\":42,\"facts\":{\"us-gaap\":{\"Revenues\":{\"units\":{\"USD\":["
	"{\"start\":\"2020-01-01\",\"end\":\"2020-12-31\",\"val\":110,\"filed\""
	":\"2022-02-01\"}]}}}}}",
	"{\"cik\":\"42\",\"name\":\"X \\u00e9\\ud83d\\ude00\",\"filings\":{"
	"\"recent\":{\"accessionNumber\":[\"a\"],\"form\":[\"10-K\"],"
	"\"filingDate\":[\"2021-02-01\"]}}}",
	"[{\"data\":[{\"figi\":\"BBG000BLNNH6\",\"ticker\":\"IBM\"}]}]",
	"{\"observations\":[{\"date\":\"2024-01-02\",\"value\":\"5.22\"},"
	"{\"date\":\"2024-01-03\",\"value\":\".\"}]}",
	"Date,Close,High,Low,Open\n2024-01-03,2.5,3,2,2.2\n2024-01-02,2,2,2,2\n",
};

#define ANSWERS	(sizeof(answers) / sizeof(answers[0]))

/* The first byte chooses; then each two say where and what. What is left
 * over stands in for the empty one. */
static str
answer_make(struct arena *a, const uint8_t *data, size_t size)
{
	const char *from;
	size_t i, n;
	char *p;

	from = size > 0 ? answers[data[0] % ANSWERS] : "";
	if ((n = strlen(from)) == 0)
		return ((str){ (const char *)data, size });
	p = arena_alloc(a, n);
	memcpy(p, from, n);
	for (i = 1; i + 2 < size; i += 3)
		p[(data[i] << 8 | data[i + 1]) % n] = (char)data[i + 2];
	if (size % 3 == 2)
		n = n * data[size - 1] / 255;
	return ((str){ p, n });
}

/* ---- what must hold ------------------------------------------------------ */

/* Numbers that are too large and halves of letters are no error of form; to
 * the other parser a NUL is the end. */
static void
check_json(str s)
{
	json_error_t e;
	json_t *j;
	bool valid;

	valid = view_valid(s);
	if (memchr(s.p, '\0', s.n) != NULL) {
		MUST_HOLD(!valid);
		return;
	}
	j = json_loadb(s.p, s.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &e);
	if (j != NULL)
		MUST_HOLD(valid || member_depth(s) > VIEW_DEPTH_MAX);
	else if (valid)
		MUST_HOLD(strstr(e.text, "Unicode") != NULL ||
		    strstr(e.text, "too big") != NULL ||
		    strstr(e.text, "overflow") != NULL);
	json_decref(j);
}

/* What the gates let through, whatever was told. */
static void
check_bars(struct arena *a, struct list *l)
{
	struct quality_ask ask = { .from = day_of(2000, 1, 1), .to = TODAY };
	struct daily_bar *b;
	struct quality q;
	size_t i;

	bars_cut(l, ask.from, ask.to, TODAY);
	quality_judge(a, &ask, l->v, l->n, &q);
	for (i = 0, b = q.bars; i < q.n; i++) {
		MUST_HOLD(dec_sign(b[i].low) > 0);
		MUST_HOLD(dec_cmp(b[i].low, b[i].close) <= 0);
		MUST_HOLD(dec_cmp(b[i].high, b[i].open) >= 0);
		MUST_HOLD(day_cmp(b[i].day, TODAY) <= 0);
		MUST_HOLD(i == 0 || day_cmp(b[i - 1].day, b[i].day) < 0);
	}
}

static void
check_rates(struct arena *a, struct list *l)
{
	struct list kept = { NULL, 0 };
	struct quality q;
	struct fx_rate *r;
	size_t i;

	rates_cut(l, day_of(1999, 1, 1), TODAY, TODAY);
	rates_judge(a, l, TODAY, &kept, &q);
	for (i = 0, r = l->v; !q.refused && i < l->n; i++) {
		MUST_HOLD(dec_sign(r[i].rate) > 0 && r[i].quote.n == 3);
		MUST_HOLD(i == 0 || !str_eq(r[i - 1].quote, r[i].quote) ||
		    day_cmp(r[i - 1].day, r[i].day) < 0);
	}
}

static void
check_prices(struct arena *a, const struct outbound_reply *r)
{
	struct list l, more;
	struct chart c;
	struct quote q;

	if (finnhub_read_candles(a, r, &l) == FEED_OK)
		check_bars(a, &l);
	if (alphavantage_read_bars(a, r, &l) == FEED_OK)
		check_bars(a, &l);
	if (csv_read_bars(a, r->body, &l) == FEED_OK)
		check_bars(a, &l);
	if (yahoo_read_chart(a, r, S("X"), NOW, &c) == FEED_OK) {
		MUST_HOLD(dec_sign(c.quote.price) > 0);
		check_bars(a, &c.bars);
	}
	if (alphavantage_read_quote(a, r, S("X"), &q) == FEED_OK)
		MUST_HOLD(dec_sign(q.price) > 0);
	(void)finnhub_read_intraday(a, r, &l);
	(void)finnhub_read_dividends(a, r, &l);
	(void)finnhub_read_splits(a, r, &l);
	(void)finnhub_read_symbols(a, r, &l);
	(void)finnhub_read_metrics(a, r, &l);
	(void)alphavantage_read_intraday(a, r, &l);
	(void)alphavantage_read_events(a, r, &l, &more);
	(void)alphavantage_read_search(a, r, &l);
	(void)yahoo_read_search(a, r, &l);
}

static void
check_reference(struct arena *a, const struct outbound_reply *r)
{
	struct gather g = GATHER(a, struct identity);
	struct company c;
	struct list l;
	size_t i;

	if (frankfurter_read_rates(a, r, &l) == FEED_OK)
		check_rates(a, &l);
	if (ecb_read_rates(a, r, &l) == FEED_OK)
		check_rates(a, &l);
	if (sec_read_facts(a, r, &l) == FEED_OK)
		for (i = 0; i < l.n; i++)
			MUST_HOLD(dec_ok(((struct fact *)l.v)[i].value));
	if (sec_read_filings(a, r, &c, &l) == FEED_OK)
		MUST_HOLD(c.cik.n == 10 && str_utf8(c.name));
	(void)sec_read_symbols(a, r, &l);
	(void)openfigi_read_mapping(a, r, 0, 1, &g);
	(void)fred_read_series(a, r, &l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outbound_reply r = { .status = 200 };
	struct arena a;

	arena_init(&a, 64 << 20, NULL, NULL);
	r.body = answer_make(&a, data, size);
	check_json(r.body);
	check_prices(&a, &r);
	check_reference(&a, &r);
	arena_drop(&a);
	return (0);
}
