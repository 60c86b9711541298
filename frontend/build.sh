#!/bin/sh
# Builds the web app and the API reference into a directory.
#
#	frontend/build.sh OUT
#
# Works with the node and npm of Debian 12: where node is too old for the
# tools, a newer one comes from the npm registry into the packages' cache
# and is used for this build only. Packages are installed again only when
# package-lock.json has changed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here"

NODE_PACKAGE_VERSION=22.23.3
cache=$here/node_modules/.cache
stamp=$cache/installed

say() { printf '  %-5s %s\n' "$1" "$2"; }
die() { printf 'frontend: %s\n' "$1" >&2; exit 1; }

command -v npm >/dev/null || die 'npm is missing (Debian: apt-get install npm)'
[ "$(npm --version 2>/dev/null | cut -d. -f1)" -ge 9 ] || die 'npm 9 or newer is needed'

# True for 20.19+, 22.12+ and anything later.
new_enough() {
	"$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
		process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

install_packages() {
	sum=$(cksum <package-lock.json)
	[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
	say NPM 'installing packages'
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	mkdir -p "$cache"
	printf '%s\n' "$sum" >"$stamp"
}

# The binary for this machine, from the packages that npm's "node" is made
# of; they need no install script.
fetch_node() {
	case $(uname -m) in
	x86_64)		arch=linux-x64 ;;
	aarch64)	arch=linux-arm64 ;;
	*)		die "node is older than 20.19 and there is no package of a newer one for $(uname -m)" ;;
	esac
	node=$cache/node/node_modules/node-$arch/bin/node
	if ! { [ -x "$node" ] && new_enough "$node"; }; then
		say NODE "$NODE_PACKAGE_VERSION for this build ($(command -v node >/dev/null && node --version || echo none) is too old)"
		mkdir -p "$cache/node"
		printf '{"private":true}\n' >"$cache/node/package.json"
		npm install --prefix "$cache/node" --ignore-scripts --no-audit --no-fund \
		    --no-save --no-package-lock --loglevel=error \
		    "node-$arch@$NODE_PACKAGE_VERSION"
		chmod +x "$node"
	fi
}

install_packages
if command -v node >/dev/null && new_enough node; then
	node=$(command -v node)
else
	fetch_node
fi
PATH=$(dirname "$node"):$PATH
export PATH

say VITE "$out"
"$node" node_modules/vite/bin/vite.js build --outDir "$out" --emptyOutDir --logLevel warn
"$node" scripts/finish.mjs "$out"
