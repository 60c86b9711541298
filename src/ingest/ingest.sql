-- global ingest_count: how much there is to go over
select count(*) as n from tracks t join instruments i on i.id = t.instrument_id
 where t.need = $1 and t.enabled and not i.simulated
   and (not $2::boolean or (t.wanted_at is not null and (t.failures = 0
	or t.done_at is null or t.done_at < t.wanted_at or t.done_at < now()
	   - make_interval(mins => least(2 ^ least(t.failures, 11), 1440)::int))));

-- global ingest_kept: the newest closes that are kept, ascending
select day, close from (
	select day, close from prices_daily
	 where instrument_id = $1 and day <= $2
	 order by day desc limit 10) newest
 order by day;

-- global ingest_splits: those that are known
select ex_day, numerator, denominator from splits
 where instrument_id = $1 order by ex_day;

-- global ingest_names: what an instrument is called elsewhere
select kind, value from identifiers where instrument_id = $1;

-- global ingest_rates_newest: the last day of the euro's real rates
select max(day) as day from fx_rates
 where base = 'EUR' and source <> 'simulated';

-- global ingest_rates_kept: the newest rate of each pair
select distinct on (base, quote) base, quote, day, rate
  from fx_rates where base = 'EUR'
 order by base, quote, day desc;

-- global ingest_closes: all closes that are kept
select day, close from prices_daily where instrument_id = $1 order by day;

-- global ingest_settle: who told something doubtful of these days has told
-- their daily bars again, and they are right, but for what is still doubted
update quality_findings x set settled_at = now()
 where instrument_id = $1 and source = $6 and day between $2 and $3
   and settled_at is null and rule <> 'grid'
   and not exists (
	select from unnest($4::text[], $5::date[]) as d (rule, day)
	 where d.rule = x.rule and d.day = x.day);

-- global ingest_moment_last: the newest bar within the day, its close
select at, close from bars_intraday
 where instrument_id = $1 and minutes = $2::bigint
   and at >= $3
 order by at desc limit 1;

-- global ingest_close_last: the newest close that is kept
select close from prices_daily where instrument_id = $1
 order by day desc limit 1;

-- global ingest_entitled: who was refused within the last day, and who not
select count(*) filter (where last_error = 'not entitled') as refused,
       count(*) filter (where failures = 0) as well
  from tracks
 where need = $1 and enabled and done_at > now() - interval '1 day';

-- global ingest_moments_drop: some bars within the day that are too old
with old as (
	select tableoid, ctid from bars_intraday where at < $1 limit $2
)
delete from bars_intraday b using old
 where b.tableoid = old.tableoid and b.ctid = old.ctid;
