#!/bin/sh
# The browser tests against a real server with everything its own: PostgreSQL
# and Redis on sockets in a temporary folder, a worker, the demo account, who
# is an operator, a free port.
#   tests/browser/run.sh [BUILD]     the program and the web app are there
set -u
cd "$(dirname "$0")/../.." || exit 1

build=${1:-build}
program=$build/bursar
server=
worker=
world=

die()
{
	echo "browser: $*" >&2
	echo "0 passed, 1 failed"
	exit 1
}

clean_up()
{
	trap '' INT TERM HUP
	[ -z "$worker" ] || { kill "$worker" && wait "$worker"; } 2>/dev/null
	[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
	[ -z "$world" ] || {
		sh tests/redis.sh stop "$world/redis"
		sh tests/pg.sh drop "$world/pg"
		rm -rf "$world"
	}
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

[ -x "$program" ] || die "$program is not built"
[ -f "$build/app/index.html" ] || die "$build/app is not built"
node_dir=$(sh deploy/node.sh "$build/node") || die "there is no node"
[ -z "$node_dir" ] || PATH=$node_dir:$PATH

world=$(mktemp -d /tmp/bw.XXXXXX) && chmod 755 "$world" || die "no folder"
sockets=$(sh tests/pg.sh start "$world/pg") || die "PostgreSQL does not start"
sh tests/redis.sh start "$world/redis" || die "Redis does not start"
where=$(echo "$sockets" | sed 's,/,%2F,g')
port=$(node -e 'const s = require("net").createServer();
    s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')

export BURSAR_DATABASE_URL="postgresql://bursar_app:unused@$where/bursar"
export BURSAR_REDIS_URL="unix://$world/redis/redis.sock"
export BURSAR_LISTEN="127.0.0.1:$port" BURSAR_APP_DIR="$PWD/$build/app"
case $build in /*) BURSAR_APP_DIR=$build/app ;; esac
BURSAR_SECRET=$(od -An -N32 -v -tx1 /dev/urandom | tr -d ' \n')
export BURSAR_SECRET BURSAR_OPERATORS=demo
for command in migrate seed; do
	BURSAR_OWNER_URL="postgresql://postgres@$where/bursar" \
	    "$program" $command >"$world/$command.log" 2>&1 ||
	    { tail -n 5 "$world/$command.log" >&2; die "$command failed"; }
done
"$program" serve >"$world/server.log" 2>&1 &
server=$!

tries=0
until node -e 'fetch(process.argv[1]).then((a) => process.exit(a.ok ? 0 : 1),
    () => process.exit(1))' "http://127.0.0.1:$port/readyz"; do
	tries=$((tries + 1))
	kill -0 "$server" 2>/dev/null && [ $tries -lt 60 ] ||
	    { tail -n 5 "$world/server.log" >&2; die "the server does not start"; }
	sleep 0.25
done

"$program" work >"$world/worker.log" 2>&1 &
worker=$!

BASE_URL=http://127.0.0.1:$port node tests/browser/run.mjs
status=$?
[ $status -eq 0 ] || { echo "the server's last words:"; tail -n 5 "$world/server.log"; }
exit $status
