/*
 * finnhub_fake: for tests, a provider's stand-in (tests/fakes/finnhub.py,
 * unless FAKE_SCRIPT names another) as a child process, and how to tell it
 * what to answer.
 */
#ifndef BURSAR_FEED_FINNHUB_FAKE_H
#define BURSAR_FEED_FINNHUB_FAKE_H

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef FAKE_SCRIPT
#define FAKE_SCRIPT "tests/fakes/finnhub.py"
#endif

static struct {
	pid_t pid;
	int port;
	int in; /* it ends when this is closed */
	char url[64];
} fake;

static inline void
fake_start(void)
{
	int in[2], out[2];
	char line[16] = "";

	if (pipe(in) == -1 || pipe(out) == -1)
		abort();
	if ((fake.pid = fork()) == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execl("/usr/bin/python3", "python3", FAKE_SCRIPT, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	fake.in = in[1];
	/* The line may come in pieces. */
	for (size_t n = 0; strchr(line, '\n') == NULL; n++)
		if (n + 1 >= sizeof(line) || read(out[0], line + n, 1) != 1)
			abort();
	close(out[0]);
	fake.port = atoi(line);
	snprintf(fake.url, sizeof(fake.url), "http://127.0.0.1:%d", fake.port);
}

static inline void
fake_stop(void)
{
	close(fake.in);
	kill(fake.pid, SIGKILL);
	waitpid(fake.pid, NULL, 0);
}

/* One request on a connection of its own; the answer, headers and all. */
static inline const char *
fake_say(const char *verb, const char *path, const char *body)
{
	static char answer[8192];
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)fake.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char request[512];
	size_t n = 0;
	ssize_t got;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	snprintf(request, sizeof(request),
	    "%s %s HTTP/1.1\r\nHost: x\r\n"
	    "Connection: close\r\nContent-Length: %zu\r\n\r\n%s",
	    verb, path, strlen(body), body);
	if (connect(fd, (struct sockaddr *)&in, sizeof(in)) == -1 ||
	    write(fd, request, strlen(request)) == -1)
		abort();
	while (n < sizeof(answer) - 1 &&
	    (got = read(fd, answer + n, sizeof(answer) - 1 - n)) > 0)
		n += (size_t)got;
	answer[n] = '\0';
	close(fd);
	return (answer);
}

static inline void
fake_mode(const char *mode, int delay_ms)
{
	char body[128];

	snprintf(body, sizeof(body), "{\"mode\":\"%s\",\"delay_ms\":%d}", mode,
	    delay_ms);
	(void)fake_say("POST", "/_mode", body);
}

static inline void
fake_reset(void)
{
	fake_mode("ok", 0);
	(void)fake_say("POST", "/_reset", "");
}

/* Calls since the last reset. */
static inline int
fake_calls(void)
{
	const char *answer = fake_say("GET", "/_calls", "");
	const char *total = strstr(answer, "\"total\": ");

	return (total == NULL ? -1 : atoi(total + 9));
}

#endif
