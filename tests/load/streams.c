/*
 * A crowd of live streams: opens N of them from several loopback addresses,
 * publishes quotes on Redis as a process that refreshes them would, and
 * tells how long each took to reach the last client, and what memory the
 * server's workers hold for each. One thread, one epoll descriptor.
 *
 *   streams PORT TOKEN CLIENTS TICKS REDIS_SOCKET SERVER_PID [SYMBOLS]
 */
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE		256	/* connections being made */
#define EACH_ADDRESS	1000	/* clients of one loopback address */
#define TICK_MS		400	/* between two of them */
#define WAIT_MS		60000

struct client {
	int		fd;
	bool		open;		/* its first event has come */
	unsigned	matched;	/* of `mark` */
	bool		number;		/* inside the price */
	unsigned	price, seen;
};

static const char mark[] = "\"symbol\":\"BENCH\",\"price\":\"";
static const char first[] = "event: hello";

static struct client *clients;
static int *latency_us;
static unsigned count, opened, lost, reached, tick;
static int poll_fd, redis_fd;
static int64_t sent_us;

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return ((int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000);
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

/* ---- clients ----------------------------------------------------- */

static void
client_dial(unsigned i, int port, const char *request)
{
	struct sockaddr_in from = { .sin_family = AF_INET },
	    to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct epoll_event ev = { .events = EPOLLIN, .data.u32 = i };
	int fd, on = 1;

	from.sin_addr.s_addr = htonl(0x7f000002 + i / EACH_ADDRESS);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) == -1)
		die("socket");
	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&from, sizeof(from)) == -1)
		die("bind");
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == -1)
		die("connect");
	if (write(fd, request, strlen(request)) != (ssize_t)strlen(request))
		die("write");
	clients[i].fd = fd;
	if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &ev) == -1)
		die("epoll_ctl");
}

static void
client_reached(struct client *c)
{
	if (c->price != tick || c->seen == tick)
		return;
	c->seen = tick;
	latency_us[reached++] = (int)(now_us() - sent_us);
}

/* Texts may be cut anywhere. */
static void
client_reads(struct client *c, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (c->number && p[i] >= '0' && p[i] <= '9') {
			c->price = c->price * 10 + (unsigned)(p[i] - '0');
			continue;
		}
		if (c->number)
			client_reached(c);
		c->number = false;
		c->matched = p[i] == mark[c->matched] ? c->matched + 1 :
		    p[i] == mark[0];
		if (c->matched < sizeof(mark) - 1)
			continue;
		c->matched = 0;
		c->price = 0;
		c->number = true;
	}
}

static void
client_ready(unsigned i)
{
	struct client *c = &clients[i];
	char p[65536];
	ssize_t n;

	n = recv(c->fd, p, sizeof(p), MSG_DONTWAIT);
	if (n == -1 && errno == EAGAIN)
		return;
	if (n <= 0) {
		lost++;
		close(c->fd);
		return;
	}
	if (!c->open && memmem(p, (size_t)n, first, sizeof(first) - 1)) {
		c->open = true;
		opened++;
	}
	client_reads(c, p, (size_t)n);
}

/* Serve the crowd until `*have` is `want`, or for so long. */
static void
crowd(const unsigned *have, unsigned want, int64_t ms)
{
	struct epoll_event ev[256];
	int64_t end = now_us() + ms * 1000;
	int i, n;

	while ((have == NULL || *have < want) && now_us() < end) {
		n = epoll_wait(poll_fd, ev, 256, 10);
		for (i = 0; i < n; i++)
			client_ready(ev[i].data.u32);
	}
}

/* ---- ticks ------------------------------------------------------- */

static void
redis_dial(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	redis_fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(redis_fd, (struct sockaddr *)&to, sizeof(to)) == -1)
		die(path);
}

static void
tick_send(void)
{
	char quote[256], text[512], answer[64];
	int n;

	n = snprintf(quote, sizeof(quote), "[{\"symbol\":\"BENCH\","
	    "\"price\":\"%u\",\"previous_close\":\"100\",\"change\":\"1.5\","
	    "\"percent_change\":0.015,\"as_of\":\"2026-03-20T09:46:40Z\","
	    "\"stale\":false}]", tick);
	n = snprintf(text, sizeof(text), "*3\r\n$7\r\nPUBLISH\r\n$6\r\nquotes"
	    "\r\n$%d\r\n%s\r\n", n, quote);
	sent_us = now_us();
	if (write(redis_fd, text, (size_t)n) != n ||
	    read(redis_fd, answer, sizeof(answer)) <= 0)
		die("redis");
}

static int
by_size(const void *a, const void *b)
{
	return (*(const int *)a - *(const int *)b);
}

/* ---- memory ------------------------------------------------------ */

static long
status_kib(int pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *fp;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	if ((fp = fopen(path, "r")) == NULL)
		return (0);
	while (fgets(line, sizeof(line), fp) != NULL)
		if (sscanf(line, "VmRSS: %ld", &kib) == 1)
			break;
	fclose(fp);
	return (kib);
}

static long
workers_kib(int server)
{
	char path[64];
	long kib = 0;
	FILE *fp;
	int pid;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", server,
	    server);
	if ((fp = fopen(path, "r")) == NULL)
		die(path);
	while (fscanf(fp, "%d", &pid) == 1)
		kib += status_kib(pid);
	fclose(fp);
	return (kib);
}

/* ---- all of it --------------------------------------------------- */

static void
descriptors_raise(void)
{
	struct rlimit rl;

	getrlimit(RLIMIT_NOFILE, &rl);
	rl.rlim_cur = rl.rlim_max;
	setrlimit(RLIMIT_NOFILE, &rl);
}

static void
crowd_open(int port, const char *token, const char *symbols)
{
	char request[4096];
	unsigned i, want;

	snprintf(request, sizeof(request), "GET /api/v1/stream%s%s HTTP/1.1\r\n"
	    "Host: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
	    symbols[0] != '\0' ? "?symbols=" : "", symbols, token);
	for (i = 0; i < count; i++) {
		client_dial(i, port, request);
		want = i + 1 > AT_ONCE ? i + 1 - AT_ONCE : 0;
		crowd(&opened, want, WAIT_MS);
	}
	crowd(&opened, count, WAIT_MS);
}

int
main(int argc, char **argv)
{
	unsigned ticks, missed = 0, all = 0;
	int64_t began, worst = 0, p50 = 0, p99 = 0;
	long before, after;
	int server;

	if (argc < 7) {
		fprintf(stderr, "streams PORT TOKEN CLIENTS TICKS "
		    "REDIS_SOCKET SERVER_PID [SYMBOLS]\n");
		return (2);
	}
	descriptors_raise();
	count = (unsigned)atoi(argv[3]);
	ticks = (unsigned)atoi(argv[4]);
	server = atoi(argv[6]);
	clients = calloc(count, sizeof(*clients));
	latency_us = calloc(count, sizeof(*latency_us));
	poll_fd = epoll_create1(0);
	if (clients == NULL || latency_us == NULL || poll_fd == -1)
		die("start");
	redis_dial(argv[5]);
	before = workers_kib(server);
	began = now_us();
	crowd_open(atoi(argv[1]), argv[2], argc > 7 ? argv[7] : "");
	printf("opened %u of %u in %.1f s, %u lost\n", opened, count,
	    (double)(now_us() - began) / 1e6, lost);
	crowd(NULL, 0, 1000);
	for (tick = 1; tick <= ticks; tick++) {
		reached = 0;
		tick_send();
		crowd(&reached, opened - lost, 5000);
		missed += opened - lost - reached;
		if (reached == 0)
			continue;
		qsort(latency_us, reached, sizeof(int), by_size);
		all++;
		p50 += latency_us[reached / 2];
		p99 += latency_us[reached * 99 / 100];
		if (latency_us[reached - 1] > worst)
			worst = latency_us[reached - 1];
		crowd(NULL, 0, TICK_MS);
	}
	after = workers_kib(server);
	all = all > 0 ? all : 1;
	printf("ticks %u: mean p50 %.1f ms, mean p99 %.1f ms, slowest client "
	    "of all %.1f ms, missed %u, lost %u\n", ticks, p50 / 1e3 / all,
	    p99 / 1e3 / all, worst / 1e3, missed, lost);
	printf("workers: %ld KiB before, %ld KiB with them: %.2f KiB a client "
	    "more, %.2f in all\n", before, after,
	    (double)(after - before) / count, (double)after / count);
	return (missed > 0 || lost > 0 || opened < count);
}
