-- figure_days: what the figures are computed from
select d.day, d.return, d.value::float8 as value, d.inflow::float8 as inflow,
       d.outflow::float8 as outflow, d.stale
  from portfolio_days d
 where d.tenant_id = $1 and d.portfolio_id = $2
 order by d.day;

-- figure_subject: what the portfolio is compared with, and how its sales went
select p.benchmark,
       count(a.id) filter (where a.realised is not null) as sales,
       count(a.id) filter (where a.realised > 0) as wins
  from portfolios p
  left join activities a on a.tenant_id = p.tenant_id
       and a.portfolio_id = p.id and a.kind = 'sell' and a.tenant_id = $1
 where p.tenant_id = $1 and p.id = $2
 group by p.benchmark;

-- global benchmark_closes: total return, as far as it is known
select p.day, coalesce(p.adjusted_close, p.close)::float8 as close
  from prices_daily p join instruments i on i.id = p.instrument_id
 where i.symbol = $1 and p.day >= $2 and p.day <= $3
 order by p.day;

-- figure_write: one row a portfolio
insert into portfolio_figures (tenant_id, portfolio_id, n, from_day, to_day,
    benchmark, total_return, annualised_return, mwr, volatility, sharpe,
    sortino, calmar, max_drawdown, drawdown_from, drawdown_to, beta, alpha,
    correlation, benchmark_return, var95, es95, win_rate, best_day,
    worst_day, reasons, warnings)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
    $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
on conflict (tenant_id, portfolio_id) do update
   set n = excluded.n, from_day = excluded.from_day,
       to_day = excluded.to_day, benchmark = excluded.benchmark,
       total_return = excluded.total_return,
       annualised_return = excluded.annualised_return, mwr = excluded.mwr,
       volatility = excluded.volatility, sharpe = excluded.sharpe,
       sortino = excluded.sortino, calmar = excluded.calmar,
       max_drawdown = excluded.max_drawdown,
       drawdown_from = excluded.drawdown_from,
       drawdown_to = excluded.drawdown_to, beta = excluded.beta,
       alpha = excluded.alpha, correlation = excluded.correlation,
       benchmark_return = excluded.benchmark_return, var95 = excluded.var95,
       es95 = excluded.es95, win_rate = excluded.win_rate,
       best_day = excluded.best_day, worst_day = excluded.worst_day,
       reasons = excluded.reasons, warnings = excluded.warnings,
       computed_at = now()
 where portfolio_figures.tenant_id = $1;

-- overview_one: totals and figures as they are kept
select p.id, p.currency, p.cash, p.paid_in, p.paid_out, p.realised,
       p.income, p.fees, p.taxes, g.from_day, g.to_day, g.n,
       coalesce(g.benchmark, p.benchmark) as benchmark, g.total_return,
       g.annualised_return, g.mwr, g.volatility, g.sharpe, g.sortino,
       g.calmar, g.max_drawdown, g.drawdown_from, g.drawdown_to, g.beta,
       g.alpha, g.correlation, g.benchmark_return, g.var95, g.es95,
       g.win_rate, g.best_day, g.worst_day, g.reasons, g.warnings,
       (select coalesce(sum(case a.kind
		when 'interest' then a.amount - a.withheld
		when 'fee' then -a.amount when 'tax' then -a.amount
		else 0 end), 0)
	  from activities a
	 where a.tenant_id = $1 and a.portfolio_id = p.id
	   and a.instrument_id is null
	   and a.on_day >= (select s.day
		  from session_day(now(), 'stock', 'market') s)) as day_cash
  from portfolios p
  left join portfolio_figures g on g.tenant_id = p.tenant_id
       and g.portfolio_id = p.id and g.tenant_id = $1
 where p.tenant_id = $1 and p.archived_at is null
   and case when $2::uuid is null then p.is_default else p.id = $2 end;

-- overview_holdings: what is held, with the last price of each
select i.symbol, i.name, i.kind, i.sector, i.currency, p.quantity,
       p.cost_base, f.currency as own,
       case when i.currency = f.currency then 1 else r.rate end as rate,
       coalesce(q.price, p.last_price) as price,
       coalesce(q.previous_close, q.price, p.last_price) as previous_close,
       q.as_of
  from portfolios f
  join positions p on p.tenant_id = f.tenant_id and p.portfolio_id = f.id
  join instruments i on i.id = p.instrument_id
  left join quotes q on q.instrument_id = p.instrument_id
  left join lateral (
	select k.rate, k.day
	  from rate_kept(i.currency, f.currency, current_date) as k
	 where i.currency <> f.currency
	offset 0) as r on true
 where f.tenant_id = $1 and f.archived_at is null and p.tenant_id = $1
   and case when $2::uuid is null then f.is_default else f.id = $2 end
   and p.quantity > 0
 order by i.symbol;

-- overview_session: what is held, and what was sold out of late, with what
-- was done in it in the session of its price; no session that counts is two
-- weeks old
with mine as materialized (
	select f.id, f.currency from portfolios f
	 where f.tenant_id = $1 and f.archived_at is null
	   and case when $2::uuid is null then f.is_default
	       else f.id = $2 end
), late as materialized (
	select array_agg(a.instrument_id) || array_agg(a.into_id) as dealt
	  from mine join activities a on a.portfolio_id = mine.id
	 where a.tenant_id = $1 and a.on_day >= current_date - 14
)
select p.quantity, coalesce(q.price, p.last_price) as price,
       coalesce(q.previous_close, q.price, p.last_price) as previous_close,
       not t.remade as fresh, t.units, t.paid, t.received,
       case when i.currency = mine.currency then 1
       else coalesce(r.rate, 0) end as rate
  from mine cross join late
  join positions p on p.portfolio_id = mine.id and p.tenant_id = $1
  join instruments i on i.id = p.instrument_id
  join quotes q on q.instrument_id = p.instrument_id
  left join exchange_days e on e.name = coalesce(i.mic, i.exchange)
  cross join lateral session_of(q.as_of, i.kind, q.source, e.zone, e.newest)
	as s (day)
  cross join lateral dealt_since($1, mine.id, p.instrument_id, s.day,
	p.instrument_id = any (late.dealt)) as t
  left join lateral (
	select k.rate, k.day
	  from rate_kept(i.currency, mine.currency, current_date) as k
	 where i.currency <> mine.currency
	offset 0) as r on true
 where (p.quantity > 0
	or p.instrument_id = any (late.dealt))
   and s.day >= coalesce(e.kept, (select k.day from session_kept(now()) k));

-- history_days: values of market days, with the benchmark's close of each
select d.day as date, d.value, d.cash, d.inflow - d.outflow as flow,
       d.return as day_return, d.wealth,
       (select coalesce(b.adjusted_close, b.close)::float8
          from prices_daily b
         where b.instrument_id = (select id from instruments
                where symbol = $5)
           and b.day <= d.day
         order by b.day desc limit 1) as benchmark
  from portfolio_days d
 where d.tenant_id = $1 and d.portfolio_id = $2
   and d.day >= $3 and d.day <= $4
 order by d.day;

-- history_edge: where a range begins: at the closes before its first day
select coalesce((select d.wealth from portfolio_days d
                  where d.tenant_id = $1 and d.portfolio_id = $2
                    and d.day < $3
                  order by d.day desc limit 1), 1) as wealth,
       (select coalesce(b.adjusted_close, b.close)::float8
          from prices_daily b
         where b.instrument_id = (select id from instruments
                where symbol = $4)
           and b.day < (select min(d.day) from portfolio_days d
                where d.tenant_id = $1 and d.portfolio_id = $2
                  and d.day >= $3)
         order by b.day desc limit 1) as benchmark;
