-- More kinds of activities: transfers of units, income in units, and what
-- companies do to what is held.

do $$
declare
	c text;
begin
	for c in select conname from pg_constraint
	     where conrelid = 'activities'::regclass and contype = 'c'
	       and pg_get_constraintdef(oid) like '%kind%' loop
		execute format('alter table activities drop constraint %I', c);
	end loop;
end
$$;

alter table activities
    add column into_id uuid references instruments (id),
    add column numerator bigint check (numerator > 0),
    add column denominator bigint check (denominator > 0),
    add column price_into numeric(38, 18) check (price_into >= 0),
    add column received numeric(38, 18) check (received >= 0),
    add column acquired_on date,
    add constraint activities_kind check (kind in ('buy', 'sell', 'deposit',
	'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'transfer_in',
	'transfer_out', 'reinvestment', 'stock_dividend', 'spin_off',
	'merger', 'rename', 'return_of_capital', 'staking', 'bonus')),
    add constraint activities_trade check (kind not in ('buy', 'sell')
	or (quantity is not null and price is not null)),
    add constraint activities_thing check ((kind in ('deposit', 'withdrawal',
	'interest', 'fee', 'tax')) = (instrument_id is null)),
    add constraint activities_into check ((kind in ('spin_off', 'merger',
	'rename')) = (into_id is not null));
