/*
 * The places in an activity that the notation fills and prints: by a letter
 * in notation.def's patterns, or by a word before the number.
 */
#ifndef BURSAR_LEDGER_NOTATION_SLOT_H
#define BURSAR_LEDGER_NOTATION_SLOT_H

#include "ledger/activity.h"

enum slot_kind { SLOT_DEC, SLOT_WHOLE, SLOT_SECURITY, SLOT_CURRENCY };

struct slot {
	char		 letter;	/* '\0': told by its word only */
	const char	*word;		/* NULL: told by its letter only */
	enum slot_kind	 kind;
	size_t		 offset;	/* in struct activity */
};

extern const struct slot slots[];	/* ended by no letter, no word */
extern const char *const told_patterns[];	/* by activity_kind */

const struct slot *slot_of(char letter);
const struct slot *slot_called(const char *word);

#endif
