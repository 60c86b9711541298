/*
 * Thread jobs: pure functions over frozen input, run away from the loop. The
 * only place in the program with a lock.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/settings.h"
#include "flow/park.h"

#define THREADS_MAX	16

struct job {
	void		(*fn)(void *);
	void		*arg;
	struct flow	*flow;
	struct job	*next;
};

struct queue {
	struct job	*first, *last;
};

static struct {
	pthread_mutex_t	 lock;
	pthread_cond_t	 more;
	struct queue	 waiting, done;
	bool		 closing;
	pthread_t	 threads[THREADS_MAX];
	size_t		 thread_count;
	size_t		 under_way;	/* the loop's own count */
	struct watch	 watch;		/* an eventfd: something is done */
} jobs = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.more = PTHREAD_COND_INITIALIZER,
};

static void
queue_put(struct queue *q, struct job *j)
{
	j->next = NULL;
	if (q->last != NULL)
		q->last->next = j;
	else
		q->first = j;
	q->last = j;
}

static struct job *
queue_take(struct queue *q)
{
	struct job *j;

	if ((j = q->first) != NULL && (q->first = j->next) == NULL)
		q->last = NULL;
	return (j);
}

static void *
thread_main(void *arg)
{
	static const uint64_t one = 1;
	struct job *j;

	(void)arg;
	pthread_mutex_lock(&jobs.lock);
	for (;;) {
		while ((j = queue_take(&jobs.waiting)) == NULL) {
			if (jobs.closing)
				break;
			pthread_cond_wait(&jobs.more, &jobs.lock);
		}
		if (j == NULL)
			break;
		pthread_mutex_unlock(&jobs.lock);
		j->fn(j->arg);
		pthread_mutex_lock(&jobs.lock);
		queue_put(&jobs.done, j);
		while (write(jobs.watch.fd, &one, sizeof(one)) == -1 &&
		    errno == EINTR)
			;
	}
	pthread_mutex_unlock(&jobs.lock);
	return (NULL);
}

static void
jobs_finish(void *arg, unsigned events)
{
	struct job *j;
	uint64_t times;

	(void)arg;
	(void)events;
	if (read(jobs.watch.fd, &times, sizeof(times)) == -1)
		return;
	for (;;) {
		pthread_mutex_lock(&jobs.lock);
		j = queue_take(&jobs.done);
		pthread_mutex_unlock(&jobs.lock);
		if (j == NULL)
			return;
		meter_add(M_jobs_total, 1);
		meter_set(M_jobs_waiting, (int64_t)--jobs.under_way);
		flow_wake(j->flow);
	}
}

/* Signals belong to the loop's thread. */
static void
threads_start(void)
{
	sigset_t all, old;
	size_t i, n;

	n = (size_t)(settings.hash_jobs > 0 ? settings.hash_jobs : 2);
	if (n > THREADS_MAX)
		n = THREADS_MAX;
	jobs.closing = false;
	jobs.watch.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	jobs.watch.fn = jobs_finish;
	if (jobs.watch.fd == -1)
		abort();
	watch_set(&jobs.watch, WATCH_READ);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	for (i = 0; i < n; i++)
		if (pthread_create(&jobs.threads[i], NULL, thread_main,
		    NULL) != 0)
			abort();
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	jobs.thread_count = n;
}

enum err
flow_job(struct flow *f, void (*fn)(void *), void *arg)
{
	struct job j = { .fn = fn, .arg = arg, .flow = f };

	if (jobs.under_way >= LIMIT_JOBS_WAITING) {
		meter_add(M_jobs_refused_total, 1);
		return (E_BUSY);
	}
	if (jobs.thread_count == 0)
		threads_start();
	meter_set(M_jobs_waiting, (int64_t)++jobs.under_way);
	pthread_mutex_lock(&jobs.lock);
	queue_put(&jobs.waiting, &j);
	pthread_cond_signal(&jobs.more);
	pthread_mutex_unlock(&jobs.lock);
	return (flow_park_uncut(f));
}

void
job_close(void)
{
	size_t i;

	if (jobs.thread_count == 0)
		return;
	pthread_mutex_lock(&jobs.lock);
	jobs.closing = true;
	pthread_cond_broadcast(&jobs.more);
	pthread_mutex_unlock(&jobs.lock);
	for (i = 0; i < jobs.thread_count; i++)
		pthread_join(jobs.threads[i], NULL);
	jobs.thread_count = 0;
	watch_set(&jobs.watch, 0);
	close(jobs.watch.fd);
}
