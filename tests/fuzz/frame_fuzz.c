/*
 * A provider's WebSocket on any bytes: however they are cut they mean the
 * same, what is read is within its limits, and what is believed of a message
 * is a trade above zero. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/frame_fuzz.c \
 *	src/feed/frame.c src/feed/finnhub_trades.c src/feed/member.c \
 *	$(ls src/base/[a-z]*.c | grep -v _test) -ljansson -lcrypto -lm \
 *	-o frame_fuzz
 *   ./frame_fuzz -max_total_time=300 -max_len=600
 */
#include <stdlib.h>
#include <string.h>

#include "feed/finnhub_trades.h"
#include "feed/frame.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)
#define NOW	((instant){ INT64_C(1779480100) * 1000000 })

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read, as a number to compare with. */
static uint64_t
read_all(const char *p, size_t size, size_t step)
{
	struct frame_reader r = { 0 };
	enum frame_kind kind = FRAME_MORE;
	uint64_t sum = 0;
	size_t at, i;
	str payload;

	for (at = 0; at < size && kind != FRAME_WRONG; at += step) {
		MUST_HOLD(frame_feed(&r, p + at,
		    size - at < step ? size - at : step));
		while ((kind = frame_next(&r, &payload)) != FRAME_MORE &&
		    kind != FRAME_WRONG) {
			MUST_HOLD(payload.n <= size);
			MUST_HOLD(kind != FRAME_TEXT || str_utf8(payload));
			sum = sum * 31 + kind;
			for (i = 0; i < payload.n; i++)
				sum = sum * 31 + (uint8_t)payload.p[i];
		}
	}
	sum = sum * 31 + (uint64_t)r.wrong;
	frame_drop(&r);
	return (sum);
}

static void
check_trades(struct arena *a, str message)
{
	const struct trade *t;
	struct list list;
	size_t i;

	if (finnhub_read_trades(a, message, NOW, &list) != SAID_TRADES)
		MUST_HOLD(list.n == 0);
	for (i = 0, t = list.v; i < list.n; i++) {
		MUST_HOLD(dec_sign(t[i].price) > 0);
		MUST_HOLD(t[i].symbol.n > 0 &&
		    t[i].symbol.n <= LIMIT_SYMBOL_BYTES);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *p = (const char *)data;
	char key[FRAME_KEY_BYTES] = "dGhlIHNhbXBsZSBub25jZQ==";
	struct arena a;
	str message;

	arena_init(&a, 64 << 20, NULL, NULL);
	MUST_HOLD(read_all(p, size, 1) == read_all(p, size, size + 1));
	MUST_HOLD(read_all(p, size, 7) == read_all(p, size, size + 1));
	(void)frame_answer((str){ p, size }, key);
	check_trades(&a, (str){ p, size });
	message = arena_printf(&a, "{\"type\":\"trade\",\"data\":[%.*s,"
	    "{\"s\":\"A\",\"p\":1,\"t\":1779480000000}]}", (int)size, p);
	check_trades(&a, message);
	arena_drop(&a);
	return (0);
}
