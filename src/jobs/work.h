/*
 * work: a worker on the loop of this process. Inner header of jobs/.
 */
#ifndef BURSAR_JOBS_WORK_H
#define BURSAR_JOBS_WORK_H

#include <stdbool.h>

/* Begin to take work; the loop and the store are open, kinds prepared. */
void	work_open(void);
/* Take nothing new, finish, hand back what does not; told twice: at once. */
void	work_stop(void);
void	work_close(void);
bool	work_idle(void);

#endif
