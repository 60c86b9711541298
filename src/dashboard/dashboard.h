/*
 * dashboard: the answers that clients of the systems we replace expect, in
 * their names, units and rounding. It computes nothing of its own.
 */
#ifndef BURSAR_DASHBOARD_DASHBOARD_H
#define BURSAR_DASHBOARD_DASHBOARD_H

#include "http/http.h"

extern const struct capability dashboard_capability;

#endif
