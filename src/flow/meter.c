/*
 * Meters: counters and gauges in memory that all workers share, one slot a
 * worker, so that nobody locks and /metrics sums.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "flow/flow.h"

static const struct {
	const char	*name, *type, *help;
} rows[] = {
#define METER(name, type, help)	{ "bursar_" #name, type, help },
#include "flow/meter.def"
#undef METER
};

static struct {
	_Atomic int64_t	*slots;		/* workers x M_COUNT */
	size_t		 workers;
	size_t		 own;
} meters;

void *
shared_alloc(size_t n)
{
	void *p;

	p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		abort();
	return (p);
}

void
meter_open(size_t workers)
{
	meters.slots = shared_alloc(workers * M_COUNT * sizeof(int64_t));
	meters.workers = workers;
}

/* A worker that takes over a slot keeps its counters, not its gauges. */
void
meter_join(size_t slot)
{
	size_t i;

	meters.own = slot % meters.workers;
	for (i = 0; i < M_COUNT; i++)
		if (strcmp(rows[i].type, "gauge") == 0)
			meter_set((enum meter)i, 0);
}

void
meter_add(enum meter m, int64_t n)
{
	if (meters.slots != NULL)
		atomic_fetch_add_explicit(&meters.slots[meters.own * M_COUNT +
		    m], n, memory_order_relaxed);
}

void
meter_set(enum meter m, int64_t n)
{
	if (meters.slots != NULL)
		atomic_store_explicit(&meters.slots[meters.own * M_COUNT + m],
		    n, memory_order_relaxed);
}

int64_t
meter_sum(enum meter m)
{
	int64_t sum;
	size_t i;

	sum = 0;
	for (i = 0; meters.slots != NULL && i < meters.workers; i++)
		sum += atomic_load_explicit(&meters.slots[i * M_COUNT + m],
		    memory_order_relaxed);
	return (sum);
}

void
meter_print(struct arena *a, str *out)
{
	size_t i;

	*out = S("");
	for (i = 0; i < M_COUNT; i++)
		*out = arena_printf(a, "%.*s# HELP %s %s\n# TYPE %s %s\n"
		    "%s %lld\n", STR_ARG(*out), rows[i].name, rows[i].help,
		    rows[i].name, rows[i].type, rows[i].name,
		    (long long)meter_sum((enum meter)i));
}
