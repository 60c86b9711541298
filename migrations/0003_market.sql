-- The market: what is traded, its daily bars, its last quotes, and what
-- companies did to their shares. Shared by all tenants, so without tenant_id;
-- prices are raw, as they were paid on the day.

create table instruments (
	id		uuid primary key,
	symbol		text not null
	    check (symbol ~ '^[A-Z0-9][A-Z0-9.^=-]{0,15}$'),
	name		text not null check (length(name) between 1 and 200),
	kind		text not null default 'stock',
	currency	text not null check (currency ~ '^[A-Z]{3}$'),
	exchange	text,
	country		text,
	sector		text,
	industry	text,
	logo		text,
	website		text,
	ipo		date,
	market_cap	numeric(38, 18),
	shares		numeric(38, 18),
	source		text not null,
	simulated	boolean not null default false,
	profile_at	timestamptz,
	created_at	timestamptz not null default now()
);
create unique index instruments_symbol_key on instruments (symbol);
create index instruments_name_idx on instruments (lower(name));

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
);

create table quotes (
	instrument_id	uuid primary key references instruments (id),
	price		numeric(38, 18) not null check (price > 0),
	previous_close	numeric(38, 18) check (previous_close > 0),
	open		numeric(38, 18),
	high		numeric(38, 18),
	low		numeric(38, 18),
	as_of		timestamptz not null,
	source		text not null,
	stale		boolean not null default false
) with (fillfactor = 50);

create table dividends (
	instrument_id	uuid not null references instruments (id),
	ex_day		date not null,
	amount		numeric(38, 18) not null check (amount > 0),
	primary key (instrument_id, ex_day)
);

create table splits (
	instrument_id	uuid not null references instruments (id),
	ex_day		date not null,
	numerator	bigint not null check (numerator > 0),
	denominator	bigint not null check (denominator > 0),
	primary key (instrument_id, ex_day)
);

grant select, insert, update on instruments, prices_daily, quotes, dividends,
    splits to bursar_app;
