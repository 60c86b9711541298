-- Roles and the schema: before every migration, as whoever migrates (a role
-- that may create roles, and schemas in this database). Each statement bears
-- being run again; another database of the same server may run it meanwhile.

do $$
begin
	if to_regrole('bursar_owner') is null then
		create role bursar_owner nologin nosuperuser nobypassrls;
	end if;
exception when duplicate_object or unique_violation then
	null;
end
$$;

do $$
begin
	if to_regrole('bursar_app') is null then
		create role bursar_app login nosuperuser nobypassrls
		    nocreatedb nocreaterole noinherit;
	end if;
exception when duplicate_object or unique_violation then
	null;
end
$$;

do $$
begin
	if not pg_has_role(current_user, 'bursar_owner', 'member') then
		execute format('grant bursar_owner to %I', current_user);
	end if;
end
$$;

do $$
begin
	if to_regnamespace('bursar') is null then
		create schema bursar authorization bursar_owner;
	end if;
end
$$;

grant usage on schema bursar to bursar_app;
