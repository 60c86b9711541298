-- Who holds what may be held once over all processes, while there is no
-- Redis to say so: a row of that name until a moment, renewed by its holder.

create table leases (
	name		text primary key check (length(name) <= 200),
	holder		text not null,
	until		timestamptz not null
);

grant select, insert, update on leases to bursar_app;
