import react from "@vitejs/plugin-react";
import tailwind from "@tailwindcss/vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.BURSAR_URL ?? "http://127.0.0.1:8181";

export default defineConfig({
	plugins: [react(), tailwind()],
	resolve: {
		alias: {
			// Its <style> elements are refused by our content security
			// policy; ours does the same with a constructed sheet.
			"react-style-singleton": here("./src/lib/style-singleton.ts"),
		},
	},
	build: {
		target: "es2022",
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
		rolldownOptions: {
			output: {
				codeSplitting: {
					// Few files: HTTP/1.1 loads six at a time.
					groups: [
						{
							name: "charts",
							test: /node_modules\/(lightweight-charts|fancy-canvas)\/|src\/ui\/chart\.ts|-chart\.tsx/,
							priority: 3,
						},
						{
							name: "react",
							test: /node_modules\/(react|react-dom|scheduler|react-router)\/|vite\/preload-helper/,
							priority: 6,
						},
						{
							name: "forms",
							test: /node_modules\/(react-hook-form|valibot|@hookform)\/|features\/portfolio\/(activity-(dialog|form)|portfolio-(dialog|settings))/,
							priority: 2,
						},
						{
							name: "base",
							test: /node_modules\/(@reduxjs|redux|redux-thunk|immer|reselect|react-redux|use-sync-external-store|big\.js)\/|src\/(lib|api)\/(?!charts|markets|work|providers|remember)|src\/app\/(store|prefs|overlay|error-boundary)\.ts|features\/(portfolio\/kinds|analytics\/flows)|src\/ui\/(button|field|icon|notice|money|toast)/,
							priority: 5,
						},
						{
							name: "ui",
							test: /node_modules\/(radix-ui|@radix-ui|@floating-ui|aria-hidden|react-remove-scroll|use-sidecar|use-callback-ref|tslib|react-remove-scroll-bar|get-nonce)\/|src\/ui\/(?!chart\.)/,
							priority: 4,
						},
						// Those everybody sees; the others are on their own.
						{
							name: "pages",
							test: /src\/app\/(shell|banner|navigation|settings-menu|shortcuts|use-book|pages\/(dashboard|trades|home|not-found|with-portfolio))/,
							priority: 1,
						},
					],
				},
			},
		},
	},
	server: { proxy: { "/api": server, "/health": server } },
	test: {
		environment: "jsdom",
		environmentOptions: { jsdom: { url: "http://localhost/" } },
		setupFiles: ["src/test/setup.ts"],
		// States are waited for, on a machine that others keep busy too.
		testTimeout: 60_000,
		include: ["src/**/*.test.{ts,tsx}", "mock/**/*.test.mjs"],
	},
});
