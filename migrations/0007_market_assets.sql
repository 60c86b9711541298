-- Many assets: daily bars partitioned by time, bars within the day, rates of
-- exchange, identifiers, what companies report, what is kept up to date and
-- how far it is, indicators that are stored, and a tenant's own instruments.

-- Daily bars. An instrument's range is one range of the key; a partition is
-- five years, so that ten years touch three and all of them are few enough
-- to be locked by every statement. What is older or later than any of them
-- goes where there is no bound.
alter table prices_daily rename to prices_daily_whole;
alter table prices_daily_whole rename constraint prices_daily_pkey
    to prices_daily_whole_pkey;
alter index prices_daily_stored_idx rename to prices_daily_whole_stored_idx;

create table prices_daily (
	instrument_id	uuid not null references instruments (id),
	day		date not null,
	open		numeric(38, 18) not null check (open > 0),
	high		numeric(38, 18) not null,
	low		numeric(38, 18) not null check (low > 0),
	close		numeric(38, 18) not null,
	adjusted_close	numeric(38, 18) check (adjusted_close > 0),
	volume		numeric(38, 18) not null default 0
	    check (volume >= 0),
	source		text not null,
	stored_at	timestamptz not null default now(),
	primary key (instrument_id, day),
	check (low <= least(open, close) and high >= greatest(open, close))
) partition by range (day);

create table prices_daily_old partition of prices_daily
    for values from (minvalue) to ('2000-01-01');
create table prices_daily_2000 partition of prices_daily
    for values from ('2000-01-01') to ('2005-01-01');
create table prices_daily_2005 partition of prices_daily
    for values from ('2005-01-01') to ('2010-01-01');
create table prices_daily_2010 partition of prices_daily
    for values from ('2010-01-01') to ('2015-01-01');
create table prices_daily_2015 partition of prices_daily
    for values from ('2015-01-01') to ('2020-01-01');
create table prices_daily_2020 partition of prices_daily
    for values from ('2020-01-01') to ('2025-01-01');
create table prices_daily_2025 partition of prices_daily
    for values from ('2025-01-01') to ('2030-01-01');
create table prices_daily_2030 partition of prices_daily
    for values from ('2030-01-01') to (maxvalue);

insert into prices_daily (instrument_id, day, open, high, low, close,
    adjusted_close, volume, source, stored_at)
select instrument_id, day, open, high, low, close, adjusted_close, volume,
       source, stored_at
  from prices_daily_whole;
drop table prices_daily_whole;
create index prices_daily_stored_idx on prices_daily (instrument_id, stored_at);
grant select, insert, update, delete on prices_daily to bursar_app;

-- What a bar said before another took its place.
create table bar_corrections (
	instrument_id	uuid not null references instruments (id),
	day		date not null,
	corrected_at	timestamptz not null default clock_timestamp(),
	open		numeric(38, 18) not null,
	high		numeric(38, 18) not null,
	low		numeric(38, 18) not null,
	close		numeric(38, 18) not null,
	volume		numeric(38, 18) not null,
	source		text not null,
	primary key (instrument_id, day, corrected_at)
);

-- Bars within the day: `at` is a bar's first moment, `minutes` its length.
-- A partition is a month, made when a bar of it first comes.
create table bars_intraday (
	instrument_id	uuid not null references instruments (id),
	minutes		smallint not null
	    check (minutes in (1, 5, 15, 30, 60)),
	at		timestamptz not null,
	open		numeric(38, 18) not null check (open > 0),
	high		numeric(38, 18) not null,
	low		numeric(38, 18) not null check (low > 0),
	close		numeric(38, 18) not null,
	volume		numeric(38, 18) not null default 0
	    check (volume >= 0),
	source		text not null,
	primary key (instrument_id, minutes, at),
	check (low <= least(open, close) and high >= greatest(open, close))
) partition by range (at);

create function bars_intraday_month(month date)
    returns void
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
declare
	first date := date_trunc('month', month);
	name text := 'bars_intraday_' || to_char(first, 'YYYYMM');
begin
	if first not between '1990-01-01' and '2099-12-01' then
		raise check_violation using message = 'no such month';
	end if;
	if to_regclass('bursar.' || name) is null then
		execute format('create table %I partition of bars_intraday'
		    ' for values from (%L) to (%L)', name,
		    first::text || ' 00:00+00',
		    (first + interval '1 month')::date::text || ' 00:00+00');
	end if;
exception when duplicate_table or unique_violation then
	null;
end
$$;
grant execute on function bars_intraday_month(date) to bursar_app;

-- Rates of exchange: units of `quote` for one `base` on a day. Central
-- banks' rates have base EUR, and every pair goes through it; a pair told
-- by itself goes before that.
create table fx_rates (
	base		text not null check (base ~ '^[A-Z]{3}$'),
	quote		text not null check (quote ~ '^[A-Z]{3}$'),
	day		date not null,
	rate		numeric(38, 18) not null check (rate > 0),
	source		text not null,
	stored_at	timestamptz not null default now(),
	primary key (base, quote, day),
	check (base <> quote)
);

-- Names of an instrument elsewhere. An ISIN is of all its listings.
create table identifiers (
	instrument_id	uuid not null references instruments (id),
	kind		text not null check (kind in ('isin', 'figi',
	    'composite_figi', 'share_class_figi', 'cik', 'cusip', 'sedol',
	    'wkn', 'name')),
	value		text not null check (length(value) between 1 and 200),
	source		text not null,
	stored_at	timestamptz not null default now(),
	primary key (instrument_id, kind, value)
);
create index identifiers_value_idx on identifiers (value collate "C", kind);

-- What a company reported: a metric of a period, or at its end when it
-- starts there. A later filing's value takes the place of an earlier one's.
create table fundamentals (
	instrument_id	uuid not null references instruments (id),
	metric		text not null check (length(metric) between 1 and 200),
	unit		text not null check (length(unit) between 1 and 40),
	period_start	date not null,
	period_end	date not null check (period_end >= period_start),
	value		numeric not null,
	fiscal_year	bigint,
	fiscal_period	text,
	form		text,
	filed		date not null,
	accession	text,
	source		text not null,
	stored_at	timestamptz not null default now(),
	primary key (instrument_id, metric, period_end, period_start, unit)
);

-- What does not look right about what was told, and whether it was settled.
create table quality_findings (
	id		uuid primary key,
	instrument_id	uuid references instruments (id),
	day		date,
	rule		text not null check (length(rule) between 1 and 60),
	severity	text not null
	    check (severity in ('note', 'warning', 'failure')),
	detail		text not null check (length(detail) <= 1000),
	source		text not null,
	found_at	timestamptz not null default now(),
	settled_at	timestamptz
);
create unique index quality_findings_open_key on quality_findings
    (instrument_id, rule, day, source) nulls not distinct
    where settled_at is null;
create index quality_findings_found_idx on quality_findings (found_at desc);

-- What shall be kept up to date of an instrument, and how far it is.
create table tracks (
	instrument_id	uuid not null references instruments (id),
	need		text not null check (need in ('daily', 'intraday',
	    'events', 'profile', 'fundamentals', 'identity')),
	enabled		boolean not null default true,
	from_day	date,
	watermark	date,
	-- a trigger: do it at the next opportunity, whatever the watermark
	wanted_at	timestamptz,
	wanted_from	date,
	done_at		timestamptz,
	failures	bigint not null default 0,
	last_error	text,
	primary key (instrument_id, need)
);
create index tracks_need_idx on tracks (need, instrument_id) where enabled;

-- Every change of the past of a series counts up: what was folded from it
-- before is folded anew. A bar after its newest does not.
alter table instruments
    add column series	bigint not null default 0,
    add column mic	text check (mic ~ '^[A-Z0-9]{4}$'),
    add column delisted_on date;

-- Indicators that are stored: how each is folded and how far it is. The
-- state is that of the stream after `bars` bars, the last of `last_day`.
create table indicators (
	id		bigint generated always as identity primary key,
	instrument_id	uuid not null references instruments (id),
	name		text not null check (length(name) between 1 and 40),
	params		double precision[] not null,
	state		double precision[] not null default '{}',
	bars		bigint not null default 0,
	last_day	date,
	series		bigint not null default -1,
	unique (instrument_id, name, params)
);
create table indicator_values (
	indicator_id	bigint not null
	    references indicators (id) on delete cascade,
	day		date not null,
	v1		double precision,
	v2		double precision,
	v3		double precision,
	v4		double precision,
	v5		double precision,
	primary key (indicator_id, day)
);

grant select, insert, update on fx_rates, identifiers, fundamentals,
    quality_findings to bursar_app;
grant select, insert on bar_corrections to bursar_app;
grant select, insert, update, delete on bars_intraday, tracks, indicators,
    indicator_values, dividends, splits, identifiers to bursar_app;

-- What only one tenant knows: instruments of its own, with prices by hand.
-- Their symbols begin with a dot, which no shared symbol does.
create table private_instruments (
	tenant_id	uuid not null references tenants (id),
	id		uuid not null,
	symbol		text not null
	    check (symbol ~ '^[.][A-Z0-9][A-Z0-9.-]{0,14}$'),
	name		text not null check (length(name) between 1 and 200),
	kind		text not null,
	currency	text not null check (currency ~ '^[A-Z]{3}$'),
	note		text check (length(note) <= 1000),
	version		bigint not null default 1,
	created_at	timestamptz not null default now(),
	archived_at	timestamptz,
	primary key (tenant_id, id)
);
create unique index private_instruments_symbol_key
    on private_instruments (tenant_id, symbol) where archived_at is null;

create table private_prices (
	tenant_id	uuid not null,
	instrument_id	uuid not null,
	day		date not null,
	price		numeric(38, 18) not null check (price > 0),
	stored_at	timestamptz not null default now(),
	primary key (tenant_id, instrument_id, day),
	foreign key (tenant_id, instrument_id)
	    references private_instruments (tenant_id, id)
);

do $$
declare
	t text;
begin
	foreach t in array array['private_instruments', 'private_prices'] loop
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
