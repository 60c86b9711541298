/*
 * A main() for the fuzzers where there is no libFuzzer: inputs from a fixed
 * seed, so that every run tries the same. Each is a mix of what numbers,
 * days and JSON are written with, of its own earlier inputs, and of any
 * bytes. It finds less than libFuzzer does; it finds what comes back.
 *   replay [SECONDS [SEED]]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INPUT_MAX	600
#define KEPT		256

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const pieces[] = {
	"0", "1", "9", "-", "+", ".", "e", "E400", "00", "999999999999999999",
	"0.000000000000000001", "170141183460469231731", "1e-5", "\"", "\\",
	"\\u0000", "\\ud800", "\\ud83d\\ude00", "{", "}", "[", "]", ":", ",",
	"null", "true", "false", "NaN", "\"c\":", "\"t\":1779480000", "\"pc\":",
	"\"name\":", "\"result\":[", "\"count\":", "\"symbol\":\"AAPL\"",
	"2024-02-29", "2023-02-29", "0000-00-00", "9999-12-31",
	"T00:00:00Z", "T23:59:60.999999999Z", "\xc3\xa4", "\xf0\x9f\x9a\x80",
	"\xff", "\xed\xa0\x80", "\xc0\xaf", "\n", "\t", " ", "/", "%", "~"
};

static struct {
	uint8_t	 data[INPUT_MAX];
	size_t	 size;
} kept[KEPT];

static uint64_t state;

static uint64_t
roll(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((state * UINT64_C(0x2545f4914f6cdd1d) >> 11) % below);
}

static size_t
add(uint8_t *out, size_t at, const void *p, size_t n)
{
	if (n > INPUT_MAX - at)
		n = INPUT_MAX - at;
	memcpy(out + at, p, n);
	return (at + n);
}

static size_t
grow(uint8_t *out, size_t at)
{
	const char *z;
	uint8_t byte;
	size_t i;

	switch (roll(8)) {
	case 0:
		byte = (uint8_t)roll(256);
		return (add(out, at, &byte, 1));
	case 1:
		i = roll(KEPT);
		return (add(out, at, kept[i].data, kept[i].size / 2));
	case 2:
		for (i = 0; i < 16; i++) {
			byte = (uint8_t)roll(256);
			at = add(out, at, &byte, 1);
		}
		return (at);
	default:
		z = pieces[roll(sizeof(pieces) / sizeof(pieces[0]))];
		return (add(out, at, z, strlen(z)));
	}
}

static size_t
make(uint8_t *out)
{
	size_t at, i, from, steps;

	at = 0;
	if (roll(3) == 0) {
		from = roll(KEPT);
		at = add(out, 0, kept[from].data, kept[from].size);
	}
	steps = 1 + roll(24);
	for (i = 0; i < steps; i++)
		at = grow(out, at);
	if (at > 0 && roll(2) == 0)
		out[roll(at)] ^= (uint8_t)(1 << roll(8));
	return (at);
}

int
main(int argc, char **argv)
{
	uint8_t made[INPUT_MAX], *input;
	size_t size, slot;
	time_t end;
	long n;

	end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 3);
	state = argc > 2 ? strtoull(argv[2], NULL, 0) : 20240229;
	for (n = 0; n % 256 != 0 || time(NULL) < end; n++) {
		size = make(made);
		slot = roll(KEPT);
		memcpy(kept[slot].data, made, size);
		kept[slot].size = size;
		/* Exactly as long as it is, so that reading on is seen. */
		if ((input = malloc(size + (size == 0))) == NULL)
			return (1);
		memcpy(input, made, size);
		LLVMFuzzerTestOneInput(input, size);
		free(input);
	}
	printf("%ld inputs\n", n);
	return (0);
}
