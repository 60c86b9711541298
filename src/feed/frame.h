/*
 * frame: RFC 6455 as a client speaks it, without a socket: the opening
 * question and its answer, frames to send, and messages out of the bytes
 * that came, however they were cut. Inner header of feed/.
 */
#ifndef BURSAR_FEED_FRAME_H
#define BURSAR_FEED_FRAME_H

#include "base/arena.h"

#define FRAME_KEY_BYTES	  25		/* with its NUL */
#define FRAME_HEAD_MAX	  8192		/* of the answer */
#define FRAME_MESSAGE_MAX (1024 * 1024) /* its fragments together */

enum frame_kind {
	FRAME_MORE = 0,	 /* what follows, in a frame; none yet, of a reader */
	FRAME_TEXT = 1,
	FRAME_BINARY = 2,
	FRAME_CLOSE = 8,
	FRAME_PING = 9,
	FRAME_PONG = 10,
	FRAME_WRONG = 16 /* what came breaks the protocol */
};

/* Close codes. */
#define FRAME_NORMAL   1000
#define FRAME_PROTOCOL 1002
#define FRAME_NO_UTF8  1007
#define FRAME_TOO_BIG  1009

/* A new key for an opening question. */
void frame_key(char key[FRAME_KEY_BYTES]);
str frame_question(
    struct arena *a, str host, str target, const char key[FRAME_KEY_BYTES]);
/*
 * The HTTP status of a whole head, 101 only if it is the right answer to the
 * key; 0 when it is none. `head` ends with its empty line.
 */
int frame_answer(str head, const char key[FRAME_KEY_BYTES]);

/* A whole masked frame; its payload fits one of 65535 bytes. */
str frame_write(struct arena *a, enum frame_kind kind, str payload);
/* The payload of a close. */
str frame_farewell(struct arena *a, int code);

/* Bytes that came and are not read yet, and a message's fragments. */
struct frame_reader {
	char *in, *message;
	size_t in_n, in_at, in_cap, message_n, message_cap;
	enum frame_kind begun; /* of the message that is under way */
	int wrong;	       /* the close code for FRAME_WRONG */
};

/* False: no memory. */
bool frame_feed(struct frame_reader *r, const char *p, size_t n);
/*
 * The next whole message or control frame; FRAME_MORE: feed it more first;
 * FRAME_WRONG, and ever after. The payload stays until the next call.
 */
enum frame_kind frame_next(struct frame_reader *r, str *payload);
/* The code of a close's payload; 1005 when it has none. */
int frame_close_code(str payload);
void frame_drop(struct frame_reader *r);

#endif
