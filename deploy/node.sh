#!/bin/sh
# Print the folder to put before PATH so that `node` builds the web app:
# nothing when the one that is there will do, else one with a newer node,
# fetched once into DIR with npm, because Debian's may be too old.
#   node.sh DIR
set -u

dir=$1
need=20.19

# Is this node at least $need?
node_enough()
{
	"$1" --version 2>/dev/null | sed 's/^v//' | awk -F. -v need=$need '
		{ split(need, n, "."); exit !($1 > n[1] ||
		    $1 == n[1] && $2 >= n[2]) }
		END { if (NR == 0) exit 1 }'
}

! node_enough node || exit 0
case $(uname -m) in
x86_64)	arch=x64 ;;
aarch64) arch=arm64 ;;
*)	echo "node $need or newer is needed; install it by hand" >&2
	exit 1 ;;
esac
bin=$dir/node_modules/node-linux-$arch/bin
if ! node_enough "$bin/node"; then
	mkdir -p "$dir" &&
	    npm install --prefix "$dir" --no-save --no-audit --no-fund \
		--ignore-scripts "node-linux-$arch@20" >"$dir/npm.log" 2>&1 || {
		echo "node $need could not be fetched with npm:" \
		    "$(grep -m1 'npm ERR\|npm error' "$dir/npm.log")" >&2
		exit 1
	}
fi
(cd "$bin" && pwd)
