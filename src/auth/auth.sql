-- global auth_login_begin: what is known of a name, or how long it must wait
select wait_s, user_id, username, name, password_hash, tenant_id,
       tenant_name, role
  from auth_login_begin($1, $2, $3, $4, $5);

-- global auth_login_failed: an attempt did not succeed
select from auth_login_failed($1, $2);

-- global auth_login_done: an attempt succeeded, and a session begins
select auth_login_done($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9)
    as begun;

-- global auth_session_live: whose session that is, if it goes on
select user_id, tenant_id, role from auth_session_live($1);

-- global auth_sessions_live: the same for many; those that ended have no row
select s.id as session_id, l.user_id, l.tenant_id, l.role
  from unnest($1::uuid[]) as s (id)
 cross join lateral auth_session_live(s.id) l;

-- global auth_session_names: the same, with names
select user_id, username, name, tenant_id, tenant_name, role, left_s
  from auth_session_names($1);

-- global auth_session_by_token: the session that a refresh token keeps alive
select t.session_id, l.user_id, l.tenant_id, l.role
  from (select auth_session_of_token(decode($1, 'hex')) as session_id) t
 cross join lateral auth_session_live(t.session_id) l;

-- global auth_session_end: end one session
select from auth_session_end($1);

-- global auth_refresh: use a refresh token up
select outcome, session_id, salt
  from auth_refresh(decode($1, 'hex'), decode($2, 'hex'), decode($3, 'hex'),
	$4);

-- global auth_seed_hash: the hash of a user's password; for the owner's tools
select password_hash from users where lower(username) = lower($1);

-- global auth_seed: a tenant with a user in it; for the owner's tools
select tenant_id, user_id from auth_seed($1, $2, $3, $4, $5, $6, $7);
