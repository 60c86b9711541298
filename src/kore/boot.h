/*
 * boot: Kore as a library. Starts its parent and workers in the foreground
 * from a configuration text, confines the workers to the system calls they
 * need and lets them answer what they have begun before they end.
 */
#ifndef BURSAR_KORE_BOOT_H
#define BURSAR_KORE_BOOT_H

#include <stdbool.h>

/*
 * Called in each worker: before its first request, and after its last. Set
 * them before kore_boot; either may be NULL.
 */
extern void	(*boot_worker_start)(void);
extern void	(*boot_worker_stop)(void);

/*
 * Serve until SIGTERM, SIGINT or SIGQUIT; the exit code. Does not return
 * when the configuration is refused: Kore says why and exits with 1.
 * `sandbox`: a worker that makes any other system call is killed and
 * replaced. It has no effect in builds with a sanitizer or with coverage.
 */
int	kore_boot(const char *conf_text, bool sandbox);

/* This worker's number, from 1; 0 in the parent. */
int	kore_worker_number(void);
/* True once this worker was told to end; it answers, but begins nothing. */
bool	kore_draining(void);

#endif
