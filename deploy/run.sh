#!/bin/sh
# `make run`: Bursar from a fresh checkout of this folder to an address in the
# browser. PostgreSQL and Redis are private: their data under var/, reached by
# sockets that only we may open, so that no port and no system cluster is
# touched. Ctrl-C stops what was started, by pid, and the data stays.
set -u
cd "$(dirname "$0")/.." || exit 1
umask 077

top=$PWD
build=${B:-build}
listen=${BURSAR_LISTEN:-127.0.0.1:8080}
total=7 step=0
server= worker= postgres= redis= builds= status=0 interrupted=130

say()
{
	step=$((step + 1))
	printf '[%d/%d] %s\n' $step $total "$*"
}

# One sentence on why it cannot go on.
die()
{
	echo "bursar: $*" >&2
	[ $status -ne 0 ] || status=1
	exit $status
}

have()
{
	command -v "$1" >/dev/null 2>&1
}

# ---- who, where, enough room ----------------------------------------------

# As root everything runs as the system user bursar, PostgreSQL refusing root.
choose_user()
{
	as=
	[ "$(id -u)" -eq 0 ] || return 0
	id bursar >/dev/null 2>&1 ||
	    useradd --system --user-group --no-create-home \
		--home-dir /var/lib/bursar --shell /usr/sbin/nologin bursar ||
	    die "could not create the system user bursar"
	as="setpriv --reuid=bursar --regid=bursar --init-groups --"
}

# var/ is here, or, where that user cannot come here, in /var/lib/bursar.
choose_var()
{
	var=$top/var
	if [ -z "$as" ]; then
		mkdir -p "$var" || die "cannot write in $top"
	elif [ -e "$var" ] && $as test -x "$var/."; then
		:
	elif $as test -x "$top/." && [ ! -L "$var" ]; then
		mkdir -p "$var" || die "cannot write in $top"
	else
		mkdir -p /var/lib/bursar &&
		    chown bursar:bursar /var/lib/bursar &&
		    chmod 755 /var/lib/bursar &&
		    ln -sfn /var/lib/bursar "$var" ||
		    die "cannot make /var/lib/bursar for the user bursar"
		var=/var/lib/bursar
	fi
	var=$(cd "$var" && pwd -P) || die "cannot enter $top/var"
	[ -z "$as" ] || chown bursar:bursar "$var"
	[ -w "$var" ] || die "$var belongs to somebody else; was this started" \
	    "by root before?"
	chmod 755 "$var"
	mkdir -p "$var/run" "$var/log"
	[ -z "$as" ] || chown bursar:bursar "$var/run" "$var/log"
	# A socket's path may have 107 bytes.
	sockets=$var/run
	if [ ${#sockets} -gt 80 ]; then
		sockets=$(mktemp -d /tmp/bursar.XXXXXX) ||
		    die "cannot make a folder in /tmp"
		[ -z "$as" ] || chown bursar:bursar "$sockets"
	fi
}

# The first time needs room for node_modules and a cluster.
check_room()
{
	want=300
	[ -d "$var/postgres" ] && [ -d "$build/app" ] || want=1200
	for place in "$top" "$var"; do
		free=$(df -Pk "$place" | awk 'NR == 2 { print int($4 / 1024) }')
		[ "${free:-0}" -ge $want ] ||
		    die "the disk of $place has ${free:-0} MB left;" \
			"at least $want MB are needed"
	done
}

# One start at a time; the lock dies with this shell.
take_lock()
{
	exec 9>>"$var/lock" || die "cannot write $var/lock"
	flock -n 9 ||
	    die "already running here (pid $(cat "$var/lock.pid" 2>/dev/null))"
	echo $$ >"$var/lock.pid"
}

# ---- the address ------------------------------------------------------------

# Does somebody listen on this port of this address, or of all addresses?
port_taken()
{
	port_hex=$(printf %04X "$port")
	case $host in
	*.*.*.*) host_hex=$(echo "$host" | awk -F. \
	    '{ printf "%02X%02X%02X%02X", $4, $3, $2, $1 }') ;;
	*)	host_hex= ;;
	esac
	cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
	    awk -v port="$port_hex" -v host="$host_hex" '
		$4 == "0A" {
			split($2, a, ":")
			any = a[1] ~ /^0+$/ || host ~ /^0*$/
			if (a[2] == port && (any || a[1] == host))
				found = 1
		}
		END { exit !found }'
}

check_address()
{
	host=${listen%:*} port=${listen##*:}
	case $listen:$port in
	:*|*:*:*[!0-9]*|*:)
		die "BURSAR_LISTEN is $listen; it must be address:port" ;;
	*:*:*)	;;
	*)	die "BURSAR_LISTEN is $listen; it must be address:port" ;;
	esac
	[ "$port" -gt 0 ] && [ "$port" -lt 65536 ] ||
	    die "BURSAR_LISTEN is $listen; the port must be 1 to 65535"
	case $host in
	0.0.0.0) at=127.0.0.1 ;;
	*)	at=$host ;;
	esac
	! port_taken ||
	    die "port $port of $host is taken by another program;" \
		"choose another: BURSAR_LISTEN=$host:$((port + 1)) make run"
}

# ---- processes, by pid only ---------------------------------------------------

# Is $1 a live process of the program called $2 that works in the folder $3?
process_is()
{
	[ -n "$1" ] && [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ] &&
	    [ "$(readlink "/proc/$1/cwd")" = "$3" ]
}

# Is $1 alive, and not merely waiting for its parent to notice its end?
process_lives()
{
	case $(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" \
	    2>/dev/null) in
	''|[ZX]*) return 1 ;;
	esac
}

# Ask $1 to stop with signal $2; if it has not after $3 seconds, kill it.
process_stop()
{
	kill "-$2" "$1" 2>/dev/null || return 0
	tenths=$(($3 * 10))
	while process_lives "$1"; do
		tenths=$((tenths - 1))
		if [ $tenths -le 0 ]; then
			kill -KILL "$1" 2>/dev/null
			return 0
		fi
		sleep 0.1
	done
}

stop_all()
{
	trap '' INT TERM HUP
	[ -z "$server$worker$redis$postgres" ] || echo "stopping …"
	for build_job in $builds; do
		process_stop "$build_job" TERM 5
	done
	[ -z "$worker" ] || {
		kill "$worker" 2>/dev/null
		process_stop "$(cat "$var/run/worker.pid" 2>/dev/null)" TERM 25
		rm -f "$var/run/worker.pid"
	}
	[ -z "$server" ] || {
		process_stop "$server" TERM 15
		rm -f "$var/run/server.pid"
	}
	[ -z "$redis" ] || process_stop "$redis" TERM 10
	[ -z "$postgres" ] || process_stop "$postgres" INT 60
	case ${sockets-} in /tmp/bursar.*) rm -rf "$sockets" ;; esac
	rm -f "${var-}/lock.pid"
}

# ---- build -----------------------------------------------------------------

# Is the web app as new as what it is made from?
app_current()
{
	[ -f "$build/app/index.html" ] || return 1
	[ -z "$(find frontend assets \( -name node_modules -o -name .cache \) \
	    -prune -o -type f -newer "$build/app/index.html" -print 2>/dev/null | head -n 1)" ]
}

build_all()
{
	umask 022
	mkdir -p "$build" || die "cannot write in $top/$build"
	app_job= server_job=
	if app_current; then
		say "the web app is up to date"
	elif [ -f frontend/package.json ]; then
		say "building the web app beside the server …"
		${MAKE:-make} --no-print-directory app B="$build" \
		    >"$var/log/app.log" 2>&1 9>&- &
		app_job=$!
	else
		say "no web app here; the API alone"
	fi
	say "building the server …"
	${MAKE:-make} --no-print-directory -s -j2 B="$build" all 9>&- &
	server_job=$!
	builds="$app_job $server_job"
	wait $server_job || die "the server does not build; the reason is above"
	if [ -n "$app_job" ]; then
		wait $app_job || {
			tail -n 15 "$var/log/app.log" >&2
			die "the web app does not build; all of it is in" \
			    "var/log/app.log"
		}
		touch "$build/app/index.html"
	fi
	builds=
	umask 077
	program=$top/$build/bursar app_dir=$top/$build/app
	[ -z "$as" ] || $as test -x "$program" || copy_program
}

# The user bursar cannot come into this folder: it gets a copy.
copy_program()
{
	(
		umask 022
		mkdir -p "$var/program" &&
		    cp -p "$program" "$var/program/bursar.new" &&
		    mv "$var/program/bursar.new" "$var/program/bursar" &&
		    rm -rf "$var/program/app" &&
		    { [ ! -d "$app_dir" ] ||
			cp -R "$app_dir" "$var/program/app"; } &&
		    chmod -R a+rX "$var/program"
	) || die "could not copy the program to $var/program"
	program=$var/program/bursar app_dir=$var/program/app
}

# ---- secrets ---------------------------------------------------------------

# Name a file in var/ that only we can read and that holds 32 random bytes.
secret_file()
{
	secret=$var/$1
	[ -s "$secret" ] || {
		head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' \
		    >"$secret.new" && mv "$secret.new" "$secret"
	} || die "cannot write $secret"
	chmod 600 "$secret"
	[ -z "$as" ] || chown bursar:bursar "$secret"
}

# ---- PostgreSQL ------------------------------------------------------------

find_postgres()
{
	bin=
	for initdb in /usr/lib/postgresql/*/bin/initdb; do
		[ -x "$initdb" ] || continue
		version=${initdb#/usr/lib/postgresql/}
		version=${version%%/*}
		if [ -f "$data/PG_VERSION" ]; then
			[ "$version" = "$(cat "$data/PG_VERSION")" ] || continue
		elif [ "$version" -lt 15 ]; then
			continue
		fi
		bin=${initdb%/initdb}
	done
	[ -n "$bin" ] || die "PostgreSQL $(cat "$data/PG_VERSION" 2>/dev/null ||
	    echo "15 or newer") is not installed in /usr/lib/postgresql"
}

make_cluster()
{
	rm -rf "$data.new"
	$as "$bin/initdb" -D "$data.new" -U bursar_admin -k -E UTF8 \
	    --locale=C.UTF-8 -A scram-sha-256 \
	    --pwfile="$var/admin-password" >"$var/log/initdb.log" 2>&1 || {
		tail -n 3 "$var/log/initdb.log" >&2
		die "PostgreSQL could not make its cluster in $data"
	}
	$as sh -c 'cat >>"$1"' - "$data.new/postgresql.conf" <<-'END'

	# A small private cluster: a socket and no port.
	listen_addresses = ''
	unix_socket_permissions = 0700
	password_encryption = 'scram-sha-256'
	max_connections = 100
	shared_buffers = 128MB
	effective_cache_size = 512MB
	maintenance_work_mem = 64MB
	max_wal_size = 512MB
	checkpoint_timeout = 15min
	checkpoint_completion_target = 0.9
	random_page_cost = 1.1
	log_min_duration_statement = 1000
	log_line_prefix = '%m [%p] %q%u@%d '
	END
	mv "$data.new" "$data" || die "cannot write $data"
}

# The pid of the cluster's live postmaster, if it is alive.
postmaster()
{
	pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
	process_is "$pid" postgres "$data" && echo "$pid"
}

start_postgres()
{
	data=$var/postgres
	find_postgres
	secret_file admin-password
	if [ ! -f "$data/PG_VERSION" ]; then
		say "making a private PostgreSQL cluster …"
		make_cluster
	else
		say "starting PostgreSQL …"
	fi
	# A crashed run may have left a live server (stopped here, because its
	# sockets may be elsewhere) or the file of a dead one.
	left=$(postmaster) && process_stop "$left" INT 60
	rm -f "$data/postmaster.pid" "$sockets"/.s.PGSQL.*
	touch "$var/log/postgres.log"
	[ -z "$as" ] || chown bursar:bursar "$var/log/postgres.log"
	$as "$bin/pg_ctl" start -D "$data" -w -t 60 -s \
	    -l "$var/log/postgres.log" \
	    -o "-c unix_socket_directories='$sockets'" 9>&- || {
		tail -n 3 "$var/log/postgres.log" >&2
		die "PostgreSQL does not start; its log is var/log/postgres.log"
	}
	postgres=$(postmaster) || die "PostgreSQL went away at once"
	password=$(cat "$var/admin-password")
	export PGPASSWORD="$password"
	[ "$("$bin/psql" -XAtq -h "$sockets" -U bursar_admin -d postgres -c \
	    "select 1 from pg_database where datname = 'bursar'")" = 1 ] ||
	    "$bin/createdb" -h "$sockets" -U bursar_admin bursar ||
	    die "could not create the database bursar"
	unset PGPASSWORD
	where=$(echo "$sockets" | sed 's/%/%25/g; s,/,%2F,g; s/ /%20/g')
	owner_url="postgresql://bursar_admin:$password@$where/bursar"
}

# The same database as another user with another password.
url_as()
{
	case $1 in
	*://*@*) echo "$1" | sed "s,://[^@/]*@,://$2:$3@," ;;
	*://*)	echo "$1" | sed "s,://,://$2:$3@," ;;
	*)	echo "$1 user=$2 password=$3" ;;
	esac
}

# ---- Redis -----------------------------------------------------------------

start_redis()
{
	# Debian's redis-tools holds the server too, under another name.
	redis_program=$(command -v redis-server) || {
		ln -sfn /usr/bin/redis-check-rdb "$var/run/redis-server"
		redis_program=$var/run/redis-server
	}
	[ -x "$redis_program" ] || die "redis-server is not installed"
	left=$(cat "$var/run/redis.pid" 2>/dev/null)
	! process_is "$left" redis-server "$var/run" ||
	    process_stop "$left" TERM 10
	rm -f "$sockets/redis.sock" "$var/run/redis.pid"
	$as "$redis_program" --port 0 --unixsocket "$sockets/redis.sock" \
	    --unixsocketperm 700 --daemonize yes --dir "$var/run" \
	    --pidfile "$var/run/redis.pid" --logfile "$var/log/redis.log" \
	    --save '' --appendonly no --maxmemory 128mb \
	    --maxmemory-policy allkeys-lru >/dev/null 9>&- ||
	    die "Redis does not start; its log is var/log/redis.log"
	tries=50
	until [ -S "$sockets/redis.sock" ] && [ -s "$var/run/redis.pid" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] ||
		    die "Redis does not start; its log is var/log/redis.log"
		sleep 0.1
	done
	redis=$(cat "$var/run/redis.pid")
	redis_url=unix://$sockets/redis.sock
}

# ---- Bursar ----------------------------------------------------------------

# Secrets reach the program by files and the environment, never by arguments.
set_environment()
{
	export BURSAR_DATABASE_URL="$app_url" BURSAR_REDIS_URL="$redis_url"
	export BURSAR_LISTEN="$listen"
	export BURSAR_SECRET_FILE="${BURSAR_SECRET_FILE:-$var/secret}"
	export BURSAR_APP_DIR="${BURSAR_APP_DIR:-$app_dir}"
	export BURSAR_DEMO="${BURSAR_DEMO:-true}"
	# Everybody who comes here may be demo, so only where nobody comes.
	case $host in
	127.*)	export BURSAR_OPERATORS="${BURSAR_OPERATORS-demo}" ;;
	esac
	unset BURSAR_OWNER_URL
}

# The same program with the same settings, as the schema's owner, for whoever
# may read this folder's secrets: var/bursar jobs list.
write_command()
{
	command=$var/bursar
	(
		umask 077
		rm -f "$command.new"
		{
			echo "#!/bin/sh"
			echo "# Written by deploy/run.sh at each start."
			for name in $(env | sed -n \
			    's/^\(BURSAR_[A-Z0-9_]*\)=.*/\1/p') owner_url; do
				eval "value=\$$name"
				[ "$name" != owner_url ] ||
					name=BURSAR_OWNER_URL
				printf "export %s='%s'\n" "$name" "$(
				    printf %s "$value" | sed "s/'/'\\\\''/g")"
			done
			printf 'exec "%s" "$@"\n' "$program"
		} >"$command.new" && chmod 700 "$command.new" &&
		    mv "$command.new" "$command"
	) || die "cannot write $command"
}

migrate()
{
	say "bringing the schema up to date, and the demo …"
	set -- migrate
	[ -z "$with_app_password" ] ||
	    set -- migrate --app-password-file "$var/app-password"
	for command in "$*" seed; do
		BURSAR_OWNER_URL=$owner_url $as "$program" $command \
		    >"$var/log/migrate.log" 2>&1 9>&- || {
			tail -n 5 "$var/log/migrate.log" >&2
			die "bursar ${command%% *} failed; the reason is above"
		}
	done
}

# 200, 503 … of GET /readyz, or nothing.
readiness()
{
	bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "%s\r\n" \
	    "GET /readyz HTTP/1.1" "Host: $0:$1" "Connection: close" "" >&3 &&
	    read -r -t 5 -u 3 version code rest && echo "$code"' \
	    "$at" "$port" 2>/dev/null
}

serve()
{
	say "starting the server …"
	touch "$var/log/bursar.log"
	[ "$(wc -c <"$var/log/bursar.log")" -lt 20000000 ] ||
	    mv "$var/log/bursar.log" "$var/log/bursar.log.1"
	$as "$program" serve >>"$var/log/bursar.log" 2>&1 9>&- &
	server=$!
	echo $server >"$var/run/server.pid"
	tries=150
	until [ "$(readiness)" = 200 ]; do
		tries=$((tries - 1))
		process_lives $server || {
			wait $server
			server=
			tail -n 5 "$var/log/bursar.log" >&2
			die "the server stopped at once; the reason is above"
		}
		[ $tries -gt 0 ] || {
			tail -n 5 "$var/log/bursar.log" >&2
			die "the server is not ready after 15 s"
		}
		sleep 0.1
	done
	cat <<-END

	  Bursar is ready:  http://$at:$port/
	  Log in with:      demo / demo123

	  Commands:         var/bursar jobs list; var/bursar prices --help

	  Its log is var/log/bursar.log; Ctrl-C stops it and keeps the data.

	END
}

# A worker beside the server. One that ends by itself is started again.
work()
{
	touch "$var/log/work.log"
	[ "$(wc -c <"$var/log/work.log")" -lt 20000000 ] ||
	    mv "$var/log/work.log" "$var/log/work.log.1"
	while :; do
		$as "$program" work >>"$var/log/work.log" 2>&1 9>&- &
		echo $! >"$var/run/worker.pid"
		wait $! || :
		sleep 1 9>&-
	done 9>&- &
	worker=$!
}

# ---- all of it -------------------------------------------------------------

say "checking packages …"
sh deploy/packages.sh run || exit 1
for tool in flock setpriv make awk df; do
	have $tool || die "the program $tool is missing"
done
choose_user
choose_var
check_room
take_lock
trap 'code=$?; stop_all; exit $((status ? status : code))' EXIT
trap 'exit $interrupted' INT TERM HUP

# What a killed run left serving here.
left=$(cat "$var/run/server.pid" 2>/dev/null)
! process_is "$left" bursar "$var" || process_stop "$left" TERM 15
left=$(cat "$var/run/worker.pid" 2>/dev/null)
! process_is "$left" bursar "$var" || process_stop "$left" TERM 25
check_address
build_all
cd "$var" || die "cannot enter $var"

secret_file secret
owner_url=${BURSAR_OWNER_URL-} app_url=${BURSAR_DATABASE_URL-}
with_app_password=
if [ -n "$owner_url" ] && [ -n "$app_url" ]; then
	say "using your PostgreSQL"
else
	with_app_password=yes
	secret_file app-password
	if [ -n "$app_url" ]; then
		say "using your PostgreSQL"
		owner_url=$app_url
	else
		start_postgres
	fi
	app_url=$(url_as "$owner_url" bursar_app "$(cat "$var/app-password")")
fi
redis_url=${BURSAR_REDIS_URL-}
if [ -n "$redis_url" ]; then
	say "using your Redis"
else
	say "starting Redis …"
	start_redis
fi
set_environment
write_command
migrate
serve
work
interrupted=0
wait $server
status=$?
server=
tail -n 5 "$var/log/bursar.log" >&2
[ $status -ne 0 ] || status=1
echo "bursar: the server stopped by itself; its log is var/log/bursar.log" >&2
exit $status
