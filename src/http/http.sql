-- once_claim: a key becomes this request's, unless somebody has it
insert into idempotency_keys (tenant_id, user_id, route, key, request_hash)
values ($1, $2, $3, $4, decode($5, 'hex'))
on conflict (tenant_id, user_id, route, key) do update
   set request_hash = excluded.request_hash, created_at = now(),
       status = null, reply = null
 where idempotency_keys.tenant_id = $1
   and idempotency_keys.created_at < now() - interval '24 hours';

-- once_find: what was answered to a key
select encode(request_hash, 'hex') as request_hash, status::bigint as status,
       reply
  from idempotency_keys
 where tenant_id = $1 and user_id = $2 and route = $3 and key = $4;

-- once_keep: the answer that a repeated request gets
update idempotency_keys set status = $5, reply = $6
 where tenant_id = $1 and user_id = $2 and route = $3 and key = $4;

-- once_forget: some of the keys that are too old to be asked for again
delete from idempotency_keys k
 using (select user_id, route, key from idempotency_keys
	 where tenant_id = $1 and created_at < now() - interval '24 hours'
	 order by created_at limit 20 for update skip locked) old
 where k.tenant_id = $1 and k.user_id = old.user_id
   and k.route = old.route and k.key = old.key;
