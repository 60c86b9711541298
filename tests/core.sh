#!/bin/sh
# Is the core a library of its own? It is installed into a folder, and a
# program that knows only that folder is built with it, strictly, by every
# compiler there is, and run; then its symbols are asked who else they would
# need, and whose names they take.
#   tests/core.sh BUILD
set -eu
cd "$(dirname "$0")/.."

build=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/bursar-core.XXXXXX")
trap 'rm -rf "$work"' EXIT
prefix=$work/usr

make --no-print-directory B="$build" PREFIX="$prefix" install-core

cat >"$work/try.c" <<'END'
#include <bursar-core.h>
#include <stdio.h>

int	tail_of, rsi_step, jw_open, numbers_sort, settings_print;

int
main(void)
{
	double r[] = { 0.01, -0.02, 0.03, 0.00, 0.01 }, sma[3];
	struct series s = { .r = r, .n = 5, .periods = 252 };
	dec third = dec_div(dec_of(1), dec_of(3));
	char text[DEC_TEXT_MAX];

	dec_print(dec_mul(third, dec_of(3)), text);
	printf("%s %.6f %zu %s\n", text, quant_sharpe(&s).value,
	    quant_sma(r, 5, 3, sma), quant_indicator("ema")->name);
	return (figure_ok(quant_sharpe(&s)) ? 0 : 1);
}
END

flags=$(sed -n 's/^Libs: //p' "$prefix/lib/pkgconfig/bursar-core.pc" |
    sed "s,\${libdir},$prefix/lib,")
want="0.999999999999999999 5.243177 3 ema"
for cc in cc gcc clang; do
	command -v $cc >/dev/null || continue
	# shellcheck disable=SC2086
	$cc -std=c11 -Wall -Wextra -Werror -pedantic-errors -Wno-pedantic \
	    -I"$prefix/include" -o "$work/try" "$work/try.c" $flags
	got=$("$work/try")
	[ "$got" = "$want" ] || { echo "it says $got, not $want"; exit 1; }
done

strays=$(nm -g --defined-only "$prefix/lib/libbursar-core.a" 2>/dev/null |
    awk 'NF == 3 { print $3 }' | grep -v '^bursar_' | sort -u |
    while read -r name; do
	grep -qw "$name" "$prefix/include/bursar-core.h" || echo "$name"
    done)
[ -z "$strays" ] || { echo "it takes the names" $strays; exit 1; }

needed=$(ldd "$work/try" | grep -vE 'linux-vdso|libc\.|libm\.|ld-linux' || :)
[ -z "$needed" ] || { echo "it needs $needed"; exit 1; }
[ -f "$prefix/share/man/man3/bursar-core.3" ] || { echo "no manual"; exit 1; }
echo "the core stands alone: $got"
