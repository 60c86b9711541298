#!/bin/sh
# Run one unit test program and say how it went, or sum up a whole run.
#   unit.sh room/x_test PROGRAM     unit.sh --sum DIRECTORY room/x_test …
set -u

if [ "$1" != --sum ]; then
	name=$1 program=$2 log=$2.log
	rm -f "$program.ok" "$program.bad"
	"$program" >"$log" 2>&1 </dev/null
	status=$?
	if [ $status -eq 0 ]; then
		count=$(grep -ac '^\[       OK \]' "$log")
		skipped=$(grep -ac '^\[  SKIPPED \] [a-z]' "$log")
		[ "$skipped" -gt 0 ] && note=", $skipped skipped" || note=
		echo "$count" >"$program.ok"
		printf 'ok   %s (%s%s)\n' "$name" "$count" "$note"
		exit 0
	fi
	echo "$status" >"$program.bad"
	printf 'FAIL %s (exit %s)\n%s\n' "$name" "$status" \
	    "$(grep -av -e '^\[       OK \]' -e '^\[ RUN      \]' "$log")"
	exit 1
fi

directory=$2
shift 2
good=0 bad=0 tests=0
for name; do
	if [ -f "$directory/$name.ok" ]; then
		good=$((good + 1))
		tests=$((tests + $(cat "$directory/$name.ok")))
	else
		bad=$((bad + 1))
		[ -f "$directory/$name.bad" ] ||
		    echo "FAIL $name (does not build)"
	fi
done
echo "units: $tests tests in $good programs passed, $bad programs failed"
[ $bad -eq 0 ]
