-- Tenants, the people in them, and what a request was answered, so that it
-- can be answered again.
--
-- A tenant's table has tenant_id first in its primary, unique and foreign
-- keys, row level security that also binds the owner, and one policy called
-- "tenant". current_setting reads '' after its first use in a session, hence
-- the nullif: without a tenant there are no rows.

-- Whoever may call a function is said beside the function.
alter default privileges revoke execute on functions from public;

create table schema_migrations (
	version		int primary key,
	name		text not null,
	checksum	text not null,
	applied_at	timestamptz not null default now()
);
grant select on schema_migrations to bursar_app;

create table tenants (
	id		uuid primary key,
	name		text not null
	    check (length(name) between 1 and 120),
	created_at	timestamptz not null default now()
);

-- People are global, because one may belong to several tenants. They are
-- reached through functions only.
create table users (
	id		uuid primary key,
	username	text not null
	    check (length(username) between 1 and 120
		and username = btrim(username)),
	name		text not null
	    check (length(name) between 1 and 120),
	password_hash	text not null,
	disabled	boolean not null default false,
	created_at	timestamptz not null default now()
);
create unique index users_username_key on users (lower(username));

create table memberships (
	tenant_id	uuid not null references tenants (id),
	user_id		uuid not null references users (id),
	role		text not null
	    check (role in ('viewer', 'member', 'admin', 'owner')),
	created_at	timestamptz not null default now(),
	primary key (tenant_id, user_id)
);
create index memberships_user_idx on memberships (user_id);

create table idempotency_keys (
	tenant_id	uuid not null references tenants (id),
	user_id		uuid not null,
	route		text not null,
	key		text not null check (length(key) between 1 and 255),
	request_hash	bytea not null,
	status		int,
	reply		text,
	created_at	timestamptz not null default now(),
	primary key (tenant_id, user_id, route, key),
	foreign key (tenant_id, user_id)
	    references memberships (tenant_id, user_id) on delete cascade
);
create index idempotency_keys_created_idx
    on idempotency_keys (tenant_id, created_at);

alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenant on tenants
    using (id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid))
    with check (id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table memberships enable row level security;
alter table memberships force row level security;
create policy tenant on memberships
    using (tenant_id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid))
    with check (tenant_id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys
    using (tenant_id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid))
    with check (tenant_id =
	(select nullif(current_setting('app.tenant_id', true), '')::uuid));

-- A log-in finds out which tenants a person belongs to before it has one:
-- functions that run as the owner may look.
create policy lookup on tenants for select to bursar_owner using (true);
create policy lookup on memberships for select to bursar_owner using (true);

grant select, update (name) on tenants to bursar_app;
grant select, insert, update (role), delete on memberships to bursar_app;
grant select, insert, update, delete on idempotency_keys to bursar_app;
