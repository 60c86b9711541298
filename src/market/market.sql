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
select symbol, name, kind, exchange, currency, sector, country, simulated,
       exists (select from tracks t
	where t.instrument_id = instruments.id and t.enabled) as tracked
  from instruments
 where ($1::text is null or symbol > $1)
   and ($2::text is null or kind = lower($2))
   and ($3::text is null or exchange = $3)
   and ($4::text is null or currency = $4)
   and ($5::text is null or sector = $5)
   and ($6::text is null or country = $6)
   and (not $7::boolean or exists (select from tracks t
	where t.instrument_id = instruments.id and t.enabled))
 order by symbol
 limit $8;

-- global asset_search: best first: assets of which a word begins with one of
-- the leading terms, and whose words are like all the others. Of many the
-- first in order of words are judged, and of the well known the best. What is
-- asked stands in a row: so no value makes another plan, and one is kept.
with told as (
	select $1::text[] as terms, $2::text[] || array_remove(array[
	       search_like('k', lower($4)), search_like('e', $5),
	       search_like('c', $6), search_like('s', $7),
	       search_like('l', $8)], null) as likes, $3::text[] as matches,
	       $9::boolean as tracked, $10::bigint as skip, $11::bigint as most
), asked as materialized (
	select *, likes || matches = '{}' and not tracked as free,
	       case when skip > 0 then 1000
	       when likes || matches = '{}' then most + 100 else most + 20 end
	       as many, case when skip > 0 then 400 else most + 20 end as few
	  from told
), led as (
	select f.instrument_id, min(f.words) as words, max(f.rank + case when f.word <> t.term
	       then 0 when f.part < 2 then 100 else 3 end) as rank
	  from asked a, unnest(a.terms) as t (term), lateral (
		(select word, instrument_id, part, rank, words from search_words w
		  where word >= t.term and word < t.term || U&'\FFFF'
		    and (a.free or words ~~ all (a.likes)
			and words ~ all (a.matches)
			and (not a.tracked or exists (select from tracks k where
			    k.instrument_id = w.instrument_id and k.enabled)))
		  order by word, rank desc, words
		  limit a.many)
		union all
		(select word, instrument_id, part, rank, words from search_words w
		  where left(word, 1) = t.term and weight >= 9
		    and (a.free or words ~~ all (a.likes)
			and words ~ all (a.matches)
			and (not a.tracked or exists (select from tracks k where
			    k.instrument_id = w.instrument_id and k.enabled)))
		  order by rank desc, words
		  limit a.few)
		union all
		(select word, instrument_id, part, rank, words from search_words w
		  where left(word, 2) = t.term and weight >= 9
		    and (a.free or words ~~ all (a.likes)
			and words ~ all (a.matches)
			and (not a.tracked or exists (select from tracks k where
			    k.instrument_id = w.instrument_id and k.enabled)))
		  order by rank desc, words
		  limit a.few)
		union all
		(select word, instrument_id, part, rank, words from search_words w
		  where left(word, 3) = t.term and weight >= 9
		    and (a.free or words ~~ all (a.likes)
			and words ~ all (a.matches)
			and (not a.tracked or exists (select from tracks k where
			    k.instrument_id = w.instrument_id and k.enabled)))
		  order by rank desc, words
		  limit a.few)
		union all
		(select word, instrument_id, part, rank, words from search_words w
		  where word >= t.term and word < t.term || U&'\FFFF'
		    and length(t.term) >= 4 and weight >= 9
		    and (a.free or words ~~ all (a.likes)
			and words ~ all (a.matches)
			and (not a.tracked or exists (select from tracks k where
			    k.instrument_id = w.instrument_id and k.enabled)))
		  order by word, rank desc, words
		  limit a.few)) f
	 group by f.instrument_id
), best as (
	select * from led order by rank desc, words, instrument_id
	offset (select skip from asked) limit (select most from asked)
)
select i.symbol, i.name, i.kind, i.exchange, i.currency, i.sector, i.country,
       i.simulated, exists (select from tracks t
	where t.instrument_id = i.id and t.enabled) as tracked
  from best b join instruments i on i.id = b.instrument_id
 order by b.rank desc, b.words, b.instrument_id;

-- global asset_terms: what a text is searched by
select u.term
  from unnest(search_split($1)) with ordinality as u (term, place)
 order by u.place
 limit 5;

-- global asset_spellings: what terms may have been meant as: words with the
-- same beginning but for a letter; short terms are taken as they are
with asked as materialized (
	select $1::text[] as terms
)
select t.place, w.word
  from asked a, unnest(a.terms) with ordinality as t (term, place),
       lateral (
	select t.term as word where length(t.term) < 4
	union
	select v.word from search_remains(t.term) as r (remains)
	  join search_variants v on v.variant = r.remains
	 where length(t.term) >= 4) w
 limit 2000;

-- private_search: the tenant's own instruments whose symbol or name has it
select symbol, name, kind, null::text as exchange, currency,
       null::text as sector, null::text as country, false as simulated,
       false as tracked
  from private_instruments
 where tenant_id = $1 and archived_at is null
   and ($2::text is null or starts_with(symbol, upper($2))
	or starts_with(symbol, '.' || upper($2))
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
-- a bar that is only a close does not replace a whole one. What a bar said
-- before is kept beside; a change of a series' past counts it up.
with given as materialized (
	select * from unnest($1::uuid[], $2::date[], $3::numeric[],
	    $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
	    $8::numeric[])
	    as u (instrument_id, day, open, high, low, close, adjusted_close,
	    volume)
), newest as materialized (
	select g.instrument_id, (select max(p.day) from prices_daily p
		where p.instrument_id = g.instrument_id) as day
	  from (select distinct instrument_id from given) g
), before as materialized (
	select p.* from given g, lateral (
		select * from prices_daily p
		 where p.instrument_id = g.instrument_id and p.day = g.day
		offset 0) p
), put as (
	insert into prices_daily as p (instrument_id, day, open, high, low,
	    close, adjusted_close, volume, source)
	select g.*, $9::text from given g
	on conflict (instrument_id, day) do update
	   set open = excluded.open, high = excluded.high,
	       low = excluded.low, close = excluded.close,
	       adjusted_close = excluded.adjusted_close,
	       volume = excluded.volume, source = excluded.source,
	       stored_at = now()
	 where ((p.open, p.high, p.low, p.close, p.volume) is distinct from
		(excluded.open, excluded.high, excluded.low, excluded.close,
		excluded.volume)
	    or coalesce(p.adjusted_close, p.close) <>
	       excluded.adjusted_close)
	   and (excluded.source <> 'import, adjusted'
	    or p.source = excluded.source)
	returning p.instrument_id, p.day
), noted as (
	insert into bar_corrections (instrument_id, day, open, high, low,
	    close, volume, source)
	select b.instrument_id, b.day, b.open, b.high, b.low, b.close,
	       b.volume, b.source
	  from before b join put using (instrument_id, day)
	  join given g using (instrument_id, day)
	 where (b.open, b.high, b.low, b.close, b.volume) is distinct from
	       (g.open, g.high, g.low, g.close, g.volume)
	on conflict do nothing
), moved as (
	update instruments i set series = series + 1 from newest n
	 where i.id = n.instrument_id and exists (select from put
		where put.instrument_id = n.instrument_id
		  and put.day <= n.day)
)
select count(*) filter (where put.day is not null and b.day is null) as added,
       count(*) filter (where put.day is not null and b.day is not null)
       as corrected,
       count(*) filter (where put.day is null) as unchanged
  from given g left join put using (instrument_id, day)
  left join before b using (instrument_id, day);

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
with put as (
	update prices_daily p set adjusted_close = u.adjusted
	  from unnest($2::date[], $3::numeric[]) as u (day, adjusted)
	 where p.instrument_id = $1 and p.day = u.day
	   and p.adjusted_close is distinct from u.adjusted
	returning p.day
)
update instruments set series = series + 1
 where id = $1 and exists (select from put);

-- global series_tag: the state of a series
select i.series, (select max(p.day) from prices_daily p
	where p.instrument_id = i.id) as newest
  from instruments i where i.id = $1;

-- global price_chunk: the newest days of a range
select day as date, open, high, low, close,
       coalesce(adjusted_close, close) as adjusted_close, volume, source
  from prices_daily
 where instrument_id = $1 and day between $2 and $3
 order by day desc
 limit $4;

-- global intraday_minutes: the longest bars kept that make up such ones
select max(m) as minutes
  from unnest(array[1, 5, 15, 30, 60]::bigint[]) as m
 where $2 % m = 0 and exists (select from bars_intraday b
	where b.instrument_id = $1 and b.minutes = m and b.at >= $3
	  and b.at < $4);

-- global intraday_chunk: the newest bars within days of a range
select at, open, high, low, close, volume, source
  from bars_intraday
 where instrument_id = $1 and minutes = $2::bigint and at >= $3 and at < $4
 order by at desc
 limit $5;

-- private_find: an instrument of the tenant's own
select id, symbol, name, kind, currency, null::text as exchange,
       null::text as sector, false as simulated
  from private_instruments
 where tenant_id = $1 and symbol = $2 and archived_at is null;

-- private_price_range: prices by hand, the newest so many
select * from (
	select day as date, price from private_prices
	 where tenant_id = $1 and instrument_id = $2
	   and day between $3 and $4
	 order by day desc limit $5) as newest
 order by date;

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

-- global quote_list: what is kept of some symbols
select i.symbol, q.price, q.previous_close, q.open, q.high, q.low,
       i.currency, q.as_of, q.source, q.stale, i.simulated,
       (extract(epoch from now() - q.checked_at) * 1000)::bigint as kept_ms
  from instruments i join quotes q on q.instrument_id = i.id
 where i.symbol = any ($1::text[])
 order by i.symbol;

-- global quote_all: what is kept of all
select i.symbol, q.price, q.previous_close, q.open, q.high, q.low,
       i.currency, q.as_of, q.source, q.stale, i.simulated,
       (extract(epoch from now() - q.checked_at) * 1000)::bigint as kept_ms
  from quotes q join instruments i on i.id = q.instrument_id
 order by i.symbol
 limit $1;

-- global quote_due: instruments that somebody holds, or a benchmark, whose
-- provider was asked longest ago
select i.symbol
  from instruments i left join quotes q on q.instrument_id = i.id
 where (i.symbol = $1 or i.symbol = any ($4::text[])
	or i.id in (select instrument_id from instruments_held()))
   and (q.checked_at is null or q.source = 'simulated'
	or q.checked_at < now() - make_interval(secs => $2))
 order by q.checked_at nulls first
 limit $3;

-- global event_page: dividends and splits of all, by ex-day
select i.id as instrument_id, i.symbol, i.name, i.currency, v.kind, v.ex_day,
       v.amount, v.numerator, v.denominator, i.simulated
  from (select instrument_id, ex_day, 'dividend' as kind, amount,
	       null::bigint as numerator, null::bigint as denominator
	  from dividends
	 where ex_day between $1 and $2
	   and ($3::text is null or $3 = 'dividend')
	union all
	select instrument_id, ex_day, 'split', null, numerator, denominator
	  from splits
	 where ex_day between $1 and $2
	   and ($3::text is null or $3 = 'split')) as v
  join instruments i on i.id = v.instrument_id
 where ($4::text is null or i.symbol = $4)
   and ($5::date is null
	or (v.ex_day, v.kind, i.symbol) > ($5, $6::text, $7::text))
 order by v.ex_day, v.kind, i.symbol
 limit $8;

-- global event_splits: of some instruments, those that have been
select instrument_id, ex_day, numerator, denominator from splits
 where instrument_id = any ($1::uuid[]) and ex_day <= $2
 order by instrument_id, ex_day;

-- global exchange_names: what listings of anything held are called
select distinct coalesce(i.mic, i.exchange) as name
  from instruments_held() h join instruments i on i.id = h.instrument_id
 where coalesce(i.mic, i.exchange) <> '' and i.kind <> 'crypto'
   and length(coalesce(i.mic, i.exchange)) <= 200;

-- global exchange_day_put: its last two sessions
insert into exchange_days as x (name, zone, newest, kept)
values ($1, $2, $3, $4)
on conflict (name) do update
   set zone = excluded.zone, newest = excluded.newest, kept = excluded.kept
 where (x.zone, x.newest, x.kept) is distinct from
       (excluded.zone, excluded.newest, excluded.kept);

-- global session_bars: the day's bar from the last quote, once the session
-- in New York is over; a short one when nothing has moved for six hours
with put as (
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
on conflict (instrument_id, day) do nothing
returning instrument_id
)
select distinct instrument_id as id from put;

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

-- global facts_purge: the made-up reports of what becomes real
delete from fundamentals where instrument_id = $1 and source = 'simulated';

-- global instrument_real: no longer of the simulated market
update instruments
   set simulated = false, source = 'import', market_cap = null,
       shares = null, kind = $2, currency = $3, series = series + 1
 where id = $1;

-- global series_edge: what is known of a series' newest day
select (select max(p.day) from prices_daily p where p.instrument_id = $1)
       as newest,
       greatest((select max(ex_day) from dividends where instrument_id = $1),
	   (select max(ex_day) from splits where instrument_id = $1))
       as event;

-- global intraday_month: where bars of a month go
select bars_intraday_month($1)::text as made;

-- global intraday_put: bars within the day, as bars_put
with given as materialized (
	select * from unnest($3::timestamptz[], $4::numeric[], $5::numeric[],
	    $6::numeric[], $7::numeric[], $8::numeric[])
	    as u (at, open, high, low, close, volume)
), before as materialized (
	select p.at from given g, lateral (
		select * from bars_intraday p
		 where p.instrument_id = $1 and p.minutes = $2::bigint
		   and p.at = g.at
		offset 0) p
), put as (
	insert into bars_intraday as p (instrument_id, minutes, at, open,
	    high, low, close, volume, source)
	select $1, $2::bigint, g.*, $9::text from given g
	on conflict (instrument_id, minutes, at) do update
	   set open = excluded.open, high = excluded.high,
	       low = excluded.low, close = excluded.close,
	       volume = excluded.volume, source = excluded.source
	 where (p.open, p.high, p.low, p.close, p.volume) is distinct from
	       (excluded.open, excluded.high, excluded.low, excluded.close,
	       excluded.volume)
	returning p.at
)
select count(*) filter (where put.at is not null and b.at is null) as added,
       count(*) filter (where put.at is not null and b.at is not null)
       as corrected,
       count(*) filter (where put.at is null) as unchanged
  from given g left join put using (at) left join before b using (at);

-- global identity_put: names of an instrument elsewhere
with given as materialized (
	select distinct * from unnest($2::text[], $3::text[])
	    as u (kind, value)
), put as (
	insert into identifiers (instrument_id, kind, value, source)
	select $1, g.kind, g.value, $4 from given g
	on conflict do nothing
	returning kind
)
select (select count(*) from put) as added, 0::bigint as corrected,
       (select count(*) from given) - (select count(*) from put)
       as unchanged;

-- global facts_put: what was reported; the latest filed stays
with given as materialized (
	select distinct on (metric, period_end, period_start, unit) *
	  from unnest($2::text[], $3::text[], $4::date[], $5::date[],
	       $6::numeric[], $7::bigint[], $8::text[], $9::text[],
	       $10::date[], $11::text[])
	       as u (metric, unit, period_start, period_end, value,
	       fiscal_year, fiscal_period, form, filed, accession)
	 order by metric, period_end, period_start, unit, filed desc
), before as materialized (
	select k.metric, k.period_end, k.period_start, k.unit
	  from given g join fundamentals k on k.instrument_id = $1
	   and (k.metric, k.period_end, k.period_start, k.unit) =
	       (g.metric, g.period_end, g.period_start, g.unit)
), put as (
	insert into fundamentals as k (instrument_id, metric, unit,
	    period_start, period_end, value, fiscal_year, fiscal_period,
	    form, filed, accession, source)
	select $1, g.*, $12::text from given g
	on conflict (instrument_id, metric, period_end, period_start, unit)
	do update
	   set value = excluded.value, fiscal_year = excluded.fiscal_year,
	       fiscal_period = excluded.fiscal_period, form = excluded.form,
	       filed = excluded.filed, accession = excluded.accession,
	       source = excluded.source, stored_at = now()
	 where excluded.filed >= k.filed
	   and (k.value, k.filed) is distinct from
	       (excluded.value, excluded.filed)
	returning k.metric, k.period_end, k.period_start, k.unit
)
select count(*) filter (where p.metric is not null and b.metric is null)
       as added,
       count(*) filter (where p.metric is not null and b.metric is not null)
       as corrected,
       count(*) filter (where p.metric is null) as unchanged
  from given g
  left join put p using (metric, period_end, period_start, unit)
  left join before b using (metric, period_end, period_start, unit);

-- global fx_put: rates of exchange; those made up do not replace real ones
with given as materialized (
	select * from unnest($1::text[], $2::text[], $3::date[],
	    $4::numeric[]) as u (base, quote, day, rate)
), before as materialized (
	select r.base, r.quote, r.day from given g
	  join fx_rates r on (r.base, r.quote, r.day) =
	       (g.base, g.quote, g.day)
), put as (
	insert into fx_rates as r (base, quote, day, rate, source)
	select g.*, $5::text from given g
	on conflict (base, quote, day) do update
	   set rate = excluded.rate, source = excluded.source,
	       stored_at = now()
	 where (r.rate <> excluded.rate or r.source = 'simulated') and
	       (r.source = 'simulated' or excluded.source <> 'simulated')
	returning r.base, r.quote, r.day
)
select count(*) filter (where p.day is not null and b.day is null) as added,
       count(*) filter (where p.day is not null and b.day is not null)
       as corrected,
       count(*) filter (where p.day is null) as unchanged
  from given g left join put p using (base, quote, day)
  left join before b using (base, quote, day);

-- global fx_state: how far the euro's rates go, and whether any are real
select coalesce(bool_or(source <> 'simulated'), false) as real,
       max(day) as newest
  from fx_rates where base = 'EUR';

-- global fx_range: days' rates of a pair: its own, the other way round, or
-- through the euro where both were told
select distinct on (day) day, numerator, denominator from (
	select 1 as rank, day, rate as numerator, 1::numeric as denominator
	  from fx_rates
	 where base = $1 and quote = $2 and day between $3 and $4
	union all
	select 2, day, 1, rate
	  from fx_rates
	 where base = $2 and quote = $1 and day between $3 and $4
	union all
	select 3, a.day, b.rate, a.rate
	  from fx_rates a join fx_rates b on b.base = 'EUR'
	   and b.quote = $2 and b.day = a.day
	   and b.day between $3 and $4
	 where a.base = 'EUR' and a.quote = $1
	   and a.day between $3 and $4) as told
 order by day, rank;

-- global tracked_page: what is kept up to date, from an instrument on; what
-- is wanted and failed is tried again after two minutes, four, .. a day
select t.instrument_id, i.symbol, i.kind, i.currency, i.exchange, i.mic,
       t.need, t.from_day, t.watermark, t.wanted_at, t.wanted_from,
       t.done_at, t.failures, t.last_error
  from tracks t join instruments i on i.id = t.instrument_id
 where t.need = $1 and t.enabled and not i.simulated
   and ($2::uuid is null or t.instrument_id > $2)
   and (not $3::boolean or (t.wanted_at is not null and (t.failures = 0
	or t.done_at is null or t.done_at < t.wanted_at or t.done_at < now()
	   - make_interval(mins => least(2 ^ least(t.failures, 11), 1440)::int))))
 order by t.instrument_id
 limit $4;

-- global track_put: begin, or begin earlier
insert into tracks as t (instrument_id, need, from_day, wanted_at,
    wanted_from)
values ($1, $2, $3, case when $4::boolean then now() end,
    case when $4::boolean then $3::date end)
on conflict (instrument_id, need) do update
   set enabled = true,
       from_day = coalesce(least(t.from_day, excluded.from_day),
	   excluded.from_day),
       wanted_at = coalesce(excluded.wanted_at, t.wanted_at),
       wanted_from = case when excluded.wanted_at is null
	   then t.wanted_from
	   else least(excluded.wanted_from, t.wanted_from) end;

-- global track_stop: no longer; STR_NONE: any need
update tracks set enabled = false, wanted_at = null, wanted_from = null
 where instrument_id = $1 and ($2::text is null or need = $2);

-- global track_held: what anybody holds, with its bars within the day or not
insert into tracks (instrument_id, need)
select i.id, n.need
  from instruments_held() h join instruments i on i.id = h.instrument_id
  cross join (values ('daily'), ('events'), ('profile'), ('intraday'))
       as n (need)
 where not i.simulated and ($1::boolean or n.need <> 'intraday')
on conflict do nothing;

-- global track_done: how far it is
update tracks
   set watermark = greatest(watermark, $3::date), done_at = now(),
       wanted_at = case when $4::text is null then null else wanted_at end,
       wanted_from = case when $4::text is null then null
	   else wanted_from end,
       failures = case when $4::text is null then 0 else failures + 1 end,
       last_error = left($4::text, 500)
 where instrument_id = $1 and need = $2;

-- global finding_put: something does not look right
insert into quality_findings (id, instrument_id, day, rule, severity, detail,
    source)
values ($1, $2, $3, $4, $5, left($6, 1000), $7)
on conflict (instrument_id, rule, day, source) where settled_at is null
do nothing;

-- global tape_symbols: whose trades to hear: the watched that there are, in
-- the order they were told, then what somebody holds
select i.symbol
  from instruments i
  left join unnest($1::text[]) with ordinality as w (symbol, place)
    on w.symbol = i.symbol
 where (not i.simulated or $4)
   and (w.symbol is not null or i.symbol = $2
	or i.id in (select instrument_id from instruments_held()))
 order by w.place nulls last, i.symbol
 limit $3;

-- global trades_put: the last trade of some symbols; the first of a session
-- in New York begins its range, and the price before it was the close
insert into quotes as q (instrument_id, price, open, high, low, as_of,
    source, stale)
select i.id, u.price, u.price, u.price, u.price, u.as_of, $4::text, false
  from unnest($1::text[], $2::numeric[], $3::timestamptz[])
    as u (symbol, price, as_of)
  join instruments i on i.symbol = u.symbol
 order by i.id
on conflict (instrument_id) do update
   set price = excluded.price,
       previous_close = case
	    when q.source = 'simulated' then null
	    when (q.as_of at time zone 'America/New_York')::date
		= (excluded.as_of at time zone 'America/New_York')::date
	    then q.previous_close else q.price end,
       open = case
	    when q.source <> 'simulated'
	     and (q.as_of at time zone 'America/New_York')::date
		= (excluded.as_of at time zone 'America/New_York')::date
	    then coalesce(q.open, excluded.price) else excluded.price end,
       high = case
	    when q.source <> 'simulated'
	     and (q.as_of at time zone 'America/New_York')::date
		= (excluded.as_of at time zone 'America/New_York')::date
	    then greatest(q.high, excluded.price) else excluded.price end,
       low = case
	    when q.source <> 'simulated'
	     and (q.as_of at time zone 'America/New_York')::date
		= (excluded.as_of at time zone 'America/New_York')::date
	    then least(q.low, excluded.price) else excluded.price end,
       as_of = excluded.as_of, source = excluded.source, stale = false,
       checked_at = now()
 where q.as_of <= excluded.as_of or q.source = 'simulated'
returning (select i.symbol from instruments i where i.id = q.instrument_id)
    as symbol, q.price, q.previous_close, q.as_of;

-- global lease_take: take or renew what one process may hold
insert into leases as l (name, holder, until)
values ($1, $2, now() + make_interval(secs => $3))
on conflict (name) do update
   set holder = excluded.holder, until = excluded.until
 where l.holder = excluded.holder or l.until < now();

-- global fx_day: what one euro was on a day, or on one of the ten before
select quote as currency, rate, day as date, source from (
	select distinct on (quote) quote, rate, day, source from fx_rates
	 where base = 'EUR' and day between $1::date - 10 and $1::date
	 order by quote, day desc) as told
union all
select 'EUR', 1, $1::date, 'euro'
 order by currency;

-- global fact_list: what a company reported, newest first
select metric, unit, period_start, period_end, value, fiscal_year,
       fiscal_period, form, filed, source
  from fundamentals
 where instrument_id = $1
   and ($2::text is null
	or lower(metric) = any (string_to_array(lower($2), ','))
	or lower(split_part(metric, ':', 2))
	    = any (string_to_array(lower($2), ',')))
   and case $3::text when 'annual' then period_end - period_start
		between 350 and 380
	    when 'quarter' then period_end - period_start between 80 and 100
	    when 'instant' then period_end = period_start
	    else true end
 order by period_end desc, metric, unit, period_start
 limit $4;

-- global mover_list: whose last price is farthest from the close before, or
-- that were traded most; a price of a week ago moves no more
select symbol, name, kind, currency, price, previous_close,
       price - previous_close as change,
       (price / previous_close - 1)::float8 as percent_change, volume, as_of,
       stale, simulated
  from (
	select i.symbol, i.name, i.kind, i.currency, i.simulated, q.price,
	       q.previous_close, q.as_of, q.stale,
	       (select p.volume from prices_daily p
		 where p.instrument_id = i.id
		 order by p.day desc limit 1) as volume
	  from quotes q join instruments i on i.id = q.instrument_id
	 where q.previous_close > 0 and i.kind <> 'index'
	   and q.as_of > now() - interval '7 days') as moved
 order by case $1::text
	when 'gainers' then price / previous_close
	when 'losers' then -(price / previous_close)
	else coalesce(volume, 0) * price end desc, symbol
 limit $2;

-- global track_list: what of an instrument is kept up to date
select need, enabled, from_day, watermark, wanted_at, done_at, failures,
       last_error
  from tracks where instrument_id = $1
 order by need;

-- global track_standing: how daily bars of some symbols stand
select i.symbol, t.wanted_at is not null
       and (t.done_at is null or t.done_at < t.wanted_at) as pending,
       t.watermark, t.last_error
  from instruments i join tracks t on t.instrument_id = i.id
 where i.symbol = any ($1::text[]) and t.need = 'daily'
 order by i.symbol;

-- global bar_sources: who told the daily bars that are kept of an instrument
select source, count(*) as bars, min(day) as from_day, max(day) as to_day,
       max(stored_at) as stored_at
  from prices_daily where instrument_id = $1
 group by source
 order by to_day desc, source;

-- global finding_list: what did not look right, the unsettled first
select day, rule, severity, detail, source, found_at, settled_at
  from quality_findings where instrument_id = $1
 order by settled_at is not null, coalesce(settled_at, found_at) desc,
       day desc, id
 limit $2;

-- private_page: the tenant's own instruments, from a cursor on
select id, symbol, name, kind, currency, note, version
  from private_instruments
 where tenant_id = $1 and archived_at is null
   and ($2::text is null or symbol > $2)
 order by symbol
 limit $3;

-- private_one: one of them
select id, symbol, name, kind, currency, note, version
  from private_instruments
 where tenant_id = $1 and symbol = $2 and archived_at is null;

-- private_lock: one of them, to be changed
select id, symbol, name, kind, currency, note, version
  from private_instruments
 where tenant_id = $1 and symbol = $2 and archived_at is null
   for update;

-- private_add: a new one
insert into private_instruments (tenant_id, id, symbol, name, kind, currency,
    note)
values ($1, $2, $3, $4, $5, $6, $7)
returning id, symbol, name, kind, currency, note, version;

-- private_change: another name or note
update private_instruments
   set name = coalesce($3, name), note = coalesce($4, note),
       version = version + 1
 where tenant_id = $1 and id = $2
returning id, symbol, name, kind, currency, note, version;

-- private_archive: it is put away; its prices stay with it
update private_instruments set archived_at = now(), version = version + 1
 where tenant_id = $1 and id = $2;

-- private_price_put: a day's price by hand
insert into private_prices (tenant_id, instrument_id, day, price)
values ($1, $2, $3, $4)
on conflict (tenant_id, instrument_id, day) do update
   set price = excluded.price, stored_at = now();

-- private_price_drop: it was none
delete from private_prices
 where tenant_id = $1 and instrument_id = $2 and day = $3;

-- global instrument_of: by its id
select id, symbol, name, kind, currency, exchange, sector, simulated
  from instruments where id = $1;

-- global fold_add: an indicator to be stored
insert into indicators (instrument_id, name, params)
values ($1, $2, $3::float8[])
on conflict do nothing;

-- global fold_drop: one no longer
delete from indicators
 where instrument_id = $1 and name = $2 and params = $3::float8[];

-- global fold_streams: an instrument's streams, for whoever folds them
select k.id, k.name, k.params::text as params, k.state::text as state, k.bars,
       k.series, i.series as now, k.last_day
  from indicators k join instruments i on i.id = k.instrument_id
 where k.instrument_id = $1
 order by k.id
 limit $2
   for update of k;

-- global fold_bars: adjusted bars after a day
select day, open::float8 * factor as open, high::float8 * factor as high,
       low::float8 * factor as low, adjusted as close,
       volume::float8 as volume
  from (select day, open, high, low, volume,
	       coalesce(adjusted_close, close)::float8 as adjusted,
	       coalesce(adjusted_close / close, 1)::float8 as factor
	  from prices_daily
	 where instrument_id = $1 and ($2::date is null or day > $2)
	 order by day
	 limit $3) as b
 order by day;

-- global fold_values_put: what streams answered
insert into indicator_values as v (indicator_id, day, v1, v2, v3, v4, v5)
select * from unnest($1::bigint[], $2::date[], $3::float8[], $4::float8[],
    $5::float8[], $6::float8[], $7::float8[])
on conflict (indicator_id, day) do update
   set v1 = excluded.v1, v2 = excluded.v2, v3 = excluded.v3,
       v4 = excluded.v4, v5 = excluded.v5;

-- global fold_clear: values of a past that is another one now
delete from indicator_values where indicator_id = $1;

-- global fold_close: how far a stream is
update indicators
   set state = $2::float8[], bars = $3, last_day = $4, series = $5
 where id = $1;

-- global fold_list: what is stored of an instrument
select k.id, k.name, k.params::text as params, k.bars, k.last_day,
       k.series = i.series and k.last_day is not distinct from
       (select max(p.day) from prices_daily p where p.instrument_id = i.id)
       as current
  from indicators k join instruments i on i.id = k.instrument_id
 where k.instrument_id = $1
 order by k.name, k.params;

-- global fold_find: a stored indicator that nothing has come after
select k.id, k.name, k.params::text as params, k.bars, k.last_day,
       true as current
  from indicators k join instruments i on i.id = k.instrument_id
 where k.instrument_id = $1 and k.name = $2 and k.params = $3::float8[]
   and k.series = i.series and k.last_day is not distinct from
       (select max(p.day) from prices_daily p where p.instrument_id = i.id);

-- global fold_values: its values of a range
select day, v1, v2, v3, v4, v5
  from indicator_values
 where indicator_id = $1 and day between $2 and $3
 order by day;

-- global study_bars: adjusted bars of a range, with so many before it
select day, open, high, low, close, volume from (
	select day, open::float8 * factor as open,
	       high::float8 * factor as high, low::float8 * factor as low,
	       adjusted as close, volume::float8 as volume
	  from (
		(select *, coalesce(adjusted_close, close)::float8 as adjusted,
			coalesce(adjusted_close / close, 1)::float8 as factor
		  from prices_daily
		 where instrument_id = $1 and day < $2
		 order by day desc limit $4)
		union all
		(select *, coalesce(adjusted_close, close)::float8,
			coalesce(adjusted_close / close, 1)::float8
		  from prices_daily
		 where instrument_id = $1 and day between $2 and $3
		 order by day limit $5)) as raw) as bars
 order by day;

-- global fold_whom: real assets that have bars, from one on
select i.id, i.symbol from instruments i
 where not i.simulated and ($1::uuid is null or i.id > $1)
   and exists (select from prices_daily p where p.instrument_id = i.id)
 order by i.id
 limit $2;
