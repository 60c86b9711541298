-- Log-ins, the sessions they begin, and the tokens that keep those alive.
--
-- These tables and users are nobody's to read: bursar_app may call the
-- functions below and nothing else. A session is looked up before its tenant
-- is known: it says which tenant it chose, but is no tenant's row, hence no
-- tenant_id. Tokens are kept as hashes only. The functions are in plpgsql
-- because that keeps its plans.

create table sessions (
	id		uuid primary key,
	user_id		uuid not null references users (id),
	tenant		uuid not null,
	address		text,
	user_agent	text,
	created_at	timestamptz not null default now(),
	used_at		timestamptz not null default now(),
	expires_at	timestamptz not null,
	ended_why	text
	    check (ended_why in ('logout', 'reuse', 'crowded', 'password'))
);
create index sessions_user_idx on sessions (user_id, created_at);
create index sessions_expires_idx on sessions (expires_at);

-- A family of tokens: each is used once and names the hash of its successor.
-- Used ones stay as long as their session, to be recognised.
create table refresh_tokens (
	hash		bytea primary key check (length(hash) = 32),
	session_id	uuid not null
	    references sessions (id) on delete cascade,
	expires_at	timestamptz not null,
	used_at		timestamptz,
	salt		bytea,
	successor	bytea,
	check ((used_at is null) = (salt is null)
	    and (used_at is null) = (successor is null))
);
create index refresh_tokens_session_idx on refresh_tokens (session_id);

-- Attempts of an account or an address in a window that begins with the
-- first. An attempt counts before its outcome is known, so that many at once
-- cannot pass; success gives it back.
create table login_attempts (
	key		bytea primary key,
	since		timestamptz not null,
	touched		timestamptz not null,
	attempts	bigint not null,
	failures	bigint not null
);
create index login_attempts_since_idx on login_attempts (since);

create function auth_key(p_kind text, p_name text) returns bytea
language sql immutable parallel safe
set search_path = pg_catalog, bursar, pg_temp
return sha256(convert_to(p_kind || ':' || lower(btrim(p_name)), 'UTF8'));

-- Count an attempt: 0, or the seconds to wait when there were too many. An
-- attempt that has been silent for 15 s is not under way any more.
create function auth_attempt(p_key bytea, p_limit bigint) returns bigint
language plpgsql
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	t	timestamptz := clock_timestamp();
	r	login_attempts;
begin
	insert into login_attempts values (p_key, t, t, 0, 0)
	    on conflict (key) do nothing;
	select * into r from login_attempts where key = p_key for update;
	if r.since <= t - interval '15 minutes' then
		r.since := t;
		r.attempts := 0;
		r.failures := 0;
	end if;
	if r.attempts >= p_limit then
		if r.failures < p_limit and r.touched > t - interval '15 s' then
			return 1;
		end if;
		return greatest(1, ceil(extract(epoch from
		    r.since + interval '15 minutes' - t)))::bigint;
	end if;
	update login_attempts
	   set since = r.since, touched = t, attempts = r.attempts + 1,
	       failures = r.failures
	 where key = p_key;
	return 0;
end
$$;

-- What is known of a name that wants to log in; without an id when it may
-- not, so that the caller does the same work for both.
create function auth_login_begin(p_username text, p_address text,
    p_tenant uuid, p_account_limit bigint, p_address_limit bigint)
returns table (wait_s bigint, user_id uuid, username text, name text,
    password_hash text, tenant_id uuid, tenant_name text, role text)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
#variable_conflict use_column
declare
	waits	bigint;
begin
	delete from login_attempts where key in (
	    select key from login_attempts
	     where since < now() - interval '1 hour'
	     order by since limit 8 for update skip locked);
	waits := auth_attempt(auth_key('address', p_address),
	    p_address_limit);
	if waits = 0 then
		waits := auth_attempt(auth_key('account', p_username),
		    p_account_limit);
		if waits > 0 then
			update login_attempts set failures = failures + 1
			 where key = auth_key('address', p_address);
		end if;
	end if;
	if waits > 0 then
		return query select waits, null::uuid, null::text, null::text,
		    null::text, null::uuid, null::text, null::text;
		return;
	end if;
	return query
	select 0::bigint, w.id, w.username, w.name, w.password_hash,
	       w.tenant_id, w.tenant_name, w.role
	  from (values (1)) as one
	  left join lateral (
		select u.id, u.username, u.name, u.password_hash,
		       m.tenant_id, t.name as tenant_name, m.role
		  from users u
		  join memberships m on m.user_id = u.id
		  join tenants t on t.id = m.tenant_id
		 where lower(u.username) = lower(btrim(p_username))
		   and not u.disabled
		   and (p_tenant is null or m.tenant_id = p_tenant)
		 order by m.created_at, m.tenant_id
		 limit 1) as w on true;
end
$$;

create function auth_login_failed(p_username text, p_address text)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	update login_attempts set failures = failures + 1
	 where key = auth_key('address', p_address);
	update login_attempts set failures = failures + 1
	 where key = auth_key('account', p_username);
end
$$;

-- Begin a session, unless the user was disabled or given another password
-- meanwhile. The oldest end when there are too many.
create function auth_login_done(p_session uuid, p_user uuid, p_tenant uuid,
    p_address text, p_user_agent text, p_token bytea, p_idle_s bigint,
    p_hash text, p_new_hash text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	u	users;
begin
	select * into u from users
	 where id = p_user and not disabled and password_hash = p_hash
	   for no key update;
	if not found then
		return false;
	end if;
	update login_attempts set attempts = greatest(attempts - 1, 0)
	 where key = auth_key('address', p_address);
	update login_attempts set attempts = 0, failures = 0
	 where key = auth_key('account', u.username);
	update users set password_hash = p_new_hash
	 where id = p_user and p_new_hash is not null;
	insert into sessions
	    (id, user_id, tenant, address, user_agent, expires_at)
	values (p_session, p_user, p_tenant, p_address,
	    left(p_user_agent, 200), now() + interval '90 days');
	insert into refresh_tokens (hash, session_id, expires_at)
	values (p_token, p_session, now() + p_idle_s * interval '1 s');
	update sessions set expires_at = now(), ended_why = 'crowded'
	 where id in (
		select id from sessions
		 where user_id = p_user and expires_at > now()
		 order by created_at desc, id desc offset 500);
	delete from sessions where id in (
	    select id from sessions
	     where expires_at < now() - interval '7 days'
	     order by expires_at limit 8 for update skip locked);
	return true;
end
$$;

-- Whose session that is and what they may do now; no row when it has ended,
-- the user was disabled or has left the tenant.
create function auth_session_live(p_session uuid)
returns table (user_id uuid, tenant_id uuid, role text)
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
#variable_conflict use_column
begin
	return query select s.user_id, s.tenant, m.role
	  from sessions s
	  join users u on u.id = s.user_id and not u.disabled
	  join memberships m
	    on m.tenant_id = s.tenant and m.user_id = s.user_id
	 where s.id = p_session and s.expires_at > now();
end
$$;

-- The same with the names that go with it.
create function auth_session_names(p_session uuid)
returns table (user_id uuid, username text, name text, tenant_id uuid,
    tenant_name text, role text, left_s bigint)
language plpgsql stable security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
#variable_conflict use_column
begin
	return query select s.user_id, u.username, u.name, s.tenant, t.name,
	       m.role, extract(epoch from s.expires_at - now())::bigint
	  from sessions s
	  join users u on u.id = s.user_id and not u.disabled
	  join memberships m
	    on m.tenant_id = s.tenant and m.user_id = s.user_id
	  join tenants t on t.id = s.tenant
	 where s.id = p_session and s.expires_at > now();
end
$$;

-- Of a token that was used: may its answer be given again? Only for 10 s,
-- and only while its successor was not used.
create function auth_token_forgiven(t refresh_tokens) returns boolean
language plpgsql
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	return t.used_at > clock_timestamp() - interval '10 s'
	    and exists (select from refresh_tokens s
		where s.hash = t.successor and s.used_at is null);
end
$$;

-- The session that a token still keeps alive, without using it up.
create function auth_session_of_token(p_hash bytea) returns uuid
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
declare
	t	refresh_tokens;
begin
	select * into t from refresh_tokens where hash = p_hash;
	if t.used_at is null and t.expires_at > now()
	    or auth_token_forgiven(t) then
		return t.session_id;
	end if;
	return null;
end
$$;

-- Use a token up and put its successor in its place. The outcome: `new`;
-- `again`, when the first answer was lost (then the salt is that answer's);
-- `reused`, when somebody has an old one, which ends the session; `dead`.
create function auth_refresh(p_hash bytea, p_salt bytea, p_successor bytea,
    p_idle_s bigint)
returns table (outcome text, session_id uuid, salt text)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
#variable_conflict use_column
declare
	t	refresh_tokens;
	s	sessions;
begin
	select * into s from sessions where id = (
	    select r.session_id from refresh_tokens r where r.hash = p_hash)
	   for update;
	if not found or s.expires_at <= clock_timestamp() then
		return query select 'dead', s.id, null::text;
		return;
	end if;
	select * into t from refresh_tokens r where r.hash = p_hash;
	if t.used_at is null and t.expires_at <= clock_timestamp() then
		return query select 'dead', s.id, null::text;
	elsif t.used_at is null then
		update refresh_tokens r
		   set used_at = clock_timestamp(), salt = p_salt,
		       successor = p_successor
		 where r.hash = p_hash;
		insert into refresh_tokens (hash, session_id, expires_at)
		values (p_successor, s.id,
		    clock_timestamp() + p_idle_s * interval '1 s');
		update sessions set used_at = clock_timestamp()
		 where id = s.id;
		return query select 'new', s.id, encode(p_salt, 'hex');
	elsif auth_token_forgiven(t) then
		return query select 'again', s.id, encode(t.salt, 'hex');
	else
		update sessions
		   set expires_at = clock_timestamp(), ended_why = 'reuse'
		 where id = s.id;
		return query select 'reused', s.id, null::text;
	end if;
end
$$;

create function auth_session_end(p_session uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
begin
	update sessions set expires_at = now(), ended_why = 'logout'
	 where id = p_session and expires_at > now();
end
$$;

-- For the owner's tools: a tenant of that name with that user in that role.
-- A hash given for a user who exists replaces theirs and ends their sessions.
create function auth_seed(p_tenant text, p_username text, p_name text,
    p_hash text, p_role text, p_tenant_id uuid, p_user_id uuid)
returns table (tenant_id uuid, user_id uuid)
language plpgsql security definer
set search_path = pg_catalog, bursar, pg_temp
as $$
#variable_conflict use_column
declare
	t	uuid;
	u	uuid;
begin
	perform pg_advisory_xact_lock(hashtext('bursar.auth_seed'));
	select id into t from tenants where name = p_tenant
	 order by created_at, id limit 1;
	t := coalesce(t, p_tenant_id);
	perform set_config('app.tenant_id', t::text, true);
	insert into tenants (id, name) values (t, p_tenant)
	    on conflict (id) do nothing;
	select id into u from users
	 where lower(username) = lower(btrim(p_username));
	if u is null then
		u := p_user_id;
		insert into users (id, username, name, password_hash)
		values (u, btrim(p_username), p_name, p_hash);
	elsif p_hash is not null then
		update users set password_hash = p_hash where id = u;
		update sessions set expires_at = now(), ended_why = 'password'
		 where user_id = u and expires_at > now();
	end if;
	insert into memberships (tenant_id, user_id, role)
	values (t, u, p_role)
	    on conflict (tenant_id, user_id) do update
	   set role = excluded.role;
	return query select t, u;
end
$$;

grant execute on function
    auth_login_begin(text, text, uuid, bigint, bigint),
    auth_login_failed(text, text),
    auth_login_done(uuid, uuid, uuid, text, text, bytea, bigint, text, text),
    auth_session_live(uuid),
    auth_session_names(uuid),
    auth_session_of_token(bytea),
    auth_refresh(bytea, bytea, bytea, bigint),
    auth_session_end(uuid)
    to bursar_app;
