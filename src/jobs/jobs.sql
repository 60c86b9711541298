-- Statements of jobs. The tables are reached through functions; what the
-- command line asks as the owner stands at the end.

-- job_add: a run of the tenant's, or the one that is alike
select run_id, added from job_add($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- global job_add_shared: a run of the installation's
select run_id, added from job_add(null, $1, $2, $3, $4, $5, $6, $7, $8);

-- global job_claim: runs become this worker's
select id, tenant, kind, args, state, attempt, failures, cancelling, period
  from job_claim($1, $2, $3, $4, $5);

-- global job_beat: this worker lives, and so do its runs
select id, cancelling
  from job_beat($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- global job_lines_put: lines of logs
select job_lines_put($1, $2, $3, $4, $5, $6);

-- global job_worker_leave: this worker goes
select job_worker_leave($1);

-- global job_hold: is the run still this attempt's?
select job_hold($1, $2, $3) as held;

-- global job_keep: what an attempt has done so far
select job_keep($1, $2, $3, $4, $5) as held;

-- global job_end: an attempt is over
select job_end as status
  from job_end($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- global job_rescue: runs whose workers fell silent go back
select job_rescue() as n;

-- job_list: the newest runs that a tenant may see
select id, tenant is null as shared, kind, args, status, priority, run_at,
       attempt, failures, failures_max, progress, doing, result, error,
       cancelling, schedule_id, period, created_at, started_at, ended_at
  from job_list($1, $2, $3, $4, $5);

-- job_show: one of them
select id, tenant is null as shared, kind, args, status, priority, run_at,
       attempt, failures, failures_max, progress, doing, result, error,
       cancelling, schedule_id, period, created_at, started_at, ended_at
  from job_show($1, $2);

-- job_log: the newest lines of its log
select attempt, at, level, line from job_log($1, $2, $3, $4);

-- job_cancel: stop it, or let it not begin
select id, tenant is null as shared, kind, args, status, priority, run_at,
       attempt, failures, failures_max, progress, doing, result, error,
       cancelling, schedule_id, period, created_at, started_at, ended_at
  from job_cancel($1, $2, $3);

-- job_retry: try it again, now
select id, tenant is null as shared, kind, args, status, priority, run_at,
       attempt, failures, failures_max, progress, doing, result, error,
       cancelling, schedule_id, period, created_at, started_at, ended_at
  from job_retry($1, $2, $3);

-- global job_schedule_born: a schedule that the program itself has
select job_schedule_born($1, $2, $3, $4, $5);

-- job_schedule_list: schedules that a tenant may see
select id, tenant is null as shared, name, kind, args, cron, zone,
       case when paused then 'paused' else 'active' end as state,
       next_at, fired_at, version
  from job_schedule_list($1);

-- job_schedule_lock: one of them, held
select id, tenant is null as shared, name, kind, args, cron, zone,
       case when paused then 'paused' else 'active' end as state,
       next_at, fired_at, version
  from job_schedule_lock($1, $2);

-- job_schedule_change: its times
select id, tenant is null as shared, name, kind, args, cron, zone,
       case when paused then 'paused' else 'active' end as state,
       next_at, fired_at, version
  from job_schedule_change($1, $2, $3, $4, $5, $6, $7);

-- global job_schedule_due: schedules whose time has come
select id, name, kind, cron, zone, next_at, now() as looked_at
  from job_schedule_due($1);

-- global job_schedule_fire: the run of a schedule's time
select run_id, added from job_schedule_fire($1, $2, $3, $4, $5, $6, $7);

-- global job_worker_list: workers that live
select id, host, pid, places, running, started_at, seen_at
  from job_worker_list();

-- global job_counts: how much waits and how much is at work
select kind, status, n, oldest_s from job_counts();

-- global job_tidy: forget what ended long ago
select job_tidy($1, $2) as n;

-- global job_command_list: for the command line, as the owner: all runs
select id, tenant, tenant is null as shared, kind, args, status, priority,
       run_at, attempt, failures, failures_max, progress, doing, result,
       error, cancelling, schedule_id, period, created_at, started_at,
       ended_at
  from job_runs
 where ($1::text is null or kind = $1) and ($2::text is null or status = $2)
   and ($3::uuid is null or id = $3)
 order by id desc limit $4;

-- global job_command_log: for the command line: a run's newest lines
select attempt, at, level, line
  from (select * from job_lines where run_id = $1
	 order by attempt desc, n desc limit $2) newest
 order by attempt, n;

-- global job_command_schedules: for the command line: all schedules
select id, tenant, tenant is null as shared, name, kind, args, cron, zone,
       case when paused then 'paused' else 'active' end as state, next_at,
       fired_at, version
  from job_schedules order by tenant nulls first, name;
