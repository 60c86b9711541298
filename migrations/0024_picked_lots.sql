-- Lots that a sale was told to take, by the purchases they began with.
create table activity_lots (
	tenant_id	uuid not null,
	portfolio_id	uuid not null,
	activity_id	uuid not null,		-- the sale
	n		bigint not null,	-- from 1, as they were told
	lot_id		uuid not null,		-- the purchase
	quantity	numeric(38, 18) not null check (quantity > 0),
	primary key (tenant_id, portfolio_id, activity_id, n),
	foreign key (tenant_id, portfolio_id, activity_id)
	    references activities (tenant_id, portfolio_id, id)
	    on delete cascade
);

alter table activity_lots enable row level security;
alter table activity_lots force row level security;
create policy tenant on activity_lots
    using (tenant_id = (select nullif(current_setting('app.tenant_id',
	true), '')::uuid))
    with check (tenant_id = (select nullif(current_setting('app.tenant_id',
	true), '')::uuid));
grant select, insert, delete on activity_lots to bursar_app;
