-- The last two sessions of exchanges, as their calendars have them, so that
-- what is of today can be told around holidays. Kept by one process of all.

-- `name` is what an instrument says it is listed on: its code or its
-- provider's name. `newest` has begun; `kept` is the session before it.
create table exchange_days (
	name		text primary key check (length(name) between 1 and 200),
	zone		text not null,
	newest		date not null,
	kept		date not null,
	check (kept < newest)
);
grant select, insert, update on exchange_days to bursar_app;

-- The session a price belongs to, where its exchange is known: of the day
-- there, and on a holiday of the session before. Else as session_day tells.
create function session_of(at timestamptz, kind text, source text,
    zone text, newest date)
    returns date
    language sql stable parallel safe
as $$
	select case when zone is null or kind = 'crypto' or source = 'simulated'
	       then session_day(at, kind, source)
	       else least((at at time zone zone)::date, newest) end
$$;
grant execute on function session_of(timestamptz, text, text, text, date)
    to bursar_app;
