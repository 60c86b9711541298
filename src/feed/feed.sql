-- Calls of a day and a month, how providers are, the keys that tenants
-- bring, and what those brought.

-- global provider_take: one call out of a key's day and month, if both have it
select provider_take($1, $2::bigint, $3::bigint) as taken;

-- global provider_used: calls of this day and month
select name, span, calls
  from provider_calls
 where began = case span when 'day' then (now() at time zone 'UTC')::date
	else date_trunc('month', now() at time zone 'UTC')::date end;

-- global provider_tell: how a provider has been
insert into provider_health (name, succeeded_at, failed_at, failure, open_until)
values ($1, $2, $3, $4, now() + $5::bigint * interval '1 millisecond')
    on conflict (name) do update
   set succeeded_at = greatest(excluded.succeeded_at,
	    provider_health.succeeded_at),
       failed_at = greatest(excluded.failed_at, provider_health.failed_at),
       failure = case when excluded.failed_at >= coalesce(
	    provider_health.failed_at, '-infinity')
	    then excluded.failure else provider_health.failure end,
       open_until = excluded.open_until;

-- global provider_health: how the providers have been, from all processes
select name, succeeded_at, failed_at, failure, open_until > now() as open
  from provider_health;

-- provider_keys: keys that the tenant brought
select provider, fingerprint, state, set_at, checked_at
  from provider_keys
 where tenant_id = $1
 order by provider;

-- provider_key_open: a tenant's key as it is kept
select sealed, fingerprint, state
  from provider_keys
 where tenant_id = $1 and provider = $2;

-- provider_key_drop: a key goes, and all that it brought
delete from provider_keys where tenant_id = $1 and provider = $2;

-- provider_key_put: a key comes
insert into provider_keys (tenant_id, provider, sealed, fingerprint, set_by)
values ($1, $2, $3, $4, $5);

-- provider_key_proved: whether the provider takes it
update provider_keys
   set state = $4, checked_at = now()
 where tenant_id = $1 and provider = $2 and fingerprint = $3 and state <> $4;

-- provider_value_put: what a key brought, while that key is there
insert into provider_values (tenant_id, provider, kind, about, value)
select k.tenant_id, k.provider, $4, $5, $6
  from provider_keys k
 where k.tenant_id = $1 and k.provider = $2 and k.fingerprint = $3
    on conflict (tenant_id, provider, kind, about) do update
   set value = excluded.value, fetched_at = now();

-- provider_value: what a tenant's keys brought about something, newest first
select provider, value, extract(epoch from now() - fetched_at)::float8 as age_s
  from provider_values
 where tenant_id = $1 and kind = $2 and about = $3
 order by fetched_at desc
 limit 1;
