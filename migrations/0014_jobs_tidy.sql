-- A schedule of every minute leaves many runs that are all alike: of those
-- that are done, each schedule keeps its newest 200, however new the others.

create or replace function job_tidy(p_days bigint, p_dead_days bigint)
    returns bigint
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	v_n bigint;
	v_more bigint;
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
	delete from job_runs r using (
		select x.id from (
			select o.id, row_number() over (
			    partition by o.schedule_id order by o.period desc)
			    as place
			  from job_runs o
			 where o.schedule_id is not null
			   and o.status = 'done') x
		 where x.place > 200 limit 2000) old
	 where r.id = old.id;
	get diagnostics v_more = row_count;
	return v_n + v_more;
end
$$;

-- Runs of one kind, newest first.
create index job_runs_kind_idx on job_runs (kind, id desc);
-- Those that nobody tries again by themselves.
create index job_runs_ended_badly_idx on job_runs (status, id desc)
    where status in ('dead', 'cancelled');

-- Each half has an index of its own.
create or replace function job_counts()
    returns table (kind text, status text, n bigint, oldest_s float8)
language sql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
	select r.kind, 'waiting', count(*), greatest(0,
	       extract(epoch from now() - min(r.run_at)))::float8
	  from job_runs r where r.status = 'waiting' group by 1
	union all
	select r.kind, 'running', count(*),
	       extract(epoch from now() - min(r.started_at))::float8
	  from job_runs r where r.status = 'running' group by 1
	 order by 1, 2;
$$;
