#!/bin/sh
# `make bench-core`: builds bench_core.c and bench_quant.c with the archives
# that are named, and with TA-Lib, whose C sources are in the npm package of that name. Without
# npm or a registry it says so and measures without.
#   CC=… FLAGS=… B=… bench_core.sh libquant.a libledger.a libbase.a [VALUES]
set -eu

version=1.1.6
quant=$1 ledger=$2 base=$3 values=${4:-}
talib=$B/talib
lib=$talib/package/src/lib
mkdir -p "$talib"

if [ ! -d "$lib" ]; then
	(cd "$talib" && timeout 60 npm pack --silent "talib@$version" \
	    >/dev/null 2>&1 && tar xzf "talib-$version.tgz") ||
	    echo "TA-Lib cannot be fetched; measuring without it"
fi

theirs= flags=
if [ -d "$lib" ]; then
	for name in ta_common/ta_global ta_func/ta_utility \
	    $(printf 'ta_func/ta_%s ' SMA EMA RSI STDDEV VAR WMA DEMA TEMA \
	    T3 TRIMA KAMA MAMA MA TRIX ROC ROCR MACD LINEARREG_SLOPE MOM \
	    STOCH STOCHF ULTOSC AROON WILLR CCI ADX BBANDS TRANGE ATR SAR \
	    MINUS_DM OBV AD ADOSC MFI); do
		object=$talib/$(basename $name).o
		[ -f "$object" ] || $CC -O2 -w -I"$lib/include" \
		    -I"$lib/src/ta_common" -c -o "$object" "$lib/src/$name.c"
		theirs="$theirs $object"
	done
	flags="-DHAVE_TALIB -isystem $lib/include"
fi

# shellcheck disable=SC2086  # lists of words
for name in core quant; do
	$CC $FLAGS $flags -o "$B/bench_$name" "tests/load/bench_$name.c" \
	    $theirs "$quant" "$ledger" "$base" -lm
done
"$B/bench_core" $values
exec "$B/bench_quant"
