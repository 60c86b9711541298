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
					groups: [
						{ name: "react", test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
						{ name: "charts", test: /node_modules[\\/](lightweight-charts|fancy-canvas)[\\/]/ },
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
		include: ["src/**/*.test.{ts,tsx}", "mock/**/*.test.mjs"],
	},
});
