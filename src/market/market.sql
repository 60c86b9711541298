-- global instrument_find: one that is kept, by its symbol
select id, symbol, name, kind, currency, exchange, sector, simulated
  from instruments where symbol = $1;

-- global instrument_put: a new one, or what its profile says by now
insert into instruments as i (id, symbol, name, kind, currency, exchange,
    country, sector, industry, logo, website, ipo, market_cap, shares,
    source, simulated, profile_at)
values ($1, $2, $3, coalesce($4, 'stock'), coalesce($5, 'USD'), $6, $7, $8,
    $9, $10, $11, $12, $13, $14, $15, $16, now())
on conflict (symbol) do update
   set name = excluded.name, kind = coalesce($4, i.kind),
       currency = coalesce($5, i.currency),
       exchange = coalesce(excluded.exchange, i.exchange),
       country = coalesce(excluded.country, i.country),
       sector = coalesce(excluded.sector, i.sector),
       industry = coalesce(excluded.industry, i.industry),
       logo = coalesce(excluded.logo, i.logo),
       website = coalesce(excluded.website, i.website),
       ipo = coalesce(excluded.ipo, i.ipo),
       market_cap = coalesce(excluded.market_cap, i.market_cap),
       shares = coalesce(excluded.shares, i.shares), profile_at = now()
 where i.simulated = excluded.simulated
returning id, symbol, name, kind, currency, exchange, sector, simulated;

-- global instrument_add: one that a file of prices is about, unless kept
insert into instruments (id, symbol, name, kind, currency, source)
values ($1, $2, $2, $3, $4, 'import')
on conflict (symbol) do nothing;

-- global asset_page: by symbol, from a cursor on
select symbol, name, kind, exchange, currency, sector
  from instruments
 where ($1::text is null or symbol > $1)
   and ($2::text is null or starts_with(symbol, upper($2))
	or strpos(lower(name), lower($2)) > 0)
 order by symbol
 limit $3;

-- global asset_one: an asset and its profile
select symbol, name, kind, exchange, currency, sector, country, ipo,
       market_cap, shares, industry, logo, website, source, simulated,
       profile_at
  from instruments where symbol = $1;

-- global history_state: what is kept of the simulated market
select i.id, i.symbol, i.simulated,
       coalesce(i.profile_at > now() - interval '24 hours', false) as known,
       (select max(p.day) from prices_daily p where p.instrument_id = i.id)
       as newest
  from instruments i
 where i.symbol = any ($1::text[]);

-- global bars_put: days that are not kept yet, or are told otherwise now;
-- a bar that is only a close does not replace a whole one
with put as (
	insert into prices_daily as p (instrument_id, day, open, high, low,
	    close, adjusted_close, volume, source)
	select u.*, $9::text from unnest($1::uuid[], $2::date[], $3::numeric[],
	    $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
	    $8::numeric[]) as u
	on conflict (instrument_id, day) do update
	   set open = excluded.open, high = excluded.high,
	       low = excluded.low, close = excluded.close,
	       adjusted_close = excluded.adjusted_close,
	       volume = excluded.volume, source = excluded.source,
	       stored_at = now()
	 where ((p.open, p.high, p.low, p.close, p.volume) is distinct from
		(excluded.open, excluded.high, excluded.low, excluded.close,
		excluded.volume)
	    or p.adjusted_close <> excluded.adjusted_close
	    or (p.adjusted_close is null
		and excluded.adjusted_close is not null))
	   and (excluded.source <> 'import, adjusted'
	    or p.source = excluded.source)
	returning p.xmax = 0 as added
)
select count(*) filter (where added) as added,
       count(*) filter (where not added) as corrected
  from put;

-- global dividends_put: what was paid for a share
insert into dividends as d (instrument_id, ex_day, amount)
select * from unnest($1::uuid[], $2::date[], $3::numeric[])
on conflict (instrument_id, ex_day) do update set amount = excluded.amount
 where d.amount <> excluded.amount;

-- global splits_put: new shares for old ones
insert into splits as s (instrument_id, ex_day, numerator, denominator)
select * from unnest($1::uuid[], $2::date[], $3::bigint[], $4::bigint[])
on conflict (instrument_id, ex_day) do update
   set numerator = excluded.numerator, denominator = excluded.denominator
 where (s.numerator, s.denominator) <>
       (excluded.numerator, excluded.denominator);

-- global closing_list: raw closes of an instrument
select day, close, coalesce(adjusted_close, close) as adjusted
  from prices_daily where instrument_id = $1 order by day;

-- global dividend_list: of an instrument
select ex_day, amount from dividends where instrument_id = $1
 order by ex_day;

-- global split_list: of an instrument
select ex_day, numerator, denominator from splits where instrument_id = $1
 order by ex_day;

-- global closing_adjust: adjusted closes that are others now
update prices_daily p set adjusted_close = u.adjusted
  from unnest($2::date[], $3::numeric[]) as u (day, adjusted)
 where p.instrument_id = $1 and p.day = u.day
   and p.adjusted_close is distinct from u.adjusted;

-- global price_range: the newest days of a range, ascending
select * from (
	select day as date, open, high, low, close,
	       round(coalesce(adjusted_close, close), 6) as adjusted_close,
	       volume, source
	  from prices_daily
	 where instrument_id = $1 and day between $2 and $3
	 order by day desc
	 limit $4) as newest
 order by date;

-- global study_range: adjusted closes, with so many before the first day
select day, adjusted from (
	(select day, coalesce(adjusted_close, close) as adjusted
	  from prices_daily
	 where instrument_id = $1 and day < $2
	 order by day desc
	 limit $4)
	union all
	(select day, coalesce(adjusted_close, close)
	  from prices_daily
	 where instrument_id = $1 and day between $2 and $3
	 order by day
	 limit $5)) as warm
 order by day;

-- global quote_put: what instruments cost now; made-up prices only for
-- those of the simulated market; answers whose quotes were kept
with put as (
	insert into quotes (instrument_id, price, previous_close, open, high,
	    low, as_of, source, stale)
	select i.id, u.price, u.previous_close, u.open, u.high, u.low,
	       u.as_of, $8::text, false
	  from unnest($1::text[], $2::numeric[], $3::numeric[],
	       $4::numeric[], $5::numeric[], $6::numeric[],
	       $7::timestamptz[])
	    as u (symbol, price, previous_close, open, high, low, as_of)
	  join instruments i on i.symbol = u.symbol
	   and (i.simulated or $8::text <> 'simulated')
	 order by i.id
	on conflict (instrument_id) do update
	   set price = excluded.price,
	       previous_close = excluded.previous_close,
	       open = excluded.open, high = excluded.high,
	       low = excluded.low, as_of = excluded.as_of,
	       source = excluded.source, stale = false, checked_at = now()
	returning instrument_id
)
select i.symbol from put join instruments i on i.id = put.instrument_id;

-- global quote_fail: the provider failed; what is kept is not fresh
update quotes q set stale = true, checked_at = now()
  from instruments i
 where i.symbol = $1 and q.instrument_id = i.id;

-- global quote_list: what is kept of some symbols, or of all
select i.symbol, q.price, q.previous_close, q.open, q.high, q.low,
       i.currency, q.as_of, q.source, q.stale, i.simulated,
       (extract(epoch from now() - q.checked_at) * 1000)::bigint as kept_ms
  from quotes q join instruments i on i.id = q.instrument_id
 where $1::text[] is null or i.symbol = any ($1)
 order by i.symbol
 limit $2;

-- global quote_due: instruments that somebody holds, or a benchmark, whose
-- provider was asked longest ago
select i.symbol
  from instruments i left join quotes q on q.instrument_id = i.id
 where (i.symbol = $1 or i.id in (select instrument_id from instruments_held()))
   and (q.checked_at is null or q.source = 'simulated'
	or q.checked_at < now() - make_interval(secs => $2))
 order by q.checked_at nulls first
 limit $3;

-- global session_bars: the day's bar from the last quote, once the session
-- in New York is over; a short one when nothing has moved for six hours
insert into prices_daily (instrument_id, day, open, high, low, close, source)
select q.instrument_id, (q.as_of at time zone 'America/New_York')::date,
       coalesce(q.open, q.price), greatest(q.high, q.open, q.price),
       least(q.low, q.open, q.price), q.price, q.source
  from quotes q join instruments i on i.id = q.instrument_id
 where not i.simulated and not q.stale and i.kind <> 'crypto'
   and q.source <> 'import' and q.as_of > now() - interval '5 days'
   and coalesce(q.open, q.price) > 0
   and coalesce(least(q.low, q.open, q.price), 0) > 0
   and case when (q.as_of at time zone 'America/New_York')::time >= '15:59'
	    then now() - q.as_of > interval '15 minutes'
	    else now() - q.as_of > interval '6 hours' end
on conflict (instrument_id, day) do nothing;

-- global quote_close: an imported instrument's quote from its last two
-- closes, unless a younger one is kept
insert into quotes as q (instrument_id, price, previous_close, open, high,
    low, as_of, source, stale)
select $1, last.close, (select p.close from prices_daily p
	where p.instrument_id = $1 and p.day < last.day
	order by p.day desc limit 1),
       last.open, last.high, last.low,
       (last.day + time '20:00') at time zone 'UTC', last.source, true
  from (select * from prices_daily where instrument_id = $1
	order by day desc limit 1) as last
on conflict (instrument_id) do update
   set price = excluded.price, previous_close = excluded.previous_close,
       open = excluded.open, high = excluded.high, low = excluded.low,
       as_of = excluded.as_of, source = excluded.source,
       stale = excluded.stale
 where q.as_of <= excluded.as_of;

-- global bars_purge: made-up bars of what becomes real
delete from prices_daily where instrument_id = $1;

-- global dividends_purge: made-up dividends of what becomes real
delete from dividends where instrument_id = $1;

-- global splits_purge: made-up splits of what becomes real
delete from splits where instrument_id = $1;

-- global quote_purge: the made-up quote of what becomes real
delete from quotes where instrument_id = $1;

-- global instrument_real: no longer of the simulated market
update instruments
   set simulated = false, source = 'import', market_cap = null,
       shares = null, kind = $2, currency = $3
 where id = $1;
