/*
 * bench: a batch of bars while it is judged; `ask` is of daily ones. Inner
 * header of ingest/.
 */
#ifndef BURSAR_INGEST_BENCH_H
#define BURSAR_INGEST_BENCH_H

#include "ingest/quality.h"

struct bench {
	struct arena		 *a;
	const struct quality_ask *ask;
	struct quality		 *q;
};

/* Of a gate the first day and its detail are kept, the others counted. */
void	doubt(struct bench *b, enum gate gate, day on, str detail);
/* A gate that was doubted before needs no further detail. */
bool	doubted(const struct bench *b, enum gate gate);
str	after(struct bench *b, dec now, dec before);
str	amount(struct bench *b, dec x);

/* What is missing beside a close is filled; GATES when it may stay. */
enum gate bar_judge(struct daily_bar *bar);
/* True: more than one in ten of the batch was dropped, and it is refused. */
bool	broken_judge(struct bench *b);
/* Sixty times or more, or a sixtieth. */
bool	leap(dec before, dec now);

/* False: the batch is refused. */
bool	rescaled_judge(struct bench *b);
bool	scale_judge(struct bench *b);
bool	leaps_judge(struct bench *b);
void	hundredfolds_drop(struct bench *b);
void	steps_judge(struct bench *b);
void	volumes_judge(struct bench *b);

#endif
