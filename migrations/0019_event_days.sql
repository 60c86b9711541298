-- Dividends and splits of all that is traded, by day.
create index dividends_day_idx on dividends (ex_day);
create index splits_day_idx on splits (ex_day);
