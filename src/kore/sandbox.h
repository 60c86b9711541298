/*
 * sandbox: the system calls of a worker beyond those Kore itself allows.
 */
#ifndef BURSAR_KORE_SANDBOX_H
#define BURSAR_KORE_SANDBOX_H

#include <stdbool.h>

/* Give Kore the filter to install; `on == false` allows everything. */
void	sandbox_install(bool on);

#endif
