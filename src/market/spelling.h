/*
 * spelling: how far what was typed is from a word. Pure. Inner header of
 * market/.
 */
#ifndef BURSAR_MARKET_SPELLING_H
#define BURSAR_MARKET_SPELLING_H

#include "base/str.h"

#define SPELLING_MAX	60	/* bytes of a word */

/*
 * The least number of letters to put in, leave out, replace or swap with
 * their neighbour until `typed` is a beginning of `word`.
 */
size_t	spelling_distance(str typed, str word);
/* How many such faults a term of so many bytes may have. */
size_t	spelling_faults(size_t bytes);

#endif
