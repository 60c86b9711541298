#!/bin/sh
# `make bench`: how fast it is, as ratios against references measured in the
# same run on the same machine. A table at the end; no pass, no fail.
#   SECONDS_EACH=8 make bench     longer runs
#   STREAMS=2000 make bench       fewer live streams than 10000
set -eu
cd "$(dirname "$0")/../.."

build=${B:-build}
each=${SECONDS_EACH:-5}
clients=64
work=$(mktemp -d /tmp/bench.XXXXXX)
chmod 755 "$work"
port=0 server= bare=

# ---- starting and stopping ---------------------------------------------------

free_port()
{
	/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

stop_all()
{
	trap '' INT TERM
	for pid in $server $bare; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || :
	done
	sh tests/redis.sh stop "$work/redis" >/dev/null 2>&1 || :
	sh tests/pg.sh drop "$work/pg" >/dev/null 2>&1 || :
	rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

until_up()
{
	tries=100
	until curl -fs -o /dev/null "$1"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "no answer from $1" >&2; exit 1; }
		sleep 0.1
	done
}

for tool in wrk pgbench curl; do
	command -v $tool >/dev/null || PATH=$PATH:$(pg_config --bindir)
	command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done

echo "starting PostgreSQL, Redis and the server ..."
pg=$(sh tests/pg.sh start "$work/pg")
redis=$(sh tests/redis.sh start "$work/redis")
export BURSAR_OWNER_URL="host=$pg dbname=bursar user=postgres"
export BURSAR_DATABASE_URL="host=$pg dbname=bursar user=bursar_app"
export BURSAR_REDIS_URL="unix://$work/redis/redis.sock"
BURSAR_SECRET=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
export BURSAR_SECRET BURSAR_WORKERS=2 BURSAR_LOG_LEVEL=warn
port=$(free_port)
export BURSAR_LISTEN=127.0.0.1:$port
url=http://127.0.0.1:$port
"$build/bursar" migrate >/dev/null
"$build/bursar" seed >/dev/null
# In a session of its own, as a service is: the kernel shares the processor
# out by session, and the load must not eat from the server's plate.
setsid "$build/bursar" serve >"$work/log" 2>&1 &
server=$!
until_up $url/health
bare_port=$(free_port)
setsid "$build/bare" $bare_port 2 >/dev/null 2>&1 &
bare=$!
until_up http://127.0.0.1:$bare_port/

token()
{
	curl -fs -d username=demo -d password=demo123 $url/api/auth/token |
	    sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}
auth="authorization: Bearer $(token)"

# ---- measuring ----------------------------------------------------------------

workers()
{
	cat /proc/$server/task/$server/children
}

# Milliseconds of processor time that the workers have used.
cpu_ms()
{
	for pid in $(workers); do cat /proc/$pid/stat; done |
	    awk '{ t += $14 + $15 } END { print t * 10 }'
}

# The largest worker's memory in KiB.
memory_kib()
{
	for pid in $(workers); do
		awk '/^VmRSS/ { print $2 }' /proc/$pid/status
	done | sort -n | tail -1
}

any="accept-encoding: identity" coding=$any

# A second that is not counted: connections, caches, pages.
warm()
{
	wrk -t2 -c$clients -d1s -H "$auth" "$1" >/dev/null
}

# rate p99_ms requests, of an address
load()
{
	wrk -t2 -c$clients -d${each}s --latency -H "$auth" -H "$coding" "$1" |
	    awk '/Requests\/sec/ { rate = $2 }
		/ 99%/ { p = $2; ms = p + 0; if (p ~ /us$/) ms /= 1000
			if (p !~ /ms$/ && p ~ /s$/ && p !~ /us$/) ms *= 1000 }
		/requests in/ { n = $1 }
		/Non-2xx/ { bad = $NF }
		END { printf "%.0f %.2f %d %d\n", rate, ms, n, bad }'
}

# One line of the table: what, rate, p99, ratio to a reference, CPU a read.
row()
{
	printf '%-42s %9s %9s %9s %9s\n' "$@"
}

tenant=$(psql -XAtq -h "$pg" -U postgres bursar \
    -c "select id from bursar.tenants limit 1")
awk '/^-- [a-z_ ]+:/ { on = /^-- position_open:/ } !/^--/ && on' \
    src/portfolio/portfolio.sql | sed 's/\$1/:tenant/g; s/\$2::uuid/null::uuid/g
	s/\$2/null::uuid/g' >"$work/select.sql"
{
	echo 'begin;'
	echo "select set_config('app.tenant_id', :tenant, true);"
	cat "$work/select.sql"
	echo 'commit;'
} | sed "s/:tenant/'$tenant'/" >"$work/literal.sql"
# The tenant stays a parameter of the statement, as it is in the program.
sed "s/set_config('app.tenant_id', '[^']*'/set_config('app.tenant_id', :tenant::text/" \
    "$work/literal.sql" >"$work/pgbench.sql"

reference_sql()
{
	PGOPTIONS='-c search_path=bursar' pgbench -n -M prepared -c "$1" -j 2 \
	    -T "$each" -f "$work/pgbench.sql" -D tenant="$tenant" -h "$pg" \
	    -U bursar_app bursar 2>/dev/null | awk '/^tps/ { printf "%.0f", $3 }'
}

echo "measuring, $each s each at $clients connections ..."
echo
row what "per s" "p99 ms" ratio "cpu ms"
row ---- ----- ------ ----- ------

few=$(reference_sql 8)
many=$(reference_sql $clients)
sql=$few
[ "${many:-0}" -gt "$few" ] && sql=$many
row "same statements, pgbench, unpipelined" "$sql" - 1.00 -

warm http://127.0.0.1:$bare_port/
set -- $(load http://127.0.0.1:$bare_port/)
bare_rate=$1
row "bare handler, 300 bytes" "$1" "$2" 1.00 -

# of a path, against a reference rate
measure()
{
	warm "$url$2"
	before=$(cpu_ms)
	set -- "$1" "$2" "$3" $(load "$url$2")
	used=$(($(cpu_ms) - before))
	ratio=$(awk "BEGIN { printf \"%.2f\", $4 / $3 }")
	cpu=$(awk "BEGIN { printf \"%.4f\", $used / ($6 > 0 ? $6 : 1) }")
	[ "$7" -eq 0 ] || echo "$7 answers of $2 were not 2xx" >&2
	row "$1" "$4" "$5" "$ratio" "$cpu"
	last_p99=$5
}

measure "GET dashboard/positions" /api/dashboard/positions "$sql"
calm_p99=$last_p99
first_kib=$(memory_kib)
measure "GET dashboard/overview" /api/dashboard/overview "$sql"
measure "GET dashboard/quote (cached)" /api/dashboard/quote/AAPL "$bare_rate"
measure "GET health" /health "$bare_rate"

# The market: ten years of bars in one answer, search over 100,000 assets, at
# 16 connections, beside the same statements said by pgbench.
psql -XAtq -h "$pg" -U postgres bursar -f tests/load/market.sql >/dev/null
bench_id=$(psql -XAtq -h "$pg" -U postgres bursar -c "select id from
    bursar.instruments where source = 'bench' order by symbol limit 1")

# statement values…: the room's statement with its parameters written in;
# rate and p99. Sessions are as the server's are.
market_sql()
{
	awk -v name="$1" '$0 ~ "^-- global " name ":" { on = 1; next }
		/^-- global / { on = 0 } on' src/market/market.sql |
	    grep -v '^--' >"$work/market.sql"
	shift
	n=$#
	while [ $n -gt 0 ]; do
		eval "value=\${$n}"
		sed -i "s/\\\$$n\\b/$value/g" "$work/market.sql"
		n=$((n - 1))
	done
	(cd "$work" && PGOPTIONS='-c search_path=bursar -c jit=off' pgbench \
	    -n -M prepared -c 16 -j 2 -T "$each" -l --log-prefix=said \
	    -f market.sql -h "$pg" -U bursar_app bursar 2>/dev/null) |
	    awk '/^tps/ { printf "%.0f ", $3 }'
	sort -n -k3,3 "$work"/said.* | awk '{ us[NR] = $3 }
		END { printf "%.2f\n", us[int(NR * 0.99)] / 1000 }'
	rm -f "$work"/said.*
}

# What the search asks for a leading term and those beside it.
search_sql()
{
	market_sql asset_search "'{$1}'::text[]" "'{$2}'::text[]" \
	    "'{}'::text[]" null::text null::text null::text null::text \
	    null::text false 0 21
}

wide=$clients clients=16
set -- $(market_sql price_chunk "'$bench_id'::uuid" "'2016-01-01'::date" \
    "'2025-12-31'::date" 20000)
bars_sql=$1
row "ten years of bars, pgbench, 16" "$1" "$2" 1.00 -
years="from=2016-01-01&to=2025-12-31"
measure "GET prices, ten years, 16" "/api/v1/prices?symbol=Z1&$years" \
    "$bars_sql"
coding="accept-encoding: gzip"
measure "GET prices, ten years, gzip, 16" "/api/v1/prices?symbol=Z1&$years" \
    "$bars_sql"
coding=$any
measure "GET prices, 500 points of them" \
    "/api/v1/prices?symbol=Z1&$years&points=500" "$bars_sql"
for q in pacif "pacific sol" Z1A; do
	term=$(echo "${q%% *}" | tr A-Z a-z)
	others=${q#"${q%% *}"}
	set -- $(search_sql "$term" "${others:+%$others%}")
	find_sql=$1
	row "search of 100,000: $q, pgbench, 16" "$1" "$2" 1.00 -
	measure "GET assets?q=$q, 16" \
	    "/api/v1/assets?q=$(echo "$q" | tr ' ' +)&limit=20" "$find_sql"
done
set -- $(search_sql zephyr "")
measure "GET assets?q=zephyr, 16" "/api/v1/assets?q=zephyr&limit=20" "$1"
measure "GET assets?q=zephir (misspelt), 16" \
    "/api/v1/assets?q=zephir&limit=20" "$1"
clients=2
measure "GET prices, ten years, 2" "/api/v1/prices?symbol=Z10&$years" \
    "$bars_sql"
measure "GET assets?q=pacif, 2" "/api/v1/assets?q=pacif&limit=20" "$1"
clients=$wide

# Log-ins beside it: argon2id must not be felt by others.
( while :; do token >/dev/null || sleep 0.1; done ) & l1=$!
( while :; do token >/dev/null || sleep 0.1; done ) & l2=$!
measure "positions while others log in" /api/dashboard/positions "$sql"
kill $l1 $l2 2>/dev/null; wait $l1 $l2 2>/dev/null || :
measure "positions, once more" /api/dashboard/positions "$sql"
last_kib=$(memory_kib)

echo
awk "BEGIN {
	printf \"largest worker: %.1f MiB, %+.1f MiB since the first run\n\", \
	    $last_kib / 1024, ($last_kib - $first_kib) / 1024
	printf \"p99 of positions without log-ins: %s ms\n\", $calm_p99 }"

# Live streams: how long a price takes to the last of them, and what each
# costs. The clients run on the same processors as the server.
streams()
{
	echo
	echo "$1:"
	shift
	"$build/streams" $port "$(token)" "${STREAMS:-10000}" 20 \
	    "$work/redis/redis.sock" $server "$@" | sed 's/^/  /'
}

streams "live streams of everything"
sleep 2
# Requests beside them: no turn of sending may be felt.
streams "live streams of everything, with requests beside them" >"$work/beside" &
crowd=$!
sleep 6
row what "per s" "p99 ms" ratio "cpu ms"
measure "GET health beside the streams" /health "$bare_rate"
wait $crowd || :
cat "$work/beside"
sleep 2
streams "live streams of ten symbols each" \
    AAPL,MSFT,GOOGL,AMZN,NVDA,SPY,QQQ,TSLA,META,BENCH
