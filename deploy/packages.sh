#!/bin/sh
# Install from Debian what is missing: `run` (the default) to build and run
# Bursar, `test` for its tests as well. It asks dpkg first, so a second call
# does nothing, and it starts no service: no main PostgreSQL cluster is made,
# and Redis comes without its daemon (redis-tools holds the same program).
set -u

die()
{
	echo "packages: $*" >&2
	exit 1
}

have()
{
	command -v "$1" >/dev/null 2>&1
}

# A node that the web app builds with: 18 or newer, and its npm.
node_usable()
{
	have node && have npm || return 1
	major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
	[ "${major:-0}" -ge 18 ]
}

postgres_usable()
{
	for initdb in /usr/lib/postgresql/*/bin/initdb; do
		[ -x "$initdb" ] || continue
		version=${initdb#/usr/lib/postgresql/}
		[ "${version%%/*}" -ge 15 ] && return 0
	done
	return 1
}

wanted="gcc make patch pkg-config libc6-dev kore libpq-dev libhiredis-dev
    libjwt-dev libsodium-dev libcurl4-openssl-dev libjansson-dev libssl-dev zlib1g-dev
    redis-tools util-linux ca-certificates tzdata"
postgres_usable || wanted="$wanted postgresql"
node_usable || wanted="$wanted nodejs npm"

case ${1-run} in
run)	;;
test)	wanted="$wanted libcmocka-dev libgmp-dev python3 python3-pytest
    chromium wrk gcovr openssl git diffutils procps" ;;
*)	die "usage: deploy/packages.sh [run|test]" ;;
esac

have dpkg-query || die "this is not Debian; install by hand:" $wanted

present=" $(dpkg-query -W -f='${db:Status-Abbrev}${binary:Package} ' $wanted \
    2>/dev/null | tr ' ' '\n' | sed -n '/^ii$/{n;s/:.*//;p;}' |
    tr '\n' ' ')"
# dpkg-query prints "ii package:arch "; a package that is not there is absent.
missing=
for package in $wanted; do
	case $present in
	*" $package "*) ;;
	*)	missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

have apt-get || die "no apt-get here; install by hand:$missing"
if [ "$(id -u)" -eq 0 ]; then
	as_root=
elif have sudo; then
	as_root=sudo
	sudo -n true 2>/dev/null || [ -t 0 ] ||
	    die "not root and sudo wants a password; install by hand:$missing"
else
	die "not root and no sudo; install by hand:$missing"
fi

log=$(mktemp) || die "cannot write a file in ${TMPDIR:-/tmp}"
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

apt()
{
	$as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
	    apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1
}

install_missing()
{
	case "$missing " in *" postgresql "*)
		# Its installation would make and start a main cluster.
		apt install --no-install-recommends postgresql-common || return
		conf=/etc/postgresql-common/createcluster.conf
		if [ -f $conf ]; then
			$as_root cp -p $conf $conf.before-bursar
			echo "create_main_cluster = false" |
			    $as_root tee -a $conf >/dev/null
		fi ;;
	esac
	apt install --no-install-recommends $missing
	status=$?
	[ ! -f "${conf-}.before-bursar" ] ||
	    $as_root mv "$conf.before-bursar" "$conf"
	return $status
}

echo "installing Debian packages:$missing"
if ! install_missing; then
	# Perhaps only the lists are missing or old.
	if ! { apt update && install_missing; }; then
		why=$(grep -a -m1 '^E: ' "$log")
		die "apt could not install$missing" \
		    "(${why:-see /var/log/apt/term.log})"
	fi
fi
