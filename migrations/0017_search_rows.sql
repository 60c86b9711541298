-- Search in one scan: each row of a word says beside it all that its asset is
-- found by, so that the other words of what is typed, and filters, are judged
-- where the scan is; and how well it suits, so that the best come first.

drop table search_words;

-- A filter's value, as it stands among an asset's words, and as it is looked
-- for there.
create function search_facet(kind text, value text)
    returns text
    language sql immutable parallel safe
as $$
	select '#' || kind || left(md5(value), 8);
$$;

create function search_like(kind text, value text)
    returns text
    language sql immutable parallel safe
as $$
	select '%' || search_facet(kind, value) || '%';
$$;

create table search_words (
	word		text collate "C" not null,
	instrument_id	uuid not null
	    references instruments (id) on delete cascade,
	-- 0 symbol, 1 identifier, 2 first word of the name, 3 another one
	part		smallint not null,
	weight		smallint not null,
	rank		smallint not null,
	-- ' symbol word word … #facet …'
	words		text collate "C" not null,
	primary key (instrument_id, word, part)
);
-- In the order of answers, for each word.
create index search_words_word_idx on search_words (word, rank desc, words)
    include (instrument_id, part);
-- So that what is well known is found however little was typed.
create index search_words_known_idx on search_words (word, rank desc, words)
    include (instrument_id, part) where weight >= 9;
create index search_words_known1_idx
    on search_words (left(word, 1), rank desc, words)
    include (word, instrument_id, part) where weight >= 9;
create index search_words_known2_idx
    on search_words (left(word, 2), rank desc, words)
    include (word, instrument_id, part) where weight >= 9;
create index search_words_known3_idx
    on search_words (left(word, 3), rank desc, words)
    include (word, instrument_id, part) where weight >= 9;

grant execute on function search_facet(text, text), search_like(text, text)
    to bursar_app;
grant select on search_words to bursar_app;

-- The words of some assets anew. Whoever is second for an asset waits, and
-- sees what the first has written.
create or replace function search_index(ids uuid[])
    returns void
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
begin
	perform from instruments where id = any (ids)
	  order by id for no key update;
	delete from search_words where instrument_id = any (ids);
	with of as materialized (
		select i.id, search_weight(i) as weight, concat_ws(' ',
		       search_facet('k', i.kind), search_facet('e', i.exchange),
		       search_facet('c', i.currency),
		       search_facet('s', i.sector), search_facet('l', i.country))
		       as facets
		  from instruments i where i.id = any (ids)
	), parts as materialized (
		select i.id, w as word, 0 as part, at
		  from instruments i, unnest(search_split(i.symbol) || lower(
			regexp_replace(i.symbol, '[^A-Z0-9]', '', 'g')))
		       with ordinality as u (w, at)
		 where i.id = any (ids)
		union all
		select i.id, w, case when at = 1 then 2 else 3 end, at
		  from instruments i,
		       unnest(search_split(i.name)) with ordinality as u (w, at)
		 where i.id = any (ids)
		union all
		select n.instrument_id, w, case when n.kind = 'name' then 3
		       else 1 end, at
		  from identifiers n,
		       unnest(search_split(n.value)) with ordinality as u (w, at)
		 where n.instrument_id = any (ids)
	), whole as (
		select id, left(' ' || string_agg(word, ' ' order by part, at)
		       || ' ', 400) as words
		  from (select id, word, min(part) as part, min(at) as at
			  from parts group by id, word) p
		 group by id
	)
	insert into search_words
	    (word, instrument_id, part, weight, rank, words)
	select distinct on (p.id, p.word, p.part) p.word, p.id, p.part,
	       o.weight, o.weight + (array[4, 2, 3, 0])[p.part + 1],
	       w.words || o.facets
	  from parts p join of o using (id) join whole w using (id)
	 where length(p.word) between 1 and 60
	on conflict do nothing;
	with new as materialized (
		select distinct w.word
		  from (select i.name from instruments i
			 where i.id = any (ids)
			union all
			select n.value from identifiers n
			 where n.instrument_id = any (ids)
			   and n.kind = 'name') t (name),
		       unnest(search_split(t.name)) as w (word)
		 where length(w.word) between 4 and 60
		   and not exists (select from search_variants v
			where v.variant = left(w.word, 6) and v.word = w.word)
	)
	insert into search_variants (variant, word)
	select r, n.word from new n, search_remains(n.word) r
	on conflict do nothing;
end
$$;

create or replace function search_changed()
    returns trigger
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
declare
	ids uuid[] := array(select n.id
		from renewed n join gone o on o.id = n.id
		where (o.symbol, o.name, o.kind, o.exchange, o.currency,
			o.sector, o.country, search_weight(o::instruments))
		    is distinct from
		    (n.symbol, n.name, n.kind, n.exchange, n.currency,
			n.sector, n.country, search_weight(n::instruments)));
begin
	if cardinality(ids) > 0 then
		perform search_index(ids);
	end if;
	return null;
end
$$;

create or replace function search_identify()
    returns trigger
    language plpgsql security definer
    set search_path = bursar, pg_temp
as $$
begin
	perform search_index(array(select distinct instrument_id from told));
	return null;
end
$$;
drop trigger search_identified on identifiers;
create trigger search_identified after insert on identifiers
    referencing new table as told
    for each statement execute function search_identify();
create trigger search_forgotten after delete on identifiers
    referencing old table as told
    for each statement execute function search_identify();

-- Those that are there.
select search_index(array(select id from instruments));
