-- Providers: how often each key was used, how each provider has been, and
-- the keys that tenants bring, with what those brought.

-- Calls of a UTC day or month with a key. `name` is a provider's, or a
-- provider's and a fingerprint of a tenant's key: two tenants with the same
-- key have one budget.
create table provider_calls (
	name	text not null check (length(name) between 1 and 64),
	span	text not null check (span in ('day', 'month')),
	began	date not null,
	calls	bigint not null,
	primary key (name, span, began)
);

create table provider_health (
	name		text primary key check (length(name) between 1 and 64),
	succeeded_at	timestamptz,
	failed_at	timestamptz,
	failure		text,
	open_until	timestamptz
);

create table provider_keys (
	tenant_id	uuid not null references tenants (id),
	provider	text not null check (length(provider) between 1 and 40),
	sealed		text not null,
	fingerprint	text not null check (fingerprint ~ '^[0-9a-f]{16}$'),
	state		text not null default 'unproven'
	    check (state in ('unproven', 'good', 'refused')),
	set_by		uuid not null,
	set_at		timestamptz not null default now(),
	checked_at	timestamptz,
	primary key (tenant_id, provider)
);

-- What a tenant's own key brought and nobody else may see. It goes with the
-- key.
create table provider_values (
	tenant_id	uuid not null,
	provider	text not null,
	kind		text not null,
	about		text not null,
	value		text not null,
	fetched_at	timestamptz not null default now(),
	primary key (tenant_id, provider, kind, about),
	foreign key (tenant_id, provider)
	    references provider_keys (tenant_id, provider) on delete cascade
);
create index provider_values_about_idx
    on provider_values (tenant_id, kind, about);

do $$
declare
	t text;
begin
	foreach t in array array['provider_keys', 'provider_values'] loop
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

grant select on provider_calls to bursar_app;
grant select, insert, update on provider_health to bursar_app;

-- One call out of a day and a month, if both have it left; 0 is no limit.
create function provider_take(p_name text, p_day bigint, p_month bigint)
    returns boolean
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
declare
	today	date := (now() at time zone 'UTC')::date;
	first	date := date_trunc('month', today)::date;
	fits	boolean;
begin
	insert into provider_calls
	values (p_name, 'day', today, 0), (p_name, 'month', first, 0)
	    on conflict do nothing;
	if found then
		delete from provider_calls
		 where name = p_name and began < first - 62;
	end if;
	select bool_and(calls < case span when 'day' then
		    coalesce(nullif(p_day, 0), calls + 1)
		else coalesce(nullif(p_month, 0), calls + 1) end)
	  into fits
	  from (select span, calls from provider_calls
		 where name = p_name
		   and (span, began) in (('day', today), ('month', first))
		 order by span for update) c;
	if fits then
		update provider_calls set calls = calls + 1
		 where name = p_name
		   and (span, began) in (('day', today), ('month', first));
	end if;
	return fits;
end
$$;
grant execute on function provider_take(text, bigint, bigint) to bursar_app;
