-- Search as you type over many assets, with typing errors, without an
-- extension: each word of an asset's symbol, names and identifiers is a row
-- in order of words, so that what is typed is a range of an index; and each
-- word of a name is found by what remains of its first six letters when any
-- one of them is left out, so that a wrong, missing, doubled or swapped
-- letter is found by equality.

-- Lower case, without accents, cut at what is neither letter nor digit.
create function search_split(t text)
    returns text[]
    language sql immutable parallel safe
as $$
	select array(select w from unnest(regexp_split_to_array(translate(
	    replace(replace(replace(lower(t), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
	    'àáâãäåāăąçćčďđèéêëēęěìíîïīłñńňòóôõöøōőŕřśšşťţùúûüūůűýÿźżž&''',
	    'aaaaaaaaacccddeeeeeeeiiiiilnnnoooooooorrsssttuuuuuuuyyzzz'),
	    '[^[:alnum:]]+')) as w where w <> '');
$$;

-- What remains of a word's beginning without one letter, and with all.
create function search_remains(word text)
    returns setof text
    language sql immutable parallel safe
as $$
	select p from (select left(word, 6) as p) x
	union
	select left(p, i - 1) || substr(p, i + 1)
	  from (select left(word, 6) as p) x,
	       generate_series(1, length(p)) as i;
$$;

create table search_words (
	word		text collate "C" not null,
	instrument_id	uuid not null
	    references instruments (id) on delete cascade,
	-- 0 symbol, 1 identifier, 2 first word of the name, 3 another one
	part		smallint not null,
	weight		smallint not null,
	primary key (instrument_id, word, part)
);
create index search_words_word_idx on search_words (word, part, weight desc)
    include (instrument_id);
-- So that what is well known is found however little was typed.
create index search_words_known_idx on search_words (word, part, weight desc)
    include (instrument_id) where weight >= 9;

create table search_variants (
	variant		text collate "C" not null,
	word		text collate "C" not null,
	primary key (variant, word)
);

grant execute on function search_split(text), search_remains(text)
    to bursar_app;
grant select on search_words, search_variants to bursar_app;

-- Better known ones first: by the digits of what all shares cost; a fund or
-- an index counts like a large company.
create function search_weight(i instruments)
    returns smallint
    language sql immutable
as $$
	select (case when i.market_cap > 1 then least(floor(log(i.market_cap)),
	    20) when i.kind in ('index', 'etf', 'currency', 'crypto',
	    'commodity') then 10 else 5 end)::smallint;
$$;

-- The words of some assets anew.
create function search_index(ids uuid[])
    returns void
    language sql security definer
    set search_path = bursar, pg_temp
as $$
	delete from search_words
	 where instrument_id = any (ids) and part in (0, 2, 3);
	with of as materialized (
		select i.id, i.symbol, search_weight(i) as weight,
		       search_split(i.name) as words
		  from instruments i where i.id = any (ids)
	), parts as (
		select id, lower(symbol) as word, 0 as part, weight from of
		union
		select id, lower(regexp_replace(symbol, '[^A-Z0-9]', '', 'g')),
		       0, weight
		  from of
		union
		select id, u.word, case when u.at = 1 then 2 else 3 end, weight
		  from of, unnest(words) with ordinality as u (word, at)
		 where length(u.word) <= 60
	)
	insert into search_words (word, instrument_id, part, weight)
	select word, id, part, weight from parts
	on conflict do nothing;
	with new as materialized (
		select distinct w.word from instruments i,
		       unnest(search_split(i.name)) as w (word)
		 where i.id = any (ids) and length(w.word) between 4 and 60
		   and not exists (select from search_variants v
			where v.variant = left(w.word, 6) and v.word = w.word)
	)
	insert into search_variants (variant, word)
	select r, n.word from new n, search_remains(n.word) r
	on conflict do nothing;
$$;

create function search_added()
    returns trigger
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
begin
	perform search_index(array(select id from added));
	return null;
end
$$;
create trigger search_added after insert on instruments
    referencing new table as added
    for each statement execute function search_added();

create function search_changed()
    returns trigger
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
declare
	ids uuid[] := array(select n.id
		from renewed n join gone o on o.id = n.id
		where (o.symbol, o.name, search_weight(o::instruments))
		    is distinct from
		    (n.symbol, n.name, search_weight(n::instruments)));
begin
	if cardinality(ids) > 0 then
		perform search_index(ids);
	end if;
	return null;
end
$$;
create trigger search_changed after update on instruments
    referencing old table as gone new table as renewed
    for each statement execute function search_changed();

create function search_identify()
    returns trigger
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
begin
	insert into search_words (word, instrument_id, part, weight)
	select w, i.id, case when new.kind = 'name' then 3 else 1 end,
	       search_weight(i)
	  from instruments i, unnest(search_split(new.value)) as w
	 where i.id = new.instrument_id and length(w) <= 60
	on conflict do nothing;
	insert into search_variants (variant, word)
	select r, w from unnest(search_split(new.value)) as w,
	       search_remains(w) r
	 where new.kind = 'name' and length(w) between 4 and 60
	on conflict do nothing;
	return null;
end
$$;
create trigger search_identified after insert on identifiers
    for each row execute function search_identify();

-- Those that are there.
select search_index(array(select id from instruments));

-- Lists with filters, by symbol.
create index instruments_kind_idx on instruments (kind, symbol);
