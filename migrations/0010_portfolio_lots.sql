-- How a portfolio's sales take lots, from a day on, and the lots there are.
-- Lots follow from the activities, as positions do.

alter table portfolios add column cost_method text not null default 'average'
    check (cost_method in ('fifo', 'lifo', 'hifo', 'lofo', 'average'));

-- Average before the first day.
create table portfolio_methods (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	from_day	date not null,
	method		text not null check (method in ('fifo', 'lifo', 'hifo',
	    'lofo', 'average')),
	primary key (tenant_id, portfolio_id, from_day),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id)
);

create table lots (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	instrument_id	uuid not null references instruments (id),
	n		bigint not null,	-- in the order of time, from 1
	activity_id	uuid not null,		-- that opened it
	opened_on	date not null,
	quantity	numeric(38, 18) not null check (quantity > 0),
	cost		numeric(38, 18) not null,
	primary key (tenant_id, portfolio_id, instrument_id, n),
	foreign key (tenant_id, portfolio_id)
	    references portfolios (tenant_id, id)
);

-- Until now all portfolios had one lot a holding. The activity is the
-- purchase it began with. All tenants' rows are read and written here.
alter table positions no force row level security;
alter table activities no force row level security;
insert into lots (tenant_id, portfolio_id, instrument_id, n, activity_id,
    opened_on, quantity, cost)
select p.tenant_id, p.portfolio_id, p.instrument_id, 1, a.id, p.opened_on,
       p.quantity, p.cost
  from positions p, lateral (
	select a.id from activities a
	 where a.tenant_id = p.tenant_id and a.portfolio_id = p.portfolio_id
	   and a.instrument_id = p.instrument_id and a.kind = 'buy'
	   and a.on_day >= p.opened_on
	 order by a.on_day, a.id
	 limit 1) a
 where p.quantity > 0;
alter table positions force row level security;
alter table activities force row level security;

do $$
declare
	t text;
begin
	foreach t in array array['portfolio_methods', 'lots'] loop
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
