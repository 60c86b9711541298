-- Instruments in another currency than their portfolio: what they cost, gain
-- and yield is kept in both, and the rate of the day it was done with each
-- activity. Cash stays in the portfolio's currency.

alter table activities
    add column rate numeric(38, 18) check (rate > 0),
    add column realised_base numeric(38, 18);

alter table positions
    add column cost_base numeric(38, 18) not null default 0,
    add column realised_base numeric(38, 18) not null default 0,
    add column income_base numeric(38, 18) not null default 0,
    add column price_effect numeric(38, 18) not null default 0;

alter table lots add column cost_base numeric(38, 18) not null default 0;

-- Until now there was one currency. All tenants' rows are written here.
alter table activities no force row level security;
alter table positions no force row level security;
alter table lots no force row level security;
update activities set realised_base = realised where realised is not null;
update positions
   set cost_base = cost, realised_base = realised, income_base = income,
       price_effect = realised;
update lots set cost_base = cost;
alter table activities force row level security;
alter table positions force row level security;
alter table lots force row level security;

create index fx_rates_stored_idx on fx_rates (stored_at);

-- The newest rate of a pair up to a day: its own, the other way round, or
-- through the euro. Null: there is none.
create function rate_kept(have text, want text, up_to date,
    out rate numeric, out day date)
    language sql stable
as $$
	select round(r.n / r.d, 18), r.day from (
		select 0 as rank, up_to as day, 1::numeric as n,
		       1::numeric as d
		 where have = want
		union all
		(select 1, f.day, f.rate, 1 from bursar.fx_rates f
		  where f.base = have and f.quote = want
		    and f.day <= up_to
		  order by f.day desc limit 1)
		union all
		(select 2, f.day, 1, f.rate from bursar.fx_rates f
		  where f.base = want and f.quote = have
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

-- The first day of a new rate that a portfolio's holdings are valued by.
create function rate_news(instruments uuid[], own text, since timestamptz)
    returns date
    language sql stable
as $$
	select min(r.day)
	  from bursar.fx_rates r
	 where r.stored_at > since
	   and exists (
		select from bursar.instruments i
		 where i.id = any (instruments) and i.currency <> own
		   and (r.base in (i.currency, own)
			or r.quote in (i.currency, own)));
$$;

create or replace function portfolios_behind(after_tenant uuid,
    after_portfolio uuid)
    returns table (tenant_id uuid, portfolio_id uuid)
    language sql stable security definer
    set search_path = bursar, pg_temp
as $$
	select p.tenant_id, p.id from portfolios p
	 where p.archived_at is null
	   and (after_tenant is null
		or (p.tenant_id, p.id) > (after_tenant, after_portfolio))
	   and (p.paid_in > 0 or p.income > 0)
	   and (p.rolled_at is null or exists (
		select from prices_daily d
		 where d.instrument_id = any (array(
			select i.id from instruments i
			 where i.symbol = p.benchmark
			union all
			select h.instrument_id from positions h
			 where h.tenant_id = p.tenant_id
			   and h.portfolio_id = p.id))
		   and d.stored_at > p.rolled_at - interval '10 minutes')
		or rate_news(array(
			select h.instrument_id from positions h
			 where h.tenant_id = p.tenant_id
			   and h.portfolio_id = p.id), p.currency,
		    p.rolled_at - interval '10 minutes') is not null)
	 order by p.tenant_id, p.id
	 limit 200;
$$;

grant execute on function rate_kept(text, text, date),
    rate_news(uuid[], text, timestamptz) to bursar_app;
