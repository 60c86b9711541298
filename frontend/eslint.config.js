import js from "@eslint/js";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

/* The arrows: lib -> ui -> api -> features -> app. */
const LAYERS = ["lib", "ui", "api", "features", "app"];
const FEATURES = ["analytics", "auth", "jobs", "market", "portfolio", "providers"];

const zones = [
	...LAYERS.flatMap((layer, rank) =>
		LAYERS.slice(rank + 1).map((above) => ({
			target: `./src/${layer}`,
			from: `./src/${above}`,
			message: `${layer} lies below ${above} and does not know it`,
		}))),
	...FEATURES.flatMap((feature) =>
		FEATURES.filter((other) => other !== feature).map((other) => ({
			target: `./src/features/${feature}`,
			from: `./src/features/${other}`,
			message: "features do not import each other; join them in app",
		}))),
];

export default ts.config(
	{ ignores: ["dist/**", "node_modules/**", "src/api/generated.ts", "docs/**"] },
	js.configs.recommended,
	{ rules: { "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }] } },
	{ files: ["public/*.js"], languageOptions: { sourceType: "script", globals: { document: "readonly", localStorage: "readonly" } } },
	{
		files: ["mock/**/*.mjs", "scripts/**/*.mjs", "*.js"],
		languageOptions: {
			globals: { process: "readonly", console: "readonly", URL: "readonly",
				URLSearchParams: "readonly", setInterval: "readonly", clearInterval: "readonly",
				Buffer: "readonly" },
		},
	},
	{
		files: ["src/**/*.{ts,tsx}"],
		extends: [ts.configs.strict, ts.configs.stylistic],
		plugins: { "import-x": importX, "react-hooks": hooks },
		settings: {
			"import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })],
		},
		rules: {
			...hooks.configs.recommended.rules,
			"import-x/no-restricted-paths": ["error", { zones }],
			"no-restricted-syntax": ["error",
				{
					selector: "CallExpression[callee.name='Number'], CallExpression[callee.name='parseFloat']",
					message: "amounts are exact strings: lib/money has what you need",
				},
				{
					selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
					message: "no markup from strings",
				}],
			"@typescript-eslint/no-non-null-assertion": "error",
			"@typescript-eslint/consistent-type-definitions": ["error", "interface"],
			// RTK Query says "takes nothing" with it.
			"@typescript-eslint/no-invalid-void-type": "off",
			"@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
		},
	},
);
