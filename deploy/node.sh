#!/bin/sh
# Print the folder to put before PATH so that `node` is new enough for the web
# app's tools: nothing when the one that is there will do, else the one that
# `make app` fetched for itself.
set -u
cd "$(dirname "$0")/.." || exit 1

# Is this node 20.19 or newer?
node_enough()
{
	"$1" --version 2>/dev/null | sed 's/^v//' | awk -F. '
		{ exit !($1 > 20 || $1 == 20 && $2 >= 19) }
		END { if (NR == 0) exit 1 }'
}

! node_enough node || exit 0
for bin in "$PWD"/frontend/.cache/tools/node_modules/node-*/bin; do
	if node_enough "$bin/node"; then
		echo "$bin"
		exit 0
	fi
done
echo "node 20.19 or newer is needed; make app fetches one" >&2
exit 1
