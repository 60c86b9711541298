-- Portfolios: what was done (activities, never changed once written), and
-- what follows from it and is kept up to date with every write: positions,
-- totals, the value of each market day, and figures.

create table portfolios (
	tenant_id	uuid not null references tenants (id),
	id		uuid not null,
	name		text not null check (length(name) between 1 and 120),
	currency	text not null check (currency ~ '^[A-Z]{3}$'),
	benchmark	text not null,
	opened_on	date,
	is_default	boolean not null default false,
	version		bigint not null default 1,
	archived_at	timestamptz,
	created_at	timestamptz not null default now(),
	-- totals, as of every activity that is recorded
	cash		numeric(38, 18) not null default 0,
	paid_in		numeric(38, 18) not null default 0,
	paid_out	numeric(38, 18) not null default 0,
	realised	numeric(38, 18) not null default 0,
	income		numeric(38, 18) not null default 0,
	fees		numeric(38, 18) not null default 0,
	taxes		numeric(38, 18) not null default 0,
	-- when the days it keeps last followed what the market had said
	rolled_at	timestamptz,
	primary key (tenant_id, id)
);
create unique index portfolios_name_key
    on portfolios (tenant_id, lower(name)) where archived_at is null;
create unique index portfolios_default_key
    on portfolios (tenant_id) where is_default and archived_at is null;

create table activities (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	id		uuid not null,
	kind		text not null check (kind in ('buy', 'sell', 'deposit',
	    'withdrawal', 'dividend', 'interest', 'fee', 'tax')),
	instrument_id	uuid references instruments (id),
	on_day		date not null,
	quantity	numeric(38, 18) check (quantity > 0),
	price		numeric(38, 18) check (price > 0),
	amount		numeric(38, 18) not null check (amount >= 0),
	commission	numeric(38, 18) not null default 0
	    check (commission >= 0),
	withheld	numeric(38, 18) not null default 0
	    check (withheld >= 0 and withheld <= amount),
	-- a sale's gain and the cost it took; follows from what came before
	realised	numeric(38, 18),
	cost		numeric(38, 18),
	note		text check (length(note) <= 1000),
	recorded_at	timestamptz not null default now(),
	recorded_by	uuid not null,
	primary key (tenant_id, portfolio_id, id),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id),
	check ((kind in ('buy', 'sell')) =
	    (quantity is not null and price is not null)),
	check ((kind in ('buy', 'sell', 'dividend')) =
	    (instrument_id is not null))
);
create index activities_day_idx
    on activities (tenant_id, portfolio_id, on_day desc, id desc);
create index activities_instrument_idx
    on activities (tenant_id, portfolio_id, instrument_id, on_day desc);

create table positions (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	instrument_id	uuid not null references instruments (id),
	quantity	numeric(38, 18) not null check (quantity >= 0),
	cost		numeric(38, 18) not null,
	realised	numeric(38, 18) not null,
	income		numeric(38, 18) not null,
	opened_on	date,
	trades		bigint not null,
	last_price	numeric(38, 18) not null,
	primary key (tenant_id, portfolio_id, instrument_id),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id)
);

create table portfolio_days (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	day		date not null,
	value		numeric(38, 18) not null,
	cash		numeric(38, 18) not null,
	inflow		numeric(38, 18) not null,
	outflow		numeric(38, 18) not null,
	-- the day's time-weighted return, and wealth since the first day
	return		double precision not null,
	wealth		double precision not null,
	stale		boolean not null default false,
	primary key (tenant_id, portfolio_id, day),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id)
);

create table portfolio_figures (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	n		bigint not null,
	from_day	date,
	to_day		date,
	benchmark	text not null,
	total_return	double precision,
	annualised_return double precision,
	mwr		double precision,
	volatility	double precision,
	sharpe		double precision,
	sortino		double precision,
	calmar		double precision,
	max_drawdown	double precision,
	drawdown_from	date,
	drawdown_to	date,
	beta		double precision,
	alpha		double precision,
	correlation	double precision,
	benchmark_return double precision,
	var95		double precision,
	es95		double precision,
	win_rate	double precision,
	best_day	double precision,
	worst_day	double precision,
	reasons		jsonb not null default '{}',
	warnings	jsonb not null default '[]',
	computed_at	timestamptz not null default now(),
	primary key (tenant_id, portfolio_id),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id)
);

do $$
declare
	t text;
begin
	foreach t in array array['portfolios', 'activities', 'positions',
	    'portfolio_days', 'portfolio_figures'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy tenant on %I using (tenant_id ='
		    ' (select nullif(current_setting(''app.tenant_id'', true),'
		    ' '''')::uuid)) with check (tenant_id = (select nullif('
		    'current_setting(''app.tenant_id'', true), '''')::uuid))',
		    t);
		execute format('grant select, insert, update, delete on %I to '
		    'bursar_app', t);
	end loop;
end
$$;

-- Portfolios about whose instruments the market has said something since
-- they were rolled: the work of whoever keeps their days up to date, for all
-- tenants. It tells ids and nothing else. What was being written then counts
-- as since.
create index prices_daily_stored_idx on prices_daily (instrument_id, stored_at);
alter table splits add column stored_at timestamptz not null default now();
create policy behind on portfolios for select to bursar_owner using (true);
create policy behind on positions for select to bursar_owner using (true);

create function portfolios_behind(after_tenant uuid, after_portfolio uuid)
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
		   and d.stored_at > p.rolled_at - interval '10 minutes'))
	 order by p.tenant_id, p.id
	 limit 200;
$$;
grant execute on function portfolios_behind(uuid, uuid) to bursar_app;
