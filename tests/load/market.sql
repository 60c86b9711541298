-- For `make bench`: 100,000 assets to be searched, and ten years of daily
-- bars of a hundred of them.
set search_path = bursar;
insert into instruments (id, symbol, name, kind, currency, exchange, source)
select gen_random_uuid(), 'Z' || upper(to_hex(n)),
       initcap(w[1 + n % 40] || ' ' || w[1 + n / 40 % 40] || ' ' || w[1 + n / 1600 % 40])
       || ' ' || (array['Inc.', 'plc', 'AG', 'Corporation', 'Fund', 'ETF'])[1 + n % 6],
       (array['stock', 'stock', 'stock', 'stock', 'fund', 'etf'])[1 + n % 6],
       'USD', 'BENCH', 'bench'
  from generate_series(1, 100000) as n,
       (select array['global', 'pacific', 'united', 'first', 'american', 'national', 'digital',
	'green', 'solar', 'energy', 'health', 'medical', 'pharma', 'systems', 'software',
	'networks', 'data', 'cloud', 'mobile', 'materials', 'mining', 'silver', 'copper',
	'petroleum', 'water', 'logistics', 'shipping', 'airlines', 'motors', 'foods',
	'brewing', 'retail', 'realty', 'capital', 'financial', 'insurance', 'robotics',
	'marine', 'quantum', 'zephyr'] as w) as words;
insert into prices_daily (instrument_id, day, open, high, low, close, volume, source)
select i.id, d.day, o, o + 2, o - 2, o + 1, 1000000 + n * 37 % 900000, 'bench'
  from (select id, row_number() over (order by symbol) as k from instruments
	where source = 'bench' order by symbol limit 100) i,
       (select g::date as day, row_number() over (order by g) as n
	  from generate_series('2016-01-04'::date, '2025-12-31', '1 day') g
	 where extract(isodow from g) < 6 limit 2520) d,
       lateral (select round((50 + (k * 31 + n * 17) % 5000 / 100.0)::numeric, 2) as o) x;
vacuum analyze instruments;
vacuum analyze search_words;
vacuum analyze search_variants;
vacuum analyze prices_daily;
