/*
 * demo: tenants made from the command line, above all the demonstration on
 * the simulated market.
 */
#ifndef BURSAR_DEMO_DEMO_H
#define BURSAR_DEMO_DEMO_H

#include "flow/flow.h"

/* `bursar seed …`; the exit code. Doing it twice changes nothing. */
int	demo_seed(struct flow *f, int argc, char **argv);

#endif
