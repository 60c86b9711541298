-- The questions of 0015, 0016 and 0018, as tables: a statement that asks one
-- takes it into its own plan, where a call costs a tenth of a millisecond for
-- each position.
drop function session_of(timestamptz, text, text, text, date);
drop function session_kept(timestamptz);
drop function session_day(timestamptz, text, text);
drop function dealt_since(uuid, uuid, uuid, date);
drop function rate_kept(text, text, date);

create function session_day(at timestamptz, kind text, source text)
    returns table (day date)
    language sql stable parallel safe
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

create function session_kept(at timestamptz)
    returns table (day date)
    language sql stable parallel safe
as $$
	select s.d - case extract(isodow from s.d)::integer
	       when 1 then 3 else 1 end
	  from session_day(at, 'stock', 'market') as s (d)
$$;

create function session_of(at timestamptz, kind text, source text,
    zone text, newest date)
    returns table (day date)
    language sql stable parallel safe
as $$
	select case when zone is null or kind = 'crypto' or source = 'simulated'
	       then s.d
	       else least((at at time zone zone)::date, newest) end
	  from session_day(at, kind, source) as s (d)
	offset 0	-- told once, not wherever it is asked for
$$;

-- Nothing is looked for where nothing was `dealt`.
create function dealt_since(tenant uuid, portfolio uuid, instrument uuid,
    since date, dealt boolean)
    returns table (units numeric, paid numeric, received numeric,
	remade boolean)
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
		 where dealt
		   and c.tenant_id = tenant and c.portfolio_id = portfolio
		   and c.on_day >= since and c.into_id = instrument)
	  from activities a
	 where dealt and a.tenant_id = tenant and a.portfolio_id = portfolio
	   and a.instrument_id = instrument and a.on_day >= since
$$;

-- As in 0016; where both are the same nothing is looked up.
create function rate_kept(have text, want text, up_to date)
    returns table (rate numeric, day date)
    language sql stable
as $$
	select round(r.n / r.d, 18), r.day from (
		select 0 as rank, up_to as day, 1::numeric as n,
		       1::numeric as d
		 where have = want
		union all
		(select 1, f.day, f.rate, 1 from bursar.fx_rates f
		  where have <> want and f.base = have and f.quote = want
		    and f.day <= up_to
		  order by f.day desc limit 1)
		union all
		(select 2, f.day, 1, f.rate from bursar.fx_rates f
		  where have <> want and f.base = want and f.quote = have
		    and f.day <= up_to
		  order by f.day desc limit 1)
		union all
		(select 3, a.day, b.rate, a.rate
		   from bursar.fx_rates a
		   join bursar.fx_rates b on b.base = 'EUR'
		    and b.quote = want and b.day = a.day
		  where a.base = 'EUR' and a.quote = have
		    and a.day <= up_to and have <> want
		  order by a.day desc limit 1)) r
	 order by r.day desc, r.rank
	 limit 1;
$$;

grant execute on function session_day(timestamptz, text, text),
    session_kept(timestamptz),
    session_of(timestamptz, text, text, text, date),
    dealt_since(uuid, uuid, uuid, date, boolean),
    rate_kept(text, text, date) to bursar_app;
