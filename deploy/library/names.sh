#!/bin/sh
# An archive whose only names are those its header says: what else is global
# among its objects gets a prefix, so that a program may have a tail_of() of
# its own.
#   CC=… names.sh HEADER ARCHIVE OBJECT…
set -eu

header=$1 archive=$2
shift 2
work=$(mktemp -d "${TMPDIR:-/tmp}/bursar-names.XXXXXX")
trap 'rm -rf "$work"' EXIT

nm -g --defined-only "$@" | awk 'NF == 3 { print $3 }' | sort -u \
    >"$work/defined"
${CC:-cc} -E -P "$header" | grep -oE '[A-Za-z_][A-Za-z_0-9]*' | sort -u \
    >"$work/said"
comm -23 "$work/defined" "$work/said" | sed 's/.*/& bursar_&/' >"$work/map"

for object in "$@"; do
	room=$(basename "$(dirname "$object")")
	objcopy --redefine-syms="$work/map" "$object" \
	    "$work/$room-$(basename "$object")"
done
rm -f "$archive"
ar rcs "$archive" "$work"/*.o
