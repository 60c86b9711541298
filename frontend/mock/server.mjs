/*
 * The development server: the API of api.mjs over HTTP, a live stream, and
 * (with a directory) the built app under the same headers the real server
 * sends. Loopback only, development only.
 *
 *   node mock/server.mjs [--port 8181] [--dist DIR] [--token-seconds 900]
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createApi } from "./api.mjs";
import { tick } from "./market.mjs";

const option = (name, fallback) => {
	const at = process.argv.indexOf(`--${name}`);
	return at > 0 ? process.argv[at + 1] : fallback;
};
const dist = option("dist");
const api = createApi({ tokenSeconds: Number(option("token-seconds", 900)) });

const HEADERS = {
	"content-security-policy": "default-src 'self'; script-src 'self'; style-src 'self'; " +
		"img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
		"frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'",
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
};
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
	".ico": "image/x-icon", ".webmanifest": "application/manifest+json",
	".json": "application/json" };

function serveFile(req, res, path) {
	let file = normalize(join(dist, path));
	if (existsSync(file) && statSync(file).isDirectory())
		file = join(file, "index.html");
	if (!existsSync(file) && extname(path) === "")
		file = join(dist, "index.html");
	if (!file.startsWith(normalize(dist)) || !existsSync(file)) {
		res.writeHead(404, HEADERS).end("not found");
		return;
	}
	const headers = { ...HEADERS, "content-type": TYPES[extname(file)] ?? "text/plain",
		"cache-control": path.startsWith("/assets/")
			? "public, max-age=31536000, immutable" : "no-cache" };
	const packed = (req.headers["accept-encoding"] ?? "").includes("br") && existsSync(`${file}.br`);
	if (packed)
		headers["content-encoding"] = "br";
	res.writeHead(200, headers);
	createReadStream(packed ? `${file}.br` : file).pipe(res);
}

function stream(req, res) {
	const me = api.who(req);
	if (!me) {
		res.writeHead(401, { ...HEADERS, "content-type": "application/problem+json" })
			.end(JSON.stringify({ title: "Not logged in", status: 401 }));
		return;
	}
	res.writeHead(200, { ...HEADERS, "content-type": "text/event-stream",
		"cache-control": "no-store" });
	const send = (event, data) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
	send("hello", { simulated: api.simulated });
	const symbols = api.held(me.t);
	const quotes = setInterval(() => {
		if (symbols.length)
			send("quote", tick(symbols[Math.floor(Math.random() * symbols.length)]));
	}, 400);
	const ping = setInterval(() => send("ping", {}), 15000);
	res.on("close", () => {
		clearInterval(quotes);
		clearInterval(ping);
	});
}

createServer((req, res) => {
	const url = new URL(req.url, "http://localhost");
	if (/^\/api(\/v1)?\/stream$/.test(url.pathname)) {
		stream(req, res);
		return;
	}
	if (!/^\/(api\/|health$)/.test(url.pathname)) {
		if (dist)
			serveFile(req, res, url.pathname);
		else
			res.writeHead(404).end();
		return;
	}
	let body = "";
	req.on("data", (chunk) => (body += chunk));
	req.on("end", () => {
		const reply = api.handle({ method: req.method, path: url.pathname,
			query: url.searchParams, headers: req.headers, body });
		res.writeHead(reply.status, { ...HEADERS, "cache-control": "no-store",
			...(reply.body === undefined ? {} : { "content-type": reply.type ?? "application/json" }),
			...reply.headers });
		res.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
	});
}).listen(Number(option("port", 8181)), "127.0.0.1", function () {
	console.log(`mock on http://127.0.0.1:${this.address().port}`);
});
