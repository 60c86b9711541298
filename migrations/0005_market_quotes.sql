-- When a quote was last asked of its provider, whatever the answer: who was
-- asked longest ago is asked next. And which instruments anybody holds, so
-- that those are asked at all; it tells ids of instruments and nothing else.

alter table quotes add column checked_at timestamptz not null default now();

create policy held on positions for select to bursar_owner using (true);

create function instruments_held()
    returns table (instrument_id uuid)
    language sql stable security definer
    set search_path = bursar, pg_temp
as $$
	select distinct p.instrument_id from positions p
	 where p.quantity > 0;
$$;
grant execute on function instruments_held() to bursar_app;
