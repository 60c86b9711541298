-- Jobs: runs in a queue, their logs, the schedules that put runs into it, and
-- the workers that take them out.
--
-- A worker looks for work before it knows whose it is, so a run says which
-- tenant it is of (none: the installation's), but these tables are no
-- tenant's and nobody's to read: bursar_app may call the functions below and
-- nothing else. Those that a tenant's request calls compare the tenant they
-- are given with the transaction's setting.

create table job_schedules (
	id		uuid primary key,
	tenant		uuid,
	name		text not null check (length(name) between 1 and 64),
	kind		text not null check (length(kind) between 1 and 64),
	args		jsonb not null default '{}',
	cron		text not null,
	zone		text not null,
	paused		boolean not null default false,
	-- by hand; else it follows what the program says
	altered		boolean not null default false,
	next_at		timestamptz,
	fired_at	timestamptz,
	version		bigint not null default 1,
	unique nulls not distinct (tenant, name)
);
create index job_schedules_next_idx on job_schedules (next_at)
    where not paused;

create table job_runs (
	id		uuid primary key,
	tenant		uuid,
	kind		text not null check (length(kind) between 1 and 64),
	args		jsonb not null default '{}',
	status		text not null default 'waiting' check (status in
	    ('waiting', 'running', 'done', 'dead', 'cancelled')),
	priority	bigint not null default 0,
	-- the same for runs that are alike; null: any number of them may be
	alike		text,
	alike_active	boolean not null default false,
	run_at		timestamptz not null default now(),
	-- counts claims: whoever writes must still have the newest
	attempt		bigint not null default 0,
	failures	bigint not null default 0,
	failures_max	bigint not null check (failures_max > 0),
	progress	double precision not null default 0
	    check (progress between 0 and 1),
	doing		text,
	state		jsonb,
	result		jsonb,
	error		text,
	worker		uuid,
	lease_until	timestamptz,
	cancelling	boolean not null default false,
	schedule_id	uuid references job_schedules (id) on delete set null,
	period		timestamptz,
	asked_by	uuid,
	created_at	timestamptz not null default now(),
	started_at	timestamptz,
	ended_at	timestamptz,
	check ((status = 'running') = (worker is not null)),
	check ((worker is null) = (lease_until is null)),
	check ((status in ('done', 'dead', 'cancelled')) =
	    (ended_at is not null))
);
-- A row that is locked FOR KEY SHARE cannot get another attempt, but its
-- lease and its progress can be written: this key makes it so.
create unique index job_runs_attempt_key on job_runs (id, attempt);
create unique index job_runs_period_key on job_runs (schedule_id, period);
create unique index job_runs_alike_key on job_runs (kind, alike, tenant)
    nulls not distinct
    where alike_active and status in ('waiting', 'running');
create index job_runs_alike_idx on job_runs (alike, kind)
    where alike is not null and status in ('waiting', 'running');
create index job_runs_waiting_idx on job_runs (priority desc, run_at, id)
    where status = 'waiting';
create index job_runs_running_idx on job_runs (kind)
    where status = 'running';
create index job_runs_tenant_idx on job_runs (tenant, id desc);
create index job_runs_ended_idx on job_runs (ended_at)
    where ended_at is not null;

create table job_lines (
	run_id		uuid not null references job_runs (id)
	    on delete cascade,
	attempt		bigint not null,
	n		bigint not null,
	at		timestamptz not null,
	level		text not null check (level in
	    ('fine', 'info', 'warn', 'error')),
	line		text not null,
	primary key (run_id, attempt, n)
);

create table job_workers (
	id		uuid primary key,
	host		text not null,
	pid		bigint not null,
	places		bigint not null,
	running		bigint not null,
	started_at	timestamptz not null default now(),
	seen_at		timestamptz not null default now()
);

-- ---- putting runs in --------------------------------------------------

create function job_tenant() returns uuid
language sql stable
set search_path = pg_catalog, bursar, pg_temp
return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- p_rule: 0 any, 1 none alike may wait, 2 nor be at work.
create function job_put(p_tenant uuid, p_id uuid, p_kind text, p_args jsonb,
    p_rule bigint, p_priority bigint, p_failures_max bigint,
    p_run_at timestamptz, p_by uuid, p_schedule uuid, p_period timestamptz)
    returns table (run_id uuid, added boolean)
language plpgsql
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_alike text;
begin
	if p_rule > 0 then
		v_alike := md5(p_args::text);
		perform pg_advisory_xact_lock(hashtextextended(
		    concat_ws(':', 'job', p_kind, v_alike, p_tenant), 0));
		select r.id into run_id from job_runs r
		 where r.alike = v_alike and r.kind = p_kind
		   and r.tenant is not distinct from p_tenant
		   and (r.status = 'waiting'
			or (p_rule = 2 and r.status = 'running'))
		 limit 1;
		if found then
			added := false;
			return next;
			return;
		end if;
	end if;
	insert into job_runs (id, tenant, kind, args, alike, alike_active,
	    priority, failures_max, run_at, asked_by, schedule_id, period)
	values (p_id, p_tenant, p_kind, p_args, v_alike, p_rule = 2,
	    p_priority, p_failures_max, coalesce(p_run_at, now()), p_by,
	    p_schedule, p_period);
	perform pg_notify('bursar_jobs', 'run');
	run_id := p_id;
	added := true;
	return next;
end
$$;

create function job_add(p_tenant uuid, p_id uuid, p_kind text, p_args jsonb,
    p_rule bigint, p_priority bigint, p_failures_max bigint,
    p_run_at timestamptz, p_by uuid)
    returns table (run_id uuid, added boolean)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	if p_tenant is not null and p_tenant is distinct from job_tenant()
	then
		raise exception 'the run of another tenant'
		    using errcode = 'insufficient_privilege';
	end if;
	return query select * from job_put(p_tenant, p_id, p_kind, p_args,
	    p_rule, p_priority, p_failures_max, p_run_at, p_by, null, null);
end
$$;

-- ---- taking them out ---------------------------------------------------

-- Up to p_n runs of these kinds become the worker's. Of a kind with a cap no
-- more than so many are at work anywhere; workers count one after another.
create function job_claim(p_worker uuid, p_kinds text[], p_caps bigint[],
    p_n bigint, p_lease_s bigint)
    returns setof job_runs
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_open text[] := p_kinds;
	v_free bigint[] := p_caps;
	v_run job_runs;
	i int;
begin
	for i in select k.i from unnest(p_kinds, p_caps)
	    with ordinality as k (kind, cap, i)
	     where k.cap > 0 and exists (select from job_runs r
		where r.status = 'waiting' and r.kind = k.kind
		  and r.run_at <= now())
	     order by k.kind
	loop
		perform pg_advisory_xact_lock(hashtextextended(
		    'job_cap:' || p_kinds[i], 0));
		v_free[i] := p_caps[i] - (select count(*) from job_runs r
		    where r.status = 'running' and r.kind = p_kinds[i]);
		if v_free[i] <= 0 then
			v_open := array_remove(v_open, p_kinds[i]);
		end if;
	end loop;
	for taken in 1 .. p_n loop
		update job_runs r
		   set status = 'running', worker = p_worker,
		       attempt = r.attempt + 1, started_at = now(),
		       lease_until = now() + make_interval(secs => p_lease_s)
		 where r.id = (select w.id from job_runs w
			where w.status = 'waiting' and w.run_at <= now()
			  and w.kind = any (v_open)
			order by w.priority desc, w.run_at, w.id
			limit 1 for update skip locked)
		returning r.* into v_run;
		exit when not found;
		return next v_run;
		i := array_position(p_kinds, v_run.kind);
		if p_caps[i] > 0 then
			v_free[i] := v_free[i] - 1;
			if v_free[i] <= 0 then
				v_open := array_remove(v_open, v_run.kind);
			end if;
		end if;
	end loop;
end
$$;

-- The worker lives, and so do its runs. Answers which of them are still its
-- own, and which of those it shall stop.
create function job_beat(p_worker uuid, p_host text, p_pid bigint,
    p_places bigint, p_ids uuid[], p_attempts bigint[], p_progress float8[],
    p_doing text[], p_lease_s bigint)
    returns table (id uuid, cancelling boolean)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	insert into job_workers as w (id, host, pid, places, running)
	values (p_worker, p_host, p_pid, p_places, cardinality(p_ids))
	on conflict on constraint job_workers_pkey do update
	   set seen_at = now(), running = excluded.running;
	with mine as (
		select r.id, u.progress, u.doing from job_runs r
		  join unnest(p_ids, p_attempts, p_progress, p_doing)
		    as u (id, attempt, progress, doing)
		    on u.id = r.id and u.attempt = r.attempt
		 where r.status = 'running' and r.worker = p_worker
		   for no key update of r skip locked)
	update job_runs r
	   set lease_until = now() + make_interval(secs => p_lease_s),
	       progress = mine.progress, doing = mine.doing
	  from mine where r.id = mine.id;
	return query select r.id, r.cancelling from job_runs r
	  join unnest(p_ids, p_attempts) as u (id, attempt)
	    on u.id = r.id and u.attempt = r.attempt
	 where r.status = 'running' and r.worker = p_worker;
end
$$;

create function job_lines_put(p_runs uuid[], p_attempts bigint[],
    p_ns bigint[], p_ats timestamptz[], p_levels text[], p_lines text[])
    returns void
language sql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	insert into job_lines (run_id, attempt, n, at, level, line)
	select u.* from unnest(p_runs, p_attempts, p_ns, p_ats, p_levels,
	    p_lines) as u (run_id, attempt, n, at, level, line)
	 where exists (select from job_runs r where r.id = u.run_id)
	on conflict do nothing;
$$;

create function job_worker_leave(p_worker uuid) returns void
language sql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	delete from job_workers where id = p_worker;
$$;

-- Is it still this attempt's? If so, it stays so until the transaction ends.
create function job_hold(p_worker uuid, p_run uuid, p_attempt bigint)
    returns boolean
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	perform from job_runs r
	  where r.id = p_run and r.attempt = p_attempt
	    and r.worker = p_worker and r.status = 'running'
	    and not r.cancelling
	    for key share;
	return found;
end
$$;

create function job_keep(p_worker uuid, p_run uuid, p_attempt bigint,
    p_state jsonb, p_lease_s bigint) returns boolean
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	update job_runs r
	   set state = coalesce(p_state, r.state),
	       lease_until = clock_timestamp()
		+ make_interval(secs => p_lease_s)
	 where r.id = p_run and r.attempt = p_attempt
	   and r.worker = p_worker and r.status = 'running';
	return found;
end
$$;

-- The attempt is over: 'done'; 'failed', to be tried again if it may;
-- 'dead' at once; 'later', and 'back' from a worker that stops, which count
-- no failure; 'cancelled'. Answers what became of the run; no row when it
-- was not the attempt's any more.
create function job_end(p_worker uuid, p_run uuid, p_attempt bigint,
    p_how text, p_delay_s float8, p_error text, p_progress float8,
    p_doing text, p_result jsonb) returns setof text
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_run job_runs;
	v_status text;
	v_failures bigint;
begin
	select * into v_run from job_runs r
	 where r.id = p_run and r.attempt = p_attempt
	   and r.worker = p_worker and r.status = 'running'
	   for update;
	if not found then
		return;
	end if;
	v_failures := v_run.failures
	    + case when p_how in ('failed', 'dead') then 1 else 0 end;
	v_status := case
	    when p_how = 'done' then 'done'
	    when p_how = 'cancelled' or v_run.cancelling then 'cancelled'
	    when p_how = 'dead' or v_failures >= v_run.failures_max
		then 'dead'
	    else 'waiting' end;
	update job_runs r
	   set status = v_status, failures = v_failures, worker = null,
	       lease_until = null, cancelling = false,
	       run_at = case when v_status = 'waiting'
		then clock_timestamp() + make_interval(secs => p_delay_s)
		else r.run_at end,
	       ended_at = case when v_status <> 'waiting'
		then clock_timestamp() end,
	       error = case when v_status = 'done' then null
		else coalesce(p_error, r.error) end,
	       progress = case when v_status = 'done' then 1
		else p_progress end,
	       doing = p_doing, result = coalesce(p_result, r.result)
	 where r.id = p_run;
	if v_status = 'waiting' then
		perform pg_notify('bursar_jobs', 'run');
	end if;
	return next v_status;
end
$$;

-- Runs whose workers fell silent go back; answers how many. One that has
-- taken its worker with it too often is dead.
create function job_rescue() returns bigint
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_run job_runs;
	v_n bigint := 0;
begin
	for v_run in select * from job_runs r
	    where r.status = 'running' and r.lease_until < now()
	    order by r.id limit 100 for update skip locked
	loop
		update job_runs r
		   set status = case when r.cancelling then 'cancelled'
			when r.failures + 1 >= r.failures_max then 'dead'
			else 'waiting' end,
		       ended_at = case when r.cancelling
			or r.failures + 1 >= r.failures_max then now() end,
		       failures = r.failures + 1, worker = null,
		       lease_until = null, cancelling = false,
		       run_at = now(), error = 'its worker fell silent'
		 where r.id = v_run.id;
		insert into job_lines (run_id, attempt, n, at, level, line)
		values (v_run.id, v_run.attempt, 1000000, now(), 'warn',
		    'its worker fell silent')
		on conflict do nothing;
		v_n := v_n + 1;
	end loop;
	if v_n > 0 then
		perform pg_notify('bursar_jobs', 'run');
	end if;
	return v_n;
end
$$;

-- ---- looking and telling -----------------------------------------------

-- A tenant sees its own runs and the installation's.
create function job_list(p_tenant uuid, p_kind text, p_status text,
    p_before uuid, p_limit bigint) returns setof job_runs
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select r.* from job_runs r
	 where (r.tenant is null
		or (r.tenant = p_tenant and r.tenant = job_tenant()))
	   and (p_kind is null or r.kind = p_kind)
	   and (p_status is null or r.status = p_status)
	   and (p_before is null or r.id < p_before)
	 order by r.id desc limit p_limit;
end
$$;

create function job_show(p_tenant uuid, p_run uuid) returns setof job_runs
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select r.* from job_runs r
	 where r.id = p_run and (r.tenant is null
		or (r.tenant = p_tenant and r.tenant = job_tenant()));
end
$$;

-- The newest lines of a run, oldest first; of the installation's only for
-- operators.
create function job_log(p_tenant uuid, p_run uuid, p_operator boolean,
    p_limit bigint) returns setof job_lines
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select * from (
		select l.* from job_lines l
		  join job_runs r on r.id = l.run_id
		 where r.id = p_run
		   and ((r.tenant is null and p_operator)
			or (r.tenant = p_tenant and r.tenant = job_tenant()))
		 order by l.attempt desc, l.n desc limit p_limit) newest
	 order by newest.attempt, newest.n;
end
$$;

-- No row: there is no such run for them. Otherwise the run as it is now; it
-- is unchanged if it had ended.
create function job_cancel(p_tenant uuid, p_run uuid, p_operator boolean)
    returns setof job_runs
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_run job_runs;
begin
	select * into v_run from job_runs r
	 where r.id = p_run and ((r.tenant is null and p_operator)
		or (r.tenant = p_tenant and r.tenant = job_tenant()))
	   for no key update;
	if not found then
		return;
	end if;
	if v_run.status = 'waiting' then
		update job_runs r set status = 'cancelled', ended_at = now()
		 where r.id = p_run returning * into v_run;
	elsif v_run.status = 'running' then
		update job_runs r set cancelling = true
		 where r.id = p_run returning * into v_run;
		perform pg_notify('bursar_jobs', 'cancel ' || p_run);
	end if;
	return next v_run;
end
$$;

-- The same for one that is to be tried again, now, whatever had failed.
create function job_retry(p_tenant uuid, p_run uuid, p_operator boolean)
    returns setof job_runs
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_run job_runs;
begin
	select * into v_run from job_runs r
	 where r.id = p_run and ((r.tenant is null and p_operator)
		or (r.tenant = p_tenant and r.tenant = job_tenant()))
	   for update;
	if not found then
		return;
	end if;
	if v_run.status in ('dead', 'cancelled', 'waiting') then
		update job_runs r
		   set status = 'waiting', failures = 0, run_at = now(),
		       ended_at = null, error = null, progress = 0,
		       doing = null
		 where r.id = p_run returning * into v_run;
		perform pg_notify('bursar_jobs', 'run');
	end if;
	return next v_run;
end
$$;

-- ---- schedules ----------------------------------------------------------

-- The program's own. One altered by hand stays as it is.
create function job_schedule_born(p_id uuid, p_name text, p_cron text,
    p_zone text, p_next timestamptz) returns void
language sql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	insert into job_schedules as s (id, name, kind, cron, zone, next_at)
	values (p_id, p_name, p_name, p_cron, p_zone, p_next)
	on conflict (tenant, name) do update
	   set cron = excluded.cron, zone = excluded.zone,
	       next_at = excluded.next_at, version = s.version + 1
	 where not s.altered
	   and (s.cron, s.zone) is distinct from
	       (excluded.cron, excluded.zone);
$$;

create function job_schedule_list(p_tenant uuid)
    returns setof job_schedules
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select s.* from job_schedules s
	 where s.tenant is null
	    or (s.tenant = p_tenant and s.tenant = job_tenant())
	 order by s.tenant nulls first, s.name;
end
$$;

create function job_schedule_lock(p_tenant uuid, p_id uuid)
    returns setof job_schedules
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select s.* from job_schedules s
	 where s.id = p_id and (s.tenant is null
		or (s.tenant = p_tenant and s.tenant = job_tenant()))
	   for no key update;
end
$$;

create function job_schedule_change(p_tenant uuid, p_id uuid,
    p_operator boolean, p_cron text, p_zone text, p_paused boolean,
    p_next timestamptz) returns setof job_schedules
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query update job_schedules s
	   set cron = p_cron, zone = p_zone, paused = p_paused,
	       next_at = p_next, version = s.version + 1,
	       altered = s.altered
		or (s.cron, s.zone) is distinct from (p_cron, p_zone)
	 where s.id = p_id and ((s.tenant is null and p_operator)
		or (s.tenant = p_tenant and s.tenant = job_tenant()))
	returning s.*;
	perform pg_notify('bursar_jobs', 'schedule');
end
$$;

-- Those whose time has come, held until the transaction ends.
create function job_schedule_due(p_limit bigint)
    returns setof job_schedules
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return query select s.* from job_schedules s
	 where not s.paused and s.next_at <= now()
	 order by s.next_at limit p_limit
	   for no key update skip locked;
end
$$;

-- One run for a period; a second one for the same is refused by its key.
create function job_schedule_fire(p_id uuid, p_run uuid,
    p_period timestamptz, p_next timestamptz, p_rule bigint,
    p_priority bigint, p_failures_max bigint)
    returns table (run_id uuid, added boolean)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_schedule job_schedules;
begin
	select * into v_schedule from job_schedules s
	 where s.id = p_id for no key update;
	update job_schedules s
	   set next_at = p_next, fired_at = greatest(s.fired_at, p_period)
	 where s.id = p_id;
	if v_schedule.id is null or v_schedule.fired_at >= p_period then
		return;
	end if;
	return query select * from job_put(v_schedule.tenant, p_run,
	    v_schedule.kind, v_schedule.args, p_rule, p_priority,
	    p_failures_max, null, null, p_id, p_period);
end
$$;

-- ---- the whole of it ------------------------------------------------------

create function job_worker_list() returns setof job_workers
language sql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	select * from job_workers
	 where seen_at > now() - interval '1 minute' order by started_at;
$$;

create function job_counts()
    returns table (kind text, status text, n bigint, oldest_s float8)
language sql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	select r.kind, r.status, count(*),
	       coalesce(extract(epoch from now() - min(case
		when r.status = 'waiting' then r.run_at
		else r.started_at end))::float8, 0)
	  from job_runs r where r.status in ('waiting', 'running')
	 group by 1, 2 order by 1, 2;
$$;

-- What nobody will ask for any more, some of it; answers how much.
create function job_tidy(p_days bigint, p_dead_days bigint)
    returns bigint
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_n bigint;
begin
	delete from job_workers where seen_at < now() - interval '1 day';
	delete from job_runs r using (
		select o.id from job_runs o
		 where o.ended_at < now() - make_interval(days =>
			(case when o.status = 'dead' then p_dead_days
			 else p_days end)::int)
		 order by o.ended_at limit 500 for update skip locked) old
	 where r.id = old.id;
	get diagnostics v_n = row_count;
	return v_n;
end
$$;

grant execute on function
    job_add(uuid, uuid, text, jsonb, bigint, bigint, bigint, timestamptz,
	uuid),
    job_claim(uuid, text[], bigint[], bigint, bigint),
    job_beat(uuid, text, bigint, bigint, uuid[], bigint[], float8[], text[],
	bigint),
    job_lines_put(uuid[], bigint[], bigint[], timestamptz[], text[], text[]),
    job_worker_leave(uuid),
    job_hold(uuid, uuid, bigint),
    job_keep(uuid, uuid, bigint, jsonb, bigint),
    job_end(uuid, uuid, bigint, text, float8, text, float8, text, jsonb),
    job_rescue(),
    job_list(uuid, text, text, uuid, bigint),
    job_show(uuid, uuid),
    job_log(uuid, uuid, boolean, bigint),
    job_cancel(uuid, uuid, boolean),
    job_retry(uuid, uuid, boolean),
    job_schedule_born(uuid, text, text, text, timestamptz),
    job_schedule_list(uuid),
    job_schedule_lock(uuid, uuid),
    job_schedule_change(uuid, uuid, boolean, text, text, boolean,
	timestamptz),
    job_schedule_due(bigint),
    job_schedule_fire(uuid, uuid, timestamptz, timestamptz, bigint, bigint,
	bigint),
    job_worker_list(),
    job_counts(),
    job_tidy(bigint, bigint)
    to bursar_app;
