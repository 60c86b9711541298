/*
 * rendered: answers that this process wrote lately, by what was asked and by
 * the state of the series they are about; a series that has changed has none.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_RENDERED_H
#define BURSAR_MARKET_RENDERED_H

#include "http/http.h"

#define RENDERED_SLOTS	512
#define RENDERED_BYTES	(48 * 1024 * 1024)	/* of all together */
#define RENDERED_LEAST	(16 * 1024)	/* less is as quick to write */
#define RENDERED_SQUEEZED	4	/* a text compressed is less than 1/4 */

/* Whoever needs it after the next put holds it; NULL: none of that state. */
struct sheet *rendered_get(str key, str state);
/* Held from now on, unless it is too small or too large. */
void	rendered_put(str key, str state, struct sheet *sheet);
void	rendered_drop(void);

#endif
