#!/bin/sh
# `make test`: everything that is tested, on a clean checkout of a new Debian:
# packages, a build as users get it, one under AddressSanitizer and
# UndefinedBehaviorSanitizer with coverage, and the web app beside them. Each
# suite writes its log to $B/test; the last line is `N passed, N failed`.
#   tests/run.sh [suite …]     only these, such as: api units
set -u
cd "$(dirname "$0")/.." || exit 1

build=${B:-build}
logs=$build/test
only=$*
jobs=2
san="SAN=address,undefined COV=1"
san_build=$build/san/cov
passed=0 failed=0 skipped=0
children=
began=$(date +%s)

# Everything started here is stopped by pid, and its folders removed.
clean_up()
{
	trap '' INT TERM HUP
	for pid in $children; do
		kill "$pid" 2>/dev/null
	done
	for pid in $children; do
		wait "$pid" 2>/dev/null
	done
	rm -rf "${temporary:-}"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

die()
{
	echo "tests: $*" >&2
	echo "$passed passed, $((failed + 1)) failed"
	exit 1
}

wanted()
{
	[ -z "$only" ] && return 0
	case " $only " in *" $1 "*) return 0 ;; esac
	return 1
}

# start NAME SECONDS COMMAND …: in the background, with a log, and a limit,
# because a suite that hangs is a failed one. What it started ends with it:
# timeout tells its whole group.
start()
{
	name=$1 limit=$2
	shift 2
	date +%s >"$logs/$name.began"
	timeout -k 20 "$limit" "$@" >"$logs/$name.log" 2>&1 </dev/null &
	echo $! >"$logs/$name.pid"
	children="$children $!"
}

# finish NAME: wait for it; $status, and $took in seconds.
finish()
{
	name=$1
	pid=$(cat "$logs/$name.pid")
	wait "$pid"
	status=$?
	children=$(echo " $children " | sed "s/ $pid / /")
	took=$(($(stat -c %Y "$logs/$name.log") - $(cat "$logs/$name.began")))
	rm -f "$logs/$name.pid" "$logs/$name.began"
	[ $status -ne 124 ] && [ $status -ne 137 ] ||
	    echo "it took too long" >>"$logs/$name.log"
	return $status
}

run()
{
	start "$@"
	finish "$1"
}

# tell NAME PASSED FAILED [SKIPPED]: count a suite and say how it went.
tell()
{
	passed=$((passed + $2)) failed=$((failed + $3))
	skipped=$((skipped + ${4:-0}))
	printf '%-12s %5d passed, %d failed%s  (%d s)\n' "$1" "$2" "$3" \
	    "$([ "${4:-0}" -eq 0 ] || echo ", $4 skipped")" "${took:-0}"
	[ "$3" -eq 0 ] || report "$1"
}

# What of a failed suite's log a person wants to see.
report()
{
	grep -aE '^(FAILED|ERROR|E  |FAIL |Error:|not ok|✗|src/.*error)|: error' \
	    "$logs/$1.log" | head -n 60
	echo "    … all of it: $logs/$1.log"
}

number()
{
	sed -n "s/$1/\\1/p" "$logs/$name.log" | tail -n 1 | grep . || echo 0
}

# A command that passes or fails as one.
one()
{
	wanted "$1" || return 0
	if run "$@"; then tell "$1" 1 0; else tell "$1" 0 1; fi
}

# A script that ends with `N passed, N failed` itself.
counted()
{
	wanted "$1" || return 0
	run "$@"
	bad=$(number '^[0-9]* passed, \([0-9]*\) failed.*')
	[ $status -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	tell "$1" "$(number '^\([0-9]*\) passed, .*')" "$bad" \
	    "$(number '^[0-9]* passed, [0-9]* failed, \([0-9]*\) skipped.*')"
}

# cmocka programs, through make units.
units()
{
	wanted units || return 0
	run "$@"
	bad=$(number '^units: .* \([0-9]*\) programs failed$')
	[ $status -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	tell "$1" "$(number '^units: \([0-9]*\) tests.*')" "$bad" \
	    "$(sed -n 's/^ok .*, \([0-9]*\) skipped)$/\1/p' "$logs/$name.log" |
		awk '{ n += $1 } END { print n + 0 }')"
	grep -ah '^\[  SKIPPED \]' "$logs/$name.log" | sort -u
}

# ---- pytest -------------------------------------------------------------------

# pytest_start NAME SECONDS ARGUMENT …: against the sanitized program.
pytest_start()
{
	wanted api || return 0
	suite=$1 most=$2
	shift 2
	start "$suite" "$most" env BURSAR_BIN="$absolute/san/cov/bursar" \
	    BURSAR_APP_DIR="$absolute/app" PYTHONDONTWRITEBYTECODE=1 \
	    $python -m pytest -q -rsfE --tb=short -p no:cacheprovider \
	    --durations=10 "$@"
}

# How many of a kind the last line of pytest counts: passed, failed …
counts()
{
	tail -n 1 "$logs/$name.log" | grep -ao "[0-9]* $1" | cut -d' ' -f1 |
	    grep . || echo 0
}

pytest_finish()
{
	wanted api || return 0
	finish "$1"
	bad=$(($(counts failed) + $(counts error)))
	[ $status -eq 0 ] || [ $bad -gt 0 ] || bad=1
	tell "$1" "$(counts passed)" $bad "$(counts skipped)"
	# Why each that was skipped was.
	sed -n 's/^SKIPPED \[\([0-9]*\)\] [^ ]*: /    skipped (\1): /p' \
	    "$logs/$name.log"
}

# ---- the web app ----------------------------------------------------------------

# Built first, because what is tested of the server serves it.
app_start()
{
	start app 600 make --no-print-directory app B="$build"
}

app_finish()
{
	finish app && return 0
	report app
	die "the web app does not build"
}

frontend_start()
{
	wanted frontend || return 0
	start frontend 400 sh -c '
		dir=$(sh deploy/node.sh) || exit 1
		PATH=${dir:+$dir:}$PATH
		cd frontend && exec npm run --silent check'
}

# Sum of what vitest counts of a kind.
vitest()
{
	sed 's/\x1b\[[0-9;]*m//g' "$logs/$name.log" |
	    sed -n "s/^ *Tests .*[^0-9]\([0-9][0-9]*\) $1.*/\1/p" |
	    awk '{ n += $1 } END { print n + 0 }'
}

frontend_finish()
{
	wanted frontend || return 0
	finish frontend
	bad=$(vitest failed)
	[ $status -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	tell frontend "$(vitest passed)" "$bad" "$(vitest skipped)"
}

# ---- coverage ---------------------------------------------------------------------

coverage()
{
	wanted coverage || return 0
	run coverage 180 gcovr -r . --object-directory "$san_build" \
	    --exclude '.*_test\.c' --filter 'src/' --print-summary \
	    --gcov-ignore-parse-errors -s -j $jobs
	percent=$(sed -n 's/^lines: \([0-9.]*\)%.*/\1/p' "$logs/coverage.log")
	echo "coverage of src/ over units and API: ${percent:-unknown} % of lines"
	case ${percent:-0} in
	[789][0-9].*|100.*) tell coverage 1 0 ;;
	*)	tell coverage 0 1 ;;
	esac
}

# ---- all of it ----------------------------------------------------------------------

mkdir -p "$logs" || die "cannot write in $logs"
absolute=$(cd "$build" && pwd)
temporary=$(mktemp -d /tmp/bursar-test.XXXXXX) || die "cannot write in /tmp"
export TMPDIR="$temporary"
sh deploy/packages.sh test || die "packages are missing"
python=/usr/bin/python3
[ -x $python ] || die "$python is missing"
if ! command -v redis-server >/dev/null; then
	# Debian's redis-tools holds the server too, under another name.
	ln -s /usr/bin/redis-check-rdb "$temporary/redis-server"
	PATH=$temporary:$PATH
fi

app_start
if run build 400 make --no-print-directory -j$jobs B="$build" all; then
	echo "built $build/bursar ($took s)"
else
	report build
	die "the program does not build"
fi
find "$san_build" -name '*.gcda' -exec rm -f {} + 2>/dev/null
if run build-san 500 make --no-print-directory -j$jobs B="$build" $san all \
    unit-programs; then
	echo "built $san_build/bursar ($took s)"
else
	report build-san
	die "the program does not build with sanitizers"
fi
app_finish
echo "built $build/app ($took s)"

frontend_start
one tidy 60 make --no-print-directory tidy
one check 60 make --no-print-directory B="$build" check
one core 120 sh tests/core.sh "$build"
units units 600 make --no-print-directory -j$jobs B="$build" units
units units-san 900 env \
    ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 \
    make --no-print-directory -j$jobs B="$build" $san units
counted fuzz 120 sh tests/fuzz/run.sh "$build"
frontend_finish
# Those that wait most, beside the others; each has a world of its own.
slow="test_weather.py test_feed.py test_live.py"
trades="test_live_trades.py test_providers.py"
pytest_start api-weather 900 $(printf 'tests/api/%s ' $slow)
pytest_start api-trades 900 $(printf 'tests/api/%s ' $trades)
pytest_start api 900 tests/api \
    $(printf -- '--ignore=tests/api/%s ' $slow $trades)
pytest_finish api
pytest_finish api-weather
pytest_finish api-trades
counted browser 600 sh tests/browser/run.sh "$build"
coverage

[ $skipped -eq 0 ] || echo "$skipped skipped, for the reasons above"
echo "all of it took $(($(date +%s) - began)) s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
