#!/bin/sh
# Builds the web app and the API reference into a directory.
#
#	frontend/build.sh OUT
#
# Works with the node and npm of Debian 12: where node is too old for the
# tools, a newer one comes from the npm registry into .cache and is used
# for this build only. Packages are installed again only when
# package-lock.json has changed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here"

NODE_PACKAGE=22.23.3
NPM_PACKAGE=11.19.1
tools=$here/.cache/tools
stamp=$here/node_modules/.installed

say() { printf '  %-5s %s\n' "$1" "$2"; }
die() { printf 'frontend: %s\n' "$1" >&2; exit 1; }

command -v npm >/dev/null || die 'npm is missing (Debian: apt-get install npm)'
[ "$(npm --version 2>/dev/null | cut -d. -f1)" -ge 9 ] || die 'npm 9 or newer is needed'

# True for 20.19+, 22.12+ and anything later.
new_enough() {
	"$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
		process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

# The node binary for this machine, from the package that npm's "node" is
# made of, and an npm to run with it: npm leaves out packages that its own
# node is too old for, and the tools' native parts are such. Neither needs
# an install script.
fetch_tools() {
	case $(uname -m) in
	x86_64)		arch=linux-x64 ;;
	aarch64)	arch=linux-arm64 ;;
	*)		die "node is older than 20.19, and there is no package of a newer one for $(uname -m)" ;;
	esac
	node=$tools/node_modules/node-$arch/bin/node
	npm=$tools/node_modules/npm/bin/npm-cli.js
	if ! { [ -x "$node" ] && [ -f "$npm" ] && new_enough "$node"; }; then
		say NODE "$NODE_PACKAGE for this build, since $(node --version 2>/dev/null || echo none) is too old"
		mkdir -p "$tools"
		printf '{"private":true}\n' >"$tools/package.json"
		npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund \
		    --no-save --no-package-lock --loglevel=error \
		    "node-$arch@$NODE_PACKAGE" "npm@$NPM_PACKAGE"
		chmod +x "$node"
		new_enough "$node" || die "$node does not run here"
	fi
	PATH=$(dirname "$node"):$PATH
	export PATH
	run_npm() { "$node" "$npm" "$@"; }
}

install_packages() {
	sum=$(cksum <package-lock.json)
	[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
	say NPM 'installing packages'
	run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	printf '%s\n' "$sum" >"$stamp"
}

run_npm() { npm "$@"; }
if command -v node >/dev/null && new_enough node; then
	node=$(command -v node)
else
	fetch_tools
fi
install_packages

say VITE "$out"
"$node" node_modules/vite/bin/vite.js build --outDir "$out" --emptyOutDir --logLevel warn
"$node" scripts/finish.mjs "$out"
