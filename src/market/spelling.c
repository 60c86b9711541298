/*
 * Optimal string alignment, of which the best over all beginnings of the
 * word counts: the least value of the table's last row.
 */
#include "market/spelling.h"

static size_t
least(size_t a, size_t b)
{
	return (a < b ? a : b);
}

size_t
spelling_distance(str typed, str word)
{
	size_t rows[3][SPELLING_MAX + 1], *before, *last, *now;
	size_t i, k, best;

	if (typed.n > SPELLING_MAX || word.n > SPELLING_MAX)
		return (SPELLING_MAX);
	for (k = 0; k <= word.n; k++)
		rows[0][k] = k;
	now = rows[0];
	for (i = 1; i <= typed.n; i++) {
		before = rows[(i + 1) % 3];
		last = rows[(i + 2) % 3];
		now = rows[i % 3];
		now[0] = i;
		for (k = 1; k <= word.n; k++) {
			now[k] = least(least(last[k], now[k - 1]) + 1,
			    last[k - 1] + (typed.p[i - 1] != word.p[k - 1]));
			if (i > 1 && k > 1 && typed.p[i - 1] == word.p[k - 2]
			    && typed.p[i - 2] == word.p[k - 1])
				now[k] = least(now[k], before[k - 2] + 1);
		}
	}
	for (best = now[0], k = 1; k <= word.n; k++)
		best = least(best, now[k]);
	return (best);
}

size_t
spelling_faults(size_t bytes)
{
	return (bytes < 4 ? 0 : bytes < 8 ? 1 : 2);
}
