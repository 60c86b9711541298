/*
 * The wait of a flow whose thread job works on its memory. Inner header of
 * flow/: everybody else's waits end with the deadline.
 */
#ifndef BURSAR_FLOW_PARK_H
#define BURSAR_FLOW_PARK_H

#include "flow/flow.h"

/* Parked until flow_wake and nothing else; then what it missed meanwhile:
 * OK, E_CANCELLED or E_DEADLINE. */
enum err	flow_park_uncut(struct flow *f) MUSTCHECK;

#endif
