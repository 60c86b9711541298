/*
 * rendered: answers that this process wrote lately, by what was asked and by
 * the state of the series they are about; a series that has changed has none.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_RENDERED_H
#define BURSAR_MARKET_RENDERED_H

#include "base/str.h"

#define RENDERED_SLOTS	512
#define RENDERED_BYTES	(48 * 1024 * 1024)	/* of all together */
#define RENDERED_LEAST	(16 * 1024)	/* less is as quick to write */

/* The text, valid until the next put; STR_NONE: none of that state. */
str	rendered_get(str key, str state);
void	rendered_put(str key, str state, str text);
void	rendered_drop(void);

#endif
