#!/bin/sh
# A private Redis for tests: on the socket DIR/redis.sock, nothing kept.
#   redis.sh start DIR [redis-server options]     redis.sh stop DIR
# Started by root it runs as nobody, who then owns DIR.
set -eu

verb=$1 dir=$2
shift 2

redis() {
	if [ "$(id -u)" -eq 0 ]; then
		chown -R nobody "$dir"
		setpriv --reuid nobody --regid nogroup --clear-groups -- "$@"
	else
		"$@"
	fi
}

start() {
	mkdir -p "$dir"
	redis redis-server --port 0 --unixsocket "$dir/redis.sock" \
	    --save '' --appendonly no --daemonize yes --dir "$dir" \
	    --pidfile "$dir/redis.pid" --logfile "$dir/redis.log" \
	    "$@" >/dev/null
	tries=0
	until [ -S "$dir/redis.sock" ] && [ -s "$dir/redis.pid" ]; do
		tries=$((tries + 1))
		if [ $tries -gt 100 ]; then
			cat "$dir/redis.log" >&2
			exit 1
		fi
		sleep 0.05
	done
}

stop() {
	[ -s "$dir/redis.pid" ] || return 0
	kill -KILL "$(cat "$dir/redis.pid")" 2>/dev/null || :
	rm -f "$dir/redis.pid" "$dir/redis.sock"
}

case $verb in
start)	start "$@" ;;
stop)	stop ;;
*)	echo "redis.sh: start or stop" >&2; exit 2 ;;
esac
