-- portfolio_find: one portfolio, or the default one when no id is given
select id, name, currency, benchmark, opened_on, is_default, version,
       cost_method
  from portfolios
 where tenant_id = $1 and archived_at is null
   and case when $2::uuid is null then is_default else id = $2 end;

-- portfolio_list: the tenant's portfolios, the default one first
select id, name, currency, benchmark, opened_on, is_default, version,
       cost_method
  from portfolios
 where tenant_id = $1 and archived_at is null
 order by is_default desc, id
 limit 200;

-- portfolio_insert: the first one of a tenant is its default
insert into portfolios (tenant_id, id, name, currency, benchmark, opened_on,
    is_default)
values ($1, $2, $3, $4, $5, $6, not exists (select from portfolios
    where tenant_id = $1 and is_default and archived_at is null))
returning id, name, currency, benchmark, opened_on, is_default, version,
       cost_method;

-- portfolio_lock: the portfolio, held until the transaction ends
select id, name, currency, benchmark, opened_on, is_default, version,
       cost_method
  from portfolios
 where tenant_id = $1 and id = $2 and archived_at is null
   for update;

-- portfolio_update: name, benchmark and default, where given
update portfolios
   set name = coalesce($3, name), benchmark = coalesce($4, benchmark),
       is_default = is_default or coalesce($5, false), version = version + 1
 where tenant_id = $1 and id = $2
returning id, name, currency, benchmark, opened_on, is_default, version,
       cost_method;

-- portfolio_undefault: no portfolio but this one is the default
update portfolios set is_default = false
 where tenant_id = $1 and is_default and id <> $2;

-- portfolio_archive: out of sight, and not the default any more
update portfolios
   set archived_at = now(), is_default = false, version = version + 1
 where tenant_id = $1 and id = $2;

-- portfolio_heir: a tenant without a default portfolio gets its oldest one
update portfolios set is_default = true
 where tenant_id = $1
   and id = (select id from portfolios
	      where tenant_id = $1 and archived_at is null
	      order by id limit 1)
   and not exists (select from portfolios
	where tenant_id = $1 and is_default and archived_at is null);

-- portfolio_method: the newest of its cost methods is the one it has
update portfolios p
   set cost_method = m.method
  from (select method from portfolio_methods
	 where tenant_id = $1 and portfolio_id = $2
	 order by from_day desc limit 1) m
 where p.tenant_id = $1 and p.id = $2
returning p.id, p.name, p.currency, p.benchmark, p.opened_on, p.is_default,
       p.version, p.cost_method;

-- method_write: how sales take lots from a day on
insert into portfolio_methods (tenant_id, portfolio_id, from_day, method)
values ($1, $2, $3, $4)
on conflict (tenant_id, portfolio_id, from_day) do update
   set method = excluded.method
 where portfolio_methods.tenant_id = $1;

-- method_fold: how sales take lots, oldest first
select from_day, method from portfolio_methods
 where tenant_id = $1 and portfolio_id = $2
 order by from_day;

-- portfolio_total: what the fold left
update portfolios
   set cash = $3, paid_in = $4, paid_out = $5, realised = $6, income = $7,
       fees = $8, taxes = $9
 where tenant_id = $1 and id = $2;

-- activity_fold: what the ledger folds, oldest first
select id, kind, instrument_id, on_day, quantity, price, amount, commission,
       withheld, realised, cost, into_id, numerator, denominator, price_into,
       received, acquired_on, rate, realised_base
  from activities
 where tenant_id = $1 and portfolio_id = $2
 order by on_day, id;

-- pick_fold: lots that sales were told to take
select activity_id, lot_id, quantity
  from activity_lots
 where tenant_id = $1 and portfolio_id = $2
 order by activity_id, n;

-- pick_insert: of several sales
insert into activity_lots (tenant_id, portfolio_id, activity_id, n, lot_id,
    quantity)
select $1, $2, u.* from unnest($3::uuid[], $4::bigint[], $5::uuid[],
       $6::numeric[]) as u;

-- activity_insert: several at once
insert into activities (tenant_id, portfolio_id, id, kind, instrument_id,
    on_day, quantity, price, amount, commission, withheld, realised, cost,
    note, recorded_by, into_id, numerator, denominator, price_into, received,
    acquired_on, rate, realised_base)
select $1, $2, u.id, u.kind, u.instrument_id, u.on_day, u.quantity, u.price,
       u.amount, u.commission, u.withheld, u.realised, u.cost, u.note, $3,
       u.into_id, nullif(u.numerator, 0), nullif(u.denominator, 0),
       u.price_into, u.received, u.acquired_on, u.rate, u.realised_base
  from unnest($4::uuid[], $5::text[], $6::uuid[], $7::date[], $8::numeric[],
       $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[],
       $13::numeric[], $14::numeric[], $15::text[], $16::uuid[],
       $17::bigint[], $18::bigint[], $19::numeric[], $20::numeric[],
       $21::date[], $22::numeric[], $23::numeric[])
    as u (id, kind, instrument_id, on_day, quantity, price, amount,
       commission, withheld, realised, cost, note, into_id, numerator,
       denominator, price_into, received, acquired_on, rate, realised_base);

-- activity_regain: gains of sales that an earlier activity has changed
update activities a
   set realised = u.realised, cost = u.cost, realised_base = u.realised_base
  from unnest($3::uuid[], $4::numeric[], $5::numeric[], $6::numeric[])
    as u (id, realised, cost, realised_base)
 where a.tenant_id = $1 and a.portfolio_id = $2 and a.id = u.id;

-- activity_delete: one that should not have been
delete from activities
 where tenant_id = $1 and portfolio_id = $2 and id = $3;

-- activity_page: newest first, from a cursor on
select a.id, a.kind, i.symbol, a.quantity, a.price, a.amount, a.commission,
       a.withheld, a.realised, a.cost, a.note, a.on_day as traded_on,
       a.recorded_at, t.symbol as "into", a.numerator, a.denominator,
       coalesce(i.currency, f.currency) as currency, a.rate, a.realised_base
  from activities a left join instruments i on i.id = a.instrument_id
  left join instruments t on t.id = a.into_id
  join portfolios f on f.tenant_id = a.tenant_id and f.id = a.portfolio_id
 where a.tenant_id = $1 and f.tenant_id = $1 and a.portfolio_id = $2
   and ($3::text is null or i.symbol = $3)
   and ($4::text is null or a.kind = $4)
   and ($5::date is null or (a.on_day, a.id) < ($5, $6::uuid))
   and (not $7::boolean or a.kind in ('buy', 'sell'))
 order by a.on_day desc, a.id desc
 limit $8;

-- activity_one: as it is listed
select a.id, a.kind, i.symbol, a.quantity, a.price, a.amount, a.commission,
       a.withheld, a.realised, a.cost, a.note, a.on_day as traded_on,
       a.recorded_at, t.symbol as "into", a.numerator, a.denominator,
       coalesce(i.currency, f.currency) as currency, a.rate, a.realised_base
  from activities a left join instruments i on i.id = a.instrument_id
  left join instruments t on t.id = a.into_id
  join portfolios f on f.tenant_id = a.tenant_id and f.id = a.portfolio_id
 where a.tenant_id = $1 and f.tenant_id = $1 and a.portfolio_id = $2 and a.id = $3;

-- global instrument_symbol: what an instrument is called
select symbol from instruments where id = $1;

-- global instrument_foreign: what is quoted in another currency, by currency
select id, currency from instruments
 where id = any ($1::uuid[]) and currency <> $2
 order by currency, id;

-- global split_fold: what companies did to their shares until now
select instrument_id, ex_day, numerator, denominator
  from splits
 where instrument_id = any ($1::uuid[]) and ex_day <= current_date
 order by ex_day, instrument_id;

-- position_write: holdings as the fold left them
insert into positions (tenant_id, portfolio_id, instrument_id, quantity,
    cost, realised, income, opened_on, trades, last_price, cost_base,
    realised_base, income_base, price_effect)
select $1, $2, u.* from unnest($3::uuid[], $4::numeric[], $5::numeric[],
       $6::numeric[], $7::numeric[], $8::date[], $9::bigint[],
       $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[],
       $14::numeric[]) as u
on conflict (tenant_id, portfolio_id, instrument_id) do update
   set quantity = excluded.quantity, cost = excluded.cost,
       realised = excluded.realised, income = excluded.income,
       opened_on = excluded.opened_on, trades = excluded.trades,
       last_price = excluded.last_price, cost_base = excluded.cost_base,
       realised_base = excluded.realised_base,
       income_base = excluded.income_base,
       price_effect = excluded.price_effect
 where positions.tenant_id = $1;

-- position_prune: of instruments that no activity is about any more
delete from positions
 where tenant_id = $1 and portfolio_id = $2
   and not instrument_id = any ($3::uuid[]);

-- lot_forget: of the instruments that change, and of those that no activity
-- is about any more
delete from lots
 where tenant_id = $1 and portfolio_id = $2
   and (instrument_id = any ($3::uuid[])
	or not instrument_id = any ($4::uuid[]));

-- lot_write: lots as the fold left them
insert into lots (tenant_id, portfolio_id, instrument_id, n, activity_id,
    opened_on, quantity, cost, cost_base)
select $1, $2, u.* from unnest($3::uuid[], $4::bigint[], $5::uuid[],
       $6::date[], $7::numeric[], $8::numeric[], $9::numeric[]) as u;

-- lot_page: one holding's lots, oldest first, from a cursor on
select l.n, l.activity_id, l.opened_on, l.quantity, l.cost, i.currency,
       l.cost_base, f.currency as own, r.rate,
       coalesce(q.price, p.last_price) as price
  from instruments i
  join positions p on p.instrument_id = i.id
  join lots l on l.tenant_id = p.tenant_id
   and l.portfolio_id = p.portfolio_id and l.instrument_id = i.id
  join portfolios f on f.tenant_id = p.tenant_id and f.id = p.portfolio_id
  left join quotes q on q.instrument_id = i.id
  left join rate_kept(i.currency, f.currency, current_date) as r on true
 where p.tenant_id = $1 and l.tenant_id = $1 and f.tenant_id = $1
   and p.portfolio_id = $2 and i.symbol = $3 and l.n > $4
 order by l.n
 limit $5;

-- position_open: what is held, with the last price of each; what was done in
-- it since a session is asked of what was dealt in for two weeks, which no
-- session that counts is older than
with mine as materialized (
	select f.id, f.currency, f.cash from portfolios f
	 where f.tenant_id = $1 and f.archived_at is null
	   and case when $2::uuid is null then f.is_default
	       else f.id = $2 end
), late as materialized (
	select array_agg(a.instrument_id) || array_agg(a.into_id) as dealt
	  from mine join activities a on a.portfolio_id = mine.id
	 where a.tenant_id = $1 and a.on_day >= current_date - 14
)
select i.symbol, i.name, i.kind, i.sector, i.currency, i.logo, p.quantity,
       p.cost, p.realised, p.income, p.opened_on, p.trades,
       coalesce(q.price, p.last_price) as price,
       coalesce(q.previous_close, q.price, p.last_price) as previous_close,
       q.as_of, coalesce(q.stale, true) or (i.currency <> mine.currency
	and coalesce(r.day < current_date - 10, true)) as stale, mine.cash,
       coalesce(s.day >= coalesce(e.kept,
	(select k.day from session_kept(now()) k)), false)
       and not t.remade as fresh,
       t.units, t.paid, t.received, p.cost_base, p.realised_base,
       p.income_base, mine.currency as own,
       case when i.currency = mine.currency then 1 else r.rate end as rate
  from mine cross join late
  join positions p on p.portfolio_id = mine.id and p.tenant_id = $1
  join instruments i on i.id = p.instrument_id
  left join quotes q on q.instrument_id = p.instrument_id
  left join exchange_days e on e.name = coalesce(i.mic, i.exchange)
  cross join lateral session_of(q.as_of, i.kind, q.source, e.zone, e.newest)
	as s (day)
  cross join lateral dealt_since($1, mine.id, p.instrument_id, s.day,
	p.instrument_id = any (late.dealt)) as t
  left join lateral (
	select k.rate, k.day
	  from rate_kept(i.currency, mine.currency, current_date) as k
	 where i.currency <> mine.currency
	offset 0) as r on true
 where p.quantity > 0;

-- position_symbol: one holding, sold out or not
select i.symbol, i.name, i.kind, i.sector, i.currency, i.logo, p.quantity,
       p.cost, p.realised, p.income, p.opened_on, p.trades,
       coalesce(q.price, p.last_price) as price,
       coalesce(q.previous_close, q.price, p.last_price) as previous_close,
       q.as_of, coalesce(q.stale, true)
	or coalesce(r.day < current_date - 10, true) as stale, f.cash,
       coalesce(s.day >= coalesce(e.kept,
	(select k.day from session_kept(now()) k)), false)
       and not t.remade as fresh,
       t.units, t.paid, t.received, p.cost_base, p.realised_base,
       p.income_base, f.currency as own, r.rate
  from portfolios f
  join positions p on p.tenant_id = f.tenant_id and p.portfolio_id = f.id
  join instruments i on i.id = p.instrument_id
  left join quotes q on q.instrument_id = p.instrument_id
  left join exchange_days e on e.name = coalesce(i.mic, i.exchange)
  cross join lateral session_of(q.as_of, i.kind, q.source, e.zone, e.newest)
	as s (day)
  cross join lateral dealt_since($1, f.id, p.instrument_id, s.day, true) as t
  left join rate_kept(i.currency, f.currency, current_date) as r on true
 where f.tenant_id = $1 and f.archived_at is null and p.tenant_id = $1
   and f.id = $2 and i.symbol = $3;

-- day_before: the last kept value before a day
select day, value, wealth from portfolio_days
 where tenant_id = $1 and portfolio_id = $2 and day < $3
 order by day desc limit 1;

-- day_forget: values from a day on
delete from portfolio_days
 where tenant_id = $1 and portfolio_id = $2 and day >= $3;

-- day_write: values of market days
insert into portfolio_days (tenant_id, portfolio_id, day, value, cash,
    inflow, outflow, return, wealth, stale)
select $1, $2, u.* from unnest($3::date[], $4::numeric[], $5::numeric[],
       $6::numeric[], $7::numeric[], $8::float8[], $9::float8[],
       $10::boolean[]) as u;

-- global market_days: days on which the benchmark traded, or something that
-- had been dealt in by then. What trades around the clock counts only while
-- there is nothing else.
with dealt as (
	select u.id, u.since, i.kind = 'crypto' as always
	  from unnest($1::uuid[], $2::date[]) as u (id, since)
	  join instruments i on i.id = u.id
	union all
	select id, '-infinity', kind = 'crypto' from instruments
	 where symbol = $3
)
select distinct p.day
  from dealt d, lateral (
	-- one look at the index each; else all days of all are read
	select p.day from prices_daily p
	 where p.instrument_id = d.id and p.day >= greatest(d.since, $4::date)
	offset 0) p
 where not d.always
    or not exists (select from dealt o where not o.always and o.since <= p.day)
 order by p.day;

-- global close_fold: closes as they were paid, from the newest one up to a
-- day on
select day as "on", close as price
  from prices_daily
 where instrument_id = $1 and day >= coalesce((select max(day)
       from prices_daily where instrument_id = $1 and day <= $2), $2)
 order by day;

-- portfolio_news: the first day of which the market has said something since
-- the portfolio was rolled; what was being written then counts as since
select least(
	(select min(p.day) from prices_daily p
	  where (p.instrument_id = any ($3::uuid[]) or p.instrument_id =
		(select id from instruments where symbol = f.benchmark))
	    and p.stored_at > f.rolled_at - interval '10 minutes'),
	(select min(s.ex_day) from splits s
	  where s.instrument_id = any ($3::uuid[])
	    and s.stored_at > f.rolled_at - interval '10 minutes'),
	rate_news($3, f.currency,
	    f.rolled_at - interval '10 minutes')) as day
  from portfolios f where tenant_id = $1 and id = $2;

-- portfolio_rolled: it knows what the market has said until now
update portfolios set rolled_at = now() where tenant_id = $1 and id = $2;

-- global portfolio_behind: who does not know yet, from a cursor on
select tenant_id, portfolio_id from portfolios_behind($1, $2);

-- portfolio_cash: the cash there is
select cash from portfolios where tenant_id = $1 and id = $2;
