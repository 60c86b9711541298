/*
 * The words the API says reasons and warnings with.
 */
#include "quant/figure.h"

const char *
why_name(enum why w)
{
	static const char *const names[] = {
#define WHY_NAME(id, name)	[id] = name,
		WHYS(WHY_NAME)
#undef WHY_NAME
	};

	return ((unsigned)w < WHY_COUNT ? names[w] : names[WHY_INVALID_INPUT]);
}

const char *
warn_name(enum warn one_bit)
{
	switch ((unsigned)one_bit) {
#define WARN_NAME(id, bit, name)	case id: return (name);
	WARNS(WARN_NAME)
#undef WARN_NAME
	default:
		return (NULL);
	}
}
