/*
 * The last step of a build: adds the API reference (Swagger UI) and puts a
 * .br and a .gz beside each text file worth it, so that the server packs
 * nothing while it serves.
 *
 *   node scripts/finish.mjs OUT
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const out = process.argv[2];
const here = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "..");
const swagger = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const docs = join(out, "docs");
mkdirSync(docs, { recursive: true });
cpSync(join(here, "docs"), docs, { recursive: true });
for (const file of ["swagger-ui.css", "swagger-ui-bundle.js"]) {
	const text = readFileSync(join(swagger, file), "utf8");
	writeFileSync(join(docs, file), text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*/g, ""));
}

const TEXT = new Set([".html", ".js", ".css", ".svg", ".json", ".txt", ".webmanifest"]);
const WORTH = 1024;
let files = 0, plain = 0, packed = 0;
for (const name of readdirSync(out, { recursive: true })) {
	const path = join(out, String(name));
	if (!TEXT.has(extname(path)) || statSync(path).size <= WORTH)
		continue;
	const text = readFileSync(path);
	const br = brotliCompressSync(text, { params: {
		[constants.BROTLI_PARAM_QUALITY]: 11,
		[constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
	writeFileSync(`${path}.br`, br);
	writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
	files++;
	plain += text.length;
	packed += br.length;
}
console.log(`  PACK  ${files} files, ${(plain / 1024).toFixed(0)} KiB as ${(packed / 1024).toFixed(0)} KiB`);
