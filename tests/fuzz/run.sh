#!/bin/sh
# Every fuzzer here for a few seconds, on inputs of a fixed seed: built as its
# own head says, but by gcc and with replay.c for libFuzzer.
#   tests/fuzz/run.sh [BUILD [SECONDS]]
set -u
cd "$(dirname "$0")/../.." || exit 1

out=${1:-build}/fuzz seconds=${2:-3}
passed=0 failed=0
mkdir -p "$out" || exit 1

for source in tests/fuzz/*_fuzz.c; do
	name=$(basename "$source" .c)
	command=$(sed -n '/^ \*   clang/,/-o /p' "$source" |
	    sed 's/^ \*[[:space:]]*//; s/\\$//' | tr '\n' ' ' |
	    sed "s,^clang,${CC:-gcc},; s/fuzzer\,//;
		s,-o *[a-z_]* *\$,tests/fuzz/replay.c -o $out/$name,")
	if eval "$command" >"$out/$name.log" 2>&1 &&
	    "$out/$name" "$seconds" >>"$out/$name.log" 2>&1; then
		echo "ok   $name, $(tail -n 1 "$out/$name.log")"
		passed=$((passed + 1))
	else
		echo "FAIL $name"
		tail -n 40 "$out/$name.log"
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
