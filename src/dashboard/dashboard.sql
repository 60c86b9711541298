-- performance_days: kept values and returns, from a day on
select day as date, value as total_value, return as day_return
  from portfolio_days
 where tenant_id = $1 and portfolio_id = $2 and day >= $3
 order by day;
