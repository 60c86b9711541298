/*
 * src/api/generated.ts from the document the program prints about itself.
 * Exact amounts and calendar days become branded strings, so that neither
 * passes for any other text.
 *
 *   node scripts/api.mjs [../assets/openapi.json]
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const source = process.argv[2] ?? "../assets/openapi.json";
const target = "src/api/generated.ts";
const BRANDS = { decimal: "Amount", date: "Day" };

if (!existsSync(source)) {
	console.error(`${source} is not there yet; ${target} stays as it is`);
	process.exit(1);
}

const named = (name) => ts.factory.createTypeReferenceNode(name);
const nothing = ts.factory.createLiteralTypeNode(ts.factory.createNull());

const nodes = await openapiTS(JSON.parse(readFileSync(source, "utf8")), {
	alphabetize: true,
	transform({ format, type }) {
		const brand = BRANDS[format];
		if (!brand || ![type].flat().includes("string"))
			return undefined;
		return [type].flat().includes("null")
			? ts.factory.createUnionTypeNode([named(brand), nothing]) : named(brand);
	},
});

writeFileSync(target, `/*
 * Written by "npm run api" from assets/openapi.json. Not edited by hand.
 */
import type { Day } from "../lib/day";
import type { Amount } from "../lib/money";

${astToString(nodes)}`);
console.log(`  API   ${target}`);
