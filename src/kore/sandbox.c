/*
 * The system calls of a worker beyond those Kore itself allows: threads,
 * files to read, sockets to call out by. A worker starts no program and no
 * process, and makes no page executable.
 */
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>

#include <kore/kore.h>
#include <kore/seccomp.h>

#include "kore/sandbox.h"

static struct sock_filter everything[] = {
	KORE_BPF_RET(SECCOMP_RET_ALLOW),
};

static struct sock_filter worker_calls[] = {
	/* Threads, but no processes: clone3 keeps its flags in memory where
	 * a filter cannot look, and glibc then uses clone. */
	KORE_SYSCALL_DENY(clone3, ENOSYS),
	KORE_SYSCALL_ALLOW_WITH_FLAG(clone, 0, CLONE_THREAD),
	KORE_SYSCALL_ALLOW(set_robust_list),
	KORE_SYSCALL_ALLOW(rseq),
	KORE_SYSCALL_ALLOW(gettid),
	KORE_SYSCALL_ALLOW(sched_yield),
	KORE_SYSCALL_ALLOW(sched_getaffinity),
	KORE_SYSCALL_ALLOW(membarrier),
	KORE_SYSCALL_ALLOW_ARG(prctl, 0, PR_SET_NAME),

	/* The loop. */
	KORE_SYSCALL_ALLOW(epoll_create1),
	KORE_SYSCALL_ALLOW(eventfd2),
	KORE_SYSCALL_ALLOW(timerfd_create),
	KORE_SYSCALL_ALLOW(timerfd_settime),
	KORE_SYSCALL_ALLOW(pipe2),
	KORE_SYSCALL_ALLOW(restart_syscall),
	KORE_SYSCALL_ALLOW(clock_getres),
#if defined(SYS_epoll_pwait2)
	KORE_SYSCALL_ALLOW(epoll_pwait2),
#endif
#if defined(SYS_select)
	KORE_SYSCALL_ALLOW(select),
#endif
	KORE_SYSCALL_ALLOW(pselect6),

	/* Calling out: database, cache, HTTP and names. Netlink is how the
	 * resolver learns whether there is IPv6. */
	KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_INET),
	KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_INET6),
	KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_UNIX),
	KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_NETLINK),
	KORE_SYSCALL_ALLOW(socketpair),
	KORE_SYSCALL_ALLOW(bind),
	KORE_SYSCALL_ALLOW(connect),
	KORE_SYSCALL_ALLOW(shutdown),
	KORE_SYSCALL_ALLOW(accept4),
	KORE_SYSCALL_ALLOW(getsockopt),
	KORE_SYSCALL_ALLOW(getsockname),
	KORE_SYSCALL_ALLOW(getpeername),
	KORE_SYSCALL_ALLOW(recvmsg),
	KORE_SYSCALL_ALLOW(sendmsg),
	KORE_SYSCALL_ALLOW(sendmmsg),
	KORE_SYSCALL_ALLOW_ARG(ioctl, 1, FIONREAD),
	KORE_SYSCALL_ALLOW_ARG(ioctl, 1, FIONBIO),

	/* Memory. */
	KORE_SYSCALL_ALLOW(mremap),
	KORE_SYSCALL_ALLOW(mlock),
	KORE_SYSCALL_ALLOW(munlock),

	/* Files. */
	KORE_SYSCALL_ALLOW(newfstatat),
	KORE_SYSCALL_ALLOW(statx),
	KORE_SYSCALL_ALLOW(faccessat2),
	KORE_SYSCALL_ALLOW(faccessat),
	KORE_SYSCALL_ALLOW(readlinkat),
	KORE_SYSCALL_ALLOW(getdents64),
	KORE_SYSCALL_ALLOW(pread64),
	KORE_SYSCALL_ALLOW(readv),
	KORE_SYSCALL_ALLOW(uname),
	KORE_SYSCALL_ALLOW(sysinfo),

	/* Who and how much. */
	KORE_SYSCALL_ALLOW(getppid),
	KORE_SYSCALL_ALLOW(getgid),
	KORE_SYSCALL_ALLOW(getegid),
	KORE_SYSCALL_ALLOW(getrusage),
	KORE_SYSCALL_ALLOW(prlimit64),

	/* So that abort() is told from a call that is not allowed. */
	KORE_SYSCALL_ALLOW(tgkill),
};

void
sandbox_install(bool on)
{
#if defined(BURSAR_UNBOXED)
	on = false;
#endif
	if (on) {
		kore_seccomp_filter("bursar", worker_calls,
		    KORE_FILTER_LEN(worker_calls));
	} else {
		kore_seccomp_filter("everything", everything,
		    KORE_FILTER_LEN(everything));
	}
}
