/*
 * board: the symbols this process has told its streams of, or that streams
 * wait for: the last price of each, and who watches it. Inner header of
 * market/.
 */
#ifndef BURSAR_MARKET_BOARD_H
#define BURSAR_MARKET_BOARD_H

#include "market/tick.h"

struct listener;

/* One symbol of one listener, on the list of whoever watches the place. */
struct watching {
	struct place	*place;
	struct listener	*who;
	struct watching	*prev, *next;
};

struct place {
	struct place	*next;		/* of those with its hash */
	struct watching	*watchers;
	size_t		 watched;	/* how many they are */
	size_t		 refs;
	uint64_t	 newest;	/* event's place in the ring, + 1 */
	uint8_t		 symbol_n, price_n;
	char		 symbol[LIMIT_SYMBOL_BYTES];
	char		 price[DEC_TEXT_MAX];
};

/* The symbol's place, made when there is none, held until released. NULL:
 * the symbol is too long, or there is no memory. */
struct place *place_hold(str symbol);
void	place_release(struct place *p);
str	place_symbol(const struct place *p);
/* Note a price; false when it was there already, or is none. */
bool	place_moves(struct place *p, str price);
/* `w` has its listener; the place is held by it. False: no place. */
bool	place_watch(struct watching *w, str symbol);
void	place_unwatch(struct watching *w);
size_t	board_count(void);
/* Each place that somebody watches. */
void	board_watched(void (*fn)(void *arg, const struct place *p), void *arg);

#endif
