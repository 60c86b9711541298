/*
 * Requests to `bursar ledger` of any bytes: as a line, and as the values of
 * members that are known. Each is refused with a reason or answered with
 * JSON that reads back. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/request_fuzz.c \
 *	src/calc/ledger_[abflr]*.c $(ls src/base/[a-z]*.c src/ledger/[a-z]*.c \
 *	src/quant/[a-z]*.c | grep -v _test) -ljansson -lm \
 *	-o request_fuzz
 *   ./request_fuzz -max_total_time=300
 */
#include <stdlib.h>
#include <string.h>

#include "calc/ledger_request.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)
#define MEMORY_BYTES		(512 * 1024 * 1024)

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_answer(struct ledger_request *r)
{
	struct json j;
	json_t *back;
	str text;

	jw_init(&j, r->arena);
	jw_open(&j);
	ledger_answer(r, &j);
	jw_close(&j);
	text = jw_text(&j);
	back = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	MUST_HOLD(back != NULL);
	MUST_HOLD(json_is_true(json_object_get(json_object_get(back,
	    "identity"), "holds")));
	json_decref(back);
}

static void
check_line(str line)
{
	struct arena mem;
	struct ledger_request r = { .arena = &mem };
	json_t *root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES,
	    NULL);

	if (root == NULL)
		return;
	arena_init(&mem, MEMORY_BYTES, NULL, NULL);
	if (ledger_request_read(&r, root))
		check_answer(&r);
	else
		MUST_HOLD(r.fault[0] != '\0');
	ledger_request_drop(&r);
	json_decref(root);
	arena_drop(&mem);
}

/* A byte chooses one of these, the next a value. */
static const char *const members[] = {
	"symbol", "quantity", "price", "amount", "fee", "tax", "accrued",
	"rate", "ratio", "into", "price_into", "received", "into_currency",
	"currency", "time", "lots", "id"
};

static const char *const values[] = {
	"\"A\"", "\"B\"", "\"1\"", "\"2.5\"", "\"0\"", "\"-1\"", "3", "0.1",
	"0.5", "\"USD\"", "\"EUR\"", "\"2:1\"", "\"1:3\"", "\"10:30\"",
	"[{\"activity\":0,\"quantity\":\"1\"}]", "[]", "{}", "null", "true",
	"[{\"opened\":\"2023-01-01\",\"quantity\":\"1\",\"cost\":\"2\"}]",
	"\"99999999999999999999\"", "\"NaN\"", "\"999999999999999\""
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static size_t
activity_tell(const uint8_t *data, size_t size, char *out, size_t room)
{
	size_t n, i;

	n = (size_t)snprintf(out, room, "%s{\"date\":\"2024-01-%02d\","
	    "\"type\":\"%s\"", data[0] & 64 ? "," : "", data[0] % 20 + 1,
	    activity_names[data[1] % (A_BONUS + 1)]);
	for (i = 2; i + 1 < size; i += 2)
		n += (size_t)snprintf(out + n, room - n, ",\"%s\":%s",
		    members[data[i] % COUNT(members)],
		    values[data[i + 1] % COUNT(values)]);
	return (n + (size_t)snprintf(out + n, room - n, "}"));
}

/* The first two are of use: money, and something to sell. */
static void
check_members(const uint8_t *data, size_t size)
{
	char text[16384];
	size_t n, at, some;

	n = (size_t)snprintf(text, sizeof(text), "{\"base\":\"USD\","
	    "\"margin\":%s,\"scope\":\"%s\",\"method\":\"%s\",\"fx\":"
	    "{\"EURUSD\":{\"2024-01-01\":\"1.1\"}},\"prices\":{\"A\":"
	    "{\"2024-01-03\":\"7\",\"2024-01-02\":\"6\"}},\"activities\":["
	    "{\"date\":\"2024-01-01\",\"type\":\"deposit\",\"amount\":"
	    "\"99\"},{\"date\":\"2024-01-02\",\"type\":\"buy\",\"symbol\":"
	    "\"A\",\"quantity\":\"9\",\"price\":\"5\"}",
	    data[0] & 1 ? "true" : "false", data[0] & 2 ? "portfolio" :
	    "positions", cost_names[data[0] / 4 % 6]);
	for (at = 1; at + 14 <= size && n < sizeof(text) - 4096; at += some) {
		some = 4 + 2 * (data[at] % 6u);
		if (at + some > size)
			break;
		if (!(data[at] & 64))
			text[n++] = ',';
		n += activity_tell(data + at, some, text + n,
		    sizeof(text) - n);
	}
	n += (size_t)snprintf(text + n, sizeof(text) - n, "]}");
	check_line((str){ text, n });
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return (0);
	check_line((str){ (const char *)data, size });
	check_members(data, size);
	return (0);
}
