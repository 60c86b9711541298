/*
 * A named maximum for everything that can grow; units last in each name.
 */
#ifndef BURSAR_BASE_LIMITS_H
#define BURSAR_BASE_LIMITS_H

#define LIMIT_ARENA_BLOCK_BYTES		(16 * 1024)
#define LIMIT_ARENA_POOLED_BLOCKS	512	/* per thread: 8 MiB */
#define LIMIT_FLOW_ARENA_BYTES		(32 * 1024 * 1024)
#define LIMIT_FLOW_END_BYTES		(1024 * 1024)	/* more, to say so */
#define LIMIT_FLOW_STACK_BYTES		(256 * 1024)
#define LIMIT_FLOW_POOLED_STACKS	256
#define LIMIT_FLOWS			2048	/* at once, per worker */
#define LIMIT_FLOW_DEFERS		16	/* per flow */
#define LIMIT_REQUEST_MS		10000	/* a request's whole time */
#define LIMIT_BODY_BYTES		(1024 * 1024)
#define LIMIT_JSON_DEPTH		16
#define LIMIT_FIELDS			64	/* of one shape */
#define LIMIT_PATH_PARAMS		4
#define LIMIT_QUERY_PARAMS		32
#define LIMIT_PAGE_ROWS			200
#define LIMIT_JOBS_WAITING		64	/* thread jobs, per worker */
#define LIMIT_WORK_JOBS			60	/* runs at once, per worker */
#define LIMIT_SYMBOL_BYTES		16
#define LIMIT_NAME_BYTES		120
#define LIMIT_NOTE_BYTES		1000

#endif
