/*
 * Randomness of the simulated market: a hash of a seed and a counter
 * (splitmix64's finaliser), so that any draw is had without those before it
 * and is the same on every machine. No libm: its last digits differ between
 * versions, and a history that differs by a cent is another history.
 */
#include "feed/sim.h"

uint64_t
sim_bits(uint64_t seed, uint64_t counter)
{
	uint64_t x = seed + (counter + 1) * UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (x ^ (x >> 31));
}

double
sim_uniform(uint64_t seed, uint64_t counter)
{
	return ((double)(sim_bits(seed, counter) >> 11) *
	    (1.0 / 9007199254740992.0));
}

/*
 * The sum of eight 16-bit uniforms, made to have mean 0 and variance 1: the
 * sum has mean 8 * 65535 / 2 and variance 8 * (65536^2 - 1) / 12.
 */
double
sim_normal(uint64_t seed, uint64_t counter)
{
	int64_t sum = -4 * 65535;
	uint64_t bits;

	for (uint64_t half = 0; half < 2; half++) {
		bits = sim_bits(seed, 2 * counter + half);
		for (int i = 0; i < 4; i++, bits >>= 16)
			sum += (int64_t)(bits & 0xffff);
	}
	return ((double)sum * (1.0 / 53509.91992145008));
}

/* FNV-1a */
uint64_t
sim_seed(const char *name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *name != '\0'; name++)
		h = (h ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
	return (sim_bits(h, 0));
}
