/*
 * ingest: kinds of jobs that keep the market up to date from providers.
 */
#ifndef BURSAR_INGEST_INGEST_H
#define BURSAR_INGEST_INGEST_H

#include "jobs/jobs.h"

/* Ends with NULL; for main.c. */
extern const struct job_kind *const ingest_jobs[];

/* Who brings what, and the keys that tenants bring. */
extern const struct capability providers_capability;

#endif
