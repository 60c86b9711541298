#!/bin/sh
# A private PostgreSQL for tests, on a unix socket only, with a database
# called bursar and a superuser called postgres.
#   pg.sh start DIR    make it if need be, run it, print its socket's folder
#   pg.sh stop DIR [smart|fast|immediate]     its files stay
#   pg.sh drop DIR     stop it and remove its files
# DIR must be absolute, and short: a socket's path has at most 107 bytes.
# PostgreSQL refuses to run as root; then it runs as the user postgres.
set -eu

action=$1 dir=$2 mode=${3:-fast}

bin=$(pg_config --bindir 2>/dev/null || :)
[ -x "$bin/initdb" ] ||
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb)")

as() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
	else
		"$@"
	fi
}

ctl() {
	as "$bin/pg_ctl" -D "$dir/data" -s -w "$@" </dev/null >&2
}

make_cluster() {
	mkdir -p "$dir"
	[ "$(id -u)" -ne 0 ] || chown postgres:postgres "$dir"
	as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 \
	    --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
	    { cat "$dir/initdb.log" >&2; exit 1; }
	cat >>"$dir/data/postgresql.conf" <<-END
	listen_addresses = ''
	unix_socket_directories = '$dir'
	fsync = off
	full_page_writes = off
	max_wal_size = 256MB
	shared_buffers = 32MB
	log_statement = ${PG_LOG:-none}
	END
}

case $action in
start)
	fresh=
	[ -f "$dir/data/postgresql.conf" ] || { make_cluster; fresh=1; }
	ctl -l "$dir/data/log" start
	[ -z "$fresh" ] || as "$bin/createdb" -h "$dir" -U postgres bursar
	echo "$dir"
	;;
stop)
	ctl -m "$mode" stop
	;;
drop)
	[ ! -f "$dir/data/postmaster.pid" ] || ctl -m immediate stop
	rm -rf "$dir"
	;;
*)
	echo "pg.sh: $action is not start, stop or drop" >&2
	exit 2
	;;
esac
