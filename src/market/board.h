/*
 * board: the price of each symbol that this process told its streams last.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_BOARD_H
#define BURSAR_MARKET_BOARD_H

#include "market/tick.h"

#define BOARD_SLOTS	4096

/* Note a price; false when it was there already. A symbol that finds no
 * place counts as moved. */
bool	board_moves(const struct tick *t);

#endif
