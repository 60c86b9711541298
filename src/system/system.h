/*
 * system: how the program itself is: health, readiness, measurements, and
 * the document that describes the API.
 */
#ifndef BURSAR_SYSTEM_SYSTEM_H
#define BURSAR_SYSTEM_SYSTEM_H

#include "http/http.h"

extern const struct capability system_capability;

#endif
