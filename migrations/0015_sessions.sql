-- Which session a price belongs to, and what was done in a holding since one
-- began: what a day's change is counted from.

-- Made-up prices move around the clock between sessions that open at 13:30
-- UTC; what trades around the clock has days of UTC; all else is of its day
-- in New York, and at weekends of Friday.
create function session_day(at timestamptz, kind text, source text)
    returns date
    language sql immutable parallel safe
as $$
	select case when kind = 'crypto' then d
	       else d - greatest(extract(isodow from d)::integer - 5, 0) end
	  from (select (case when source = 'simulated'
			then at at time zone 'UTC' - case when kind = 'crypto'
			     then interval '0' else interval '13:30' end
			when kind = 'crypto' then at at time zone 'UTC'
			else at at time zone 'America/New_York' end)::date
			as d) as told
$$;

-- The oldest session a price may be of and not be an old one: the weekday
-- before the newest, for the closes of sources that tell them once a day.
create function session_kept(at timestamptz)
    returns date
    language sql immutable parallel safe
as $$
	select d - case extract(isodow from d)::integer when 1 then 3 else 1 end
	  from (select session_day(at, 'stock', 'market') as d) as told
$$;

-- Units that came less those that went since a day, what was paid for those
-- that came, what was received, and whether a company's act makes the units
-- before incomparable. Both looks go by an index and end at that day.
create function dealt_since(tenant uuid, portfolio uuid, instrument uuid,
    since date, out units numeric, out paid numeric, out received numeric,
    out remade boolean)
    language sql stable
as $$
	select coalesce(sum(case
		when a.kind in ('sell', 'transfer_out') then -a.quantity
		else a.quantity end), 0),
	       coalesce(sum(case
		when a.kind = 'buy' then a.amount + a.commission
		when a.kind = 'transfer_in'
		then coalesce(round(a.quantity * nullif(a.price, 0), 2),
		    a.amount)
		when a.kind in ('staking', 'bonus') then a.withheld
		else 0 end), 0),
	       coalesce(sum(case
		when a.kind = 'sell' then a.amount - a.commission
		when a.kind = 'transfer_out'
		then coalesce(round(a.quantity * nullif(a.price, 0), 2),
		    a.cost, 0)
		when a.kind in ('dividend', 'return_of_capital')
		then a.amount - a.withheld
		else 0 end), 0),
	       coalesce(bool_or(a.kind in ('spin_off', 'merger', 'rename')
		or a.kind = 'stock_dividend' and a.quantity is null), false)
	       or exists (
		select from activities c
		 where c.tenant_id = tenant and c.portfolio_id = portfolio
		   and c.on_day >= since and c.into_id = instrument)
	  from activities a
	 where a.tenant_id = tenant and a.portfolio_id = portfolio
	   and a.instrument_id = instrument and a.on_day >= since
$$;

grant execute on function session_day(timestamptz, text, text),
    session_kept(timestamptz), dealt_since(uuid, uuid, uuid, date)
    to bursar_app;
