/*
 * Drives the web app as a person would, in Debian's Chromium, against a
 * running server with the demo account.
 *
 *   BASE_URL=http://127.0.0.1:8080 node tests/browser/run.mjs [name-part]
 *
 * SHOTS=DIR keeps screenshots there. Prints a line for each test, then the
 * count; the exit code is 0 when none failed. What it records goes into a
 * portfolio of its own, which it removes at the end.
 */
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { Watch } from "./watch.mjs";

const need = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { chromium } = need("playwright-core");
const axe = need("axe-core").source;

const base = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const only = process.argv[2];
const shots = process.env.SHOTS;
const WIDE = { width: 1440, height: 900 }, PHONE = { width: 390, height: 844 };
const FIRST_ROUTE_KIB = 180;

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: WIDE, locale: "en-US", colorScheme: "light" });
context.setDefaultTimeout(30_000);
const watch = new Watch(base);
await watch.follow(context);
const page = await context.newPage();

/* ---- what tests are written with ------------------------------------------ */

function must(claim, why) {
	if (!claim)
		throw new Error(why);
}

async function until(claim, why, limit_ms = 30_000) {
	const end = Date.now() + limit_ms;
	while (Date.now() < end) {
		if (await claim())
			return;
		await page.waitForTimeout(100);
	}
	throw new Error(why);
}

const button = (name) => page.getByRole("button", { name, exact: typeof name === "string" });
const dialog = () => page.getByRole("dialog");
const field = (label) => dialog().getByLabel(label);
const here = () => new URL(page.url()).pathname;

async function logIn(on = page, username = "demo", password = "demo123") {
	await on.getByLabel("User name").fill(username);
	await on.getByLabel("Password").fill(password);
	await on.getByRole("button", { name: "Log in" }).click();
}

const chartShown = (on = page) => on.locator("canvas").first().waitFor();

async function axeFinds(name) {
	// Not while something is still fading in.
	await page.waitForTimeout(300);
	await page.evaluate(axe);
	const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
	const bad = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
	must(bad.length === 0, `${name}: ${bad.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")}`).join(" | ")}`);
}

const shot = (name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined);

async function pickInstrument(symbol) {
	await dialog().getByRole("combobox", { name: "Instrument" }).fill(symbol.slice(0, -1));
	await dialog().getByRole("option", { name: new RegExp(`^${symbol}`) }).first().click();
}

let demo = "", own = "";
const ownName = `Browser test ${randomBytes(3).toString("hex")}`;
const tests = [];
const test = (name, run) => tests.push({ name, run });

/* ---- logging in ------------------------------------------------------------ */

test("a stranger is asked to log in", async () => {
	await page.goto(`${base}/`);
	await page.getByLabel("User name").waitFor();
	must(here() === "/login", `is at ${here()}`);
	await axeFinds("log-in");
	await shot("login");
});

test("a wrong password is refused in words", async () => {
	await logIn(page, "demo", `not-${randomBytes(4).toString("hex")}`);
	await page.getByRole("alert").waitFor();
	must(/wrong|incorrect|not right|match/i.test(await page.getByRole("alert").innerText()), await page.getByRole("alert").innerText());
});

test("demo / demo123 logs in and lands on the dashboard", async () => {
	await logIn();
	await page.waitForURL(/\/portfolios\/[^/]+$/);
	demo = here();
	await chartShown();
});

test("the token is kept out of the browser's storage", async () => {
	const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
	must(!/eyJ|token|session|demo/i.test(kept), kept);
});

/* ---- the dashboard ----------------------------------------------------------- */

test("the dashboard shows the value, the chart and the figures", async () => {
	const value = await page.locator("main .figures").first().innerText();
	must(/\d,\d{3}\.\d\d/.test(value), `the value reads ${value}`);
	must(await page.locator("canvas").count() > 0, "no chart");
	for (const name of ["Return", "Money-weighted", "Sharpe", "Volatility", "Max drawdown", "Beta", "Win rate"])
		await button(new RegExp(`^${name}`)).first().waitFor();
	await page.getByRole("table", { name: "Positions" }).waitFor();
	await page.getByText("TradingView").first().waitFor();
	await shot("dashboard");
});

test("each range asks for its history and draws it", async () => {
	for (const range of ["1W", "1M", "3M", "6M", "YTD", "5Y", "MAX", "1Y"]) {
		const chip = page.getByRole("radio", { name: range, exact: true });
		await chip.click();
		await until(async () => await chip.getAttribute("aria-checked") === "true", `${range} is not chosen`);
		await until(async () => await page.locator('section[aria-label="History"] [aria-busy="false"]').count() === 1, `${range} never came`);
		await chartShown();
	}
});

test("the return, the benchmark and the drawdown are drawn", async () => {
	await page.getByRole("radio", { name: "Return", exact: true }).click();
	await button("Drawdown").click();
	await until(async () => await page.locator("canvas").count() >= 8, "there is no second pane");
	const legend = page.locator('section[aria-label="History"] p').first();
	await until(async () => /Drawdown/.test(await legend.innerText()), "the legend does not say the drawdown");
	await shot("return");
	await page.getByRole("radio", { name: "Value", exact: true }).click();
	await button("Drawdown").click();
});

test("the value can be drawn with equal steps for equal gains", async () => {
	await button("Log").click();
	must(await button("Log").getAttribute("aria-pressed") === "true", "log is not chosen");
	await chartShown();
	await shot("log");
	await button("Log").click();
});

test("the chart has its data as a table", async () => {
	await button("Show as table").click();
	const rows = await page.getByRole("table", { name: "Daily values" }).getByRole("row").count();
	must(rows > 20, `${rows} rows`);
	await button("Show as chart").click();
	await chartShown();
});

test("a key figure says how it came about", async () => {
	await button(/^Sharpe/).click();
	const panel = page.getByRole("dialog", { name: /Sharpe/i });
	await panel.getByText("Days counted").waitFor();
	must(/√252/.test(await panel.innerText()), "no formula");
	await shot("how");
	await page.keyboard.press("Escape");
});

test("prices move live, and only in their own rows", async () => {
	const table = page.getByRole("table", { name: "Positions" });
	await table.getByRole("row").nth(2).waitFor();
	const moved = await table.evaluate((el) => new Promise((resolve) => {
		const seen = [];
		const end = setTimeout(() => resolve(seen), 25_000);
		new MutationObserver((list) => {
			const rows = new Set(list.map((m) => (m.target.parentElement ?? m.target).closest?.("tbody tr")?.querySelector("a")?.textContent).filter(Boolean));
			if (rows.size > 0)
				seen.push([...rows]);
			if (seen.length >= 3) {
				clearTimeout(end);
				resolve(seen);
			}
		}).observe(el, { subtree: true, characterData: true, childList: true });
	}));
	must(moved.length > 0, "no price moved for 25 s");
	const all = await table.locator("tbody tr").count();
	must(moved.some((rows) => rows.length < all), "every row was drawn again");
});

test("allocation is shown as a ring and as tiles, by position and sector", async () => {
	const panel = page.getByRole("region", { name: "Allocation" });
	await panel.getByRole("radio", { name: "Tiles" }).click();
	must(await panel.locator("svg rect").count() > 2, "no tiles");
	await panel.getByRole("radio", { name: "Sector" }).click();
	await panel.getByRole("radio", { name: "Ring" }).click();
	must(await panel.locator("svg path").count() > 2, "no ring");
});

test("axe finds nothing serious on the dashboard, light and dark", async () => {
	await axeFinds("light");
	await page.emulateMedia({ colorScheme: "dark" });
	await axeFinds("dark");
	await page.emulateMedia({ colorScheme: "light" });
});

/* ---- the keyboard ------------------------------------------------------------- */

/* The two keys belong together only for a moment: on a slow machine, again. */
async function keysTo(first, second, url) {
	for (let tries = 0; tries < 5; tries++) {
		await page.keyboard.press(first);
		await page.keyboard.press(second);
		if (await page.waitForURL(url, { timeout: 4000 }).then(() => true, () => false))
			return;
	}
	must(false, `${first} ${second} does not lead to ${url}`);
}

test("keys: / searches, g t and g d go, ? tells, Ctrl-K commands", async () => {
	await page.keyboard.press("/");
	must(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")) === "Search instruments", "/ does not search");
	await page.keyboard.press("Escape");
	await until(() => page.evaluate(() => document.activeElement?.tagName !== "INPUT"), "the search stays open");
	await keysTo("g", "t", /\/trades$/);
	await keysTo("g", "d", /\/portfolios\/[^/]+$/);
	await page.keyboard.press("?");
	await dialog().getByText("Search instruments").waitFor();
	await page.keyboard.press("Escape");
	await dialog().waitFor({ state: "detached" });
	await page.keyboard.press("Control+k");
	await dialog().getByRole("combobox").fill("dark");
	await axeFinds("palette");
	await shot("palette");
	await page.keyboard.press("Enter");
	await until(() => page.evaluate(() => document.documentElement.dataset.theme === "dark"), "the command did nothing");
});

test("a chosen dark theme stays after a reload", async () => {
	await page.reload();
	await chartShown();
	const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const [r] = background.match(/\d+/g).map(Number);
	must(r < 60, `the background is ${background}`);
	await shot("dashboard-dark");
	await page.keyboard.press("Control+k");
	await dialog().getByRole("combobox").fill("theme as the system");
	await page.keyboard.press("Enter");
	await until(() => page.evaluate(() => document.documentElement.dataset.theme === undefined), "the theme is still chosen");
});

/* ---- recording ------------------------------------------------------------------ */

test("a new portfolio says what to do next", async () => {
	await button(/^Portfolio:/).click();
	await page.getByRole("menuitem", { name: "New portfolio" }).click();
	await dialog().waitFor();
	await axeFinds("new portfolio");
	await field("Name").fill(ownName);
	await field("Opened on").fill("2020-01-02");
	await dialog().getByRole("button", { name: "Create portfolio" }).click();
	await page.getByText("This portfolio is empty").waitFor();
	own = here();
	must(own !== demo, "it is the same portfolio");
	await shot("empty");
});

test("a deposit is recorded", async () => {
	await button("Record a deposit").click();
	await field(/^Amount/).fill("10,000");
	await dialog().getByRole("button", { name: "Record deposit" }).click();
	await dialog().waitFor({ state: "detached" });
	await until(async () => /10,000\.00/.test(await page.locator("main").innerText()), "the value is not 10,000.00");
});

test("a trade is recorded with the last price, and seen among the trades", async () => {
	await page.keyboard.press("n");
	await dialog().waitFor();
	await pickInstrument("AAPL");
	await field("Quantity").fill("3");
	await dialog().getByRole("button", { name: /^Last/ }).click();
	await axeFinds("trade dialog");
	await shot("trade");
	await dialog().getByRole("button", { name: "Record buy" }).click();
	await dialog().waitFor({ state: "detached" });
	await page.goto(`${base}${own}/trades`);
	const table = page.getByRole("table", { name: "Activities" });
	await table.getByRole("row", { name: /Buy AAPL 3/ }).waitFor();
	await axeFinds("trades");
	await shot("trades");
});

test("selling more than is held is refused at the quantity", async () => {
	await page.keyboard.press("n");
	await dialog().getByRole("radio", { name: "Sell" }).click();
	await pickInstrument("AAPL");
	await field("Quantity").fill("5");
	await field(/^Price/).fill("100");
	await dialog().getByRole("button", { name: "Record sell" }).click();
	const quantity = field("Quantity");
	await until(async () => await quantity.getAttribute("aria-invalid") === "true", "the field is not marked");
	const said = await page.locator(`[id="${await quantity.getAttribute("aria-describedby")}"]`).innerText();
	must(/3/.test(said) && /2/.test(said), `it says: ${said}`);
	await shot("oversell");
	await dialog().getByRole("button", { name: "Cancel" }).click();
});

test("buying for more than the cash is refused", async () => {
	await page.keyboard.press("n");
	await pickInstrument("AAPL");
	await field("Quantity").fill("1000000");
	await field(/^Price/).fill("100");
	await dialog().getByRole("button", { name: "Record buy" }).click();
	await dialog().getByRole("alert").first().waitFor();
	await dialog().getByRole("button", { name: "Cancel" }).click();
});

test("what is missing is said before anything is sent", async () => {
	await page.keyboard.press("n");
	await dialog().getByRole("button", { name: "Record buy" }).click();
	await dialog().getByText("Which instrument?").waitFor();
	await page.keyboard.press("Escape");
	await dialog().waitFor({ state: "detached" });
});

test("the filter is in the address and can be undone", async () => {
	await page.getByLabel("Kind").selectOption("dividend");
	await page.getByText("Nothing fits the filter").waitFor();
	must(/kind=dividend/.test(page.url()), page.url());
	await button("Show all").click();
	await page.getByRole("row", { name: /Buy AAPL/ }).waitFor();
});

test("an activity is deleted after asking, a needed one is not", async () => {
	const erase = async (kind) => {
		const row = page.getByRole("row", { name: new RegExp(kind) }).first();
		await row.hover();
		await row.getByRole("button", { name: new RegExp(`^Delete ${kind}`, "i") }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
	};
	await erase("Deposit");
	await page.getByRole("alertdialog").getByRole("alert").waitFor();
	await axeFinds("refused deletion");
	await page.getByRole("alertdialog").getByRole("button", { name: "Keep it" }).click();
	await erase("Buy");
	await page.getByRole("row", { name: /Buy AAPL/ }).waitFor({ state: "detached" });
});

test("units come by transfer, are a lot, and are sold by the method that is chosen", async () => {
	await page.getByRole("alertdialog").waitFor({ state: "detached" });
	await page.keyboard.press("n");
	await dialog().getByLabel("Transfers and what companies do").selectOption({ label: "Transfer in" });
	await pickInstrument("MSFT");
	await field("Quantity").fill("2");
	await field(/^They had cost/).fill("500");
	await field(/^Acquired on/).fill("2019-05-06");
	await axeFinds("transfer dialog");
	await shot("transfer");
	await dialog().getByRole("button", { name: "Record transfer in" }).click();
	await dialog().waitFor({ state: "detached" });
	await page.goto(`${base}${own}/positions/MSFT`);
	const lots = page.getByRole("region", { name: "Lots" });
	await lots.getByRole("row", { name: /May 6, 2019.*long/ }).waitFor();
	await page.keyboard.press("Control+k");
	await dialog().getByRole("combobox").fill("portfolio settings");
	await page.keyboard.press("Enter");
	await field("Sales take").selectOption({ label: "First in, first out" });
	await axeFinds("portfolio settings");
	await dialog().getByRole("button", { name: "Save" }).click();
	await lots.getByText(/sales take the oldest first/).waitFor();
	await shot("lots");
	await page.goto(`${base}${own}/trades`);
	await page.getByRole("row", { name: /Transfer in MSFT 2/ }).waitFor();
});

test("a portfolio is renamed, and deleted after asking", async () => {
	const openSettings = async () => {
		await button(/^Portfolio:/).click();
		await page.getByRole("menuitem", { name: "Portfolio settings" }).click();
		await dialog().waitFor();
	};
	await page.goto(`${base}${own}`);
	await page.getByRole("main").getByText("10,000").first().waitFor();
	await openSettings();
	await field("Name").fill(`${ownName} II`);
	await axeFinds("portfolio settings");
	await shot("portfolio-settings");
	await dialog().getByRole("button", { name: "Save" }).click();
	await dialog().waitFor({ state: "detached" });
	await button(`Portfolio: ${ownName} II. Switch`).waitFor();
	await openSettings();
	await dialog().getByRole("button", { name: "Delete portfolio" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
	await page.waitForURL((url) => !url.pathname.startsWith(own));
	own = "";
	await chartShown();
});

/* ---- a position -------------------------------------------------------------------- */

test("a position has its chart, its numbers and its company", async () => {
	await page.goto(`${base}${demo}`);
	const link = page.getByRole("table", { name: "Positions" }).getByRole("link").first();
	const symbol = (await link.getAttribute("href")).split("/").at(-1);
	await link.click();
	await page.waitForURL(new RegExp(`/positions/${symbol}$`));
	await chartShown();
	await page.getByRole("region", { name: "Your position" }).getByText("Average cost").waitFor();
	await page.getByRole("region", { name: "Company" }).getByText("Industry").waitFor();
	await page.getByRole("region", { name: "Data" }).getByRole("list", { name: "Sources" }).waitFor();
	const reports = page.getByRole("region", { name: "Fundamentals" });
	await reports.getByText("Net income").waitFor();
	await reports.getByRole("button", { name: "Show reports as table" }).click();
	await reports.getByRole("row", { name: /^Revenue USD/ }).waitFor();
	await page.getByRole("radio", { name: "1D", exact: true }).click();
	await button("Show daily bars").or(page.getByRole("img", { name: /bars of five minutes/ })).first().waitFor();
	await page.getByRole("radio", { name: "MAX", exact: true }).click();
	await chartShown();
	await page.waitForTimeout(500);
	await shot("position");
	await axeFinds("position");
});

test("indicators are drawn over the price and under it, and can be changed", async () => {
	await button("Indicators").click();
	await button(/^Simple moving average/).click();
	await button(/^Relative strength index/).click();
	await axeFinds("indicators");
	await page.keyboard.press("Escape");
	const list = page.getByRole("list", { name: "Drawn on the chart" });
	await until(async () => (await list.getByRole("listitem").allInnerTexts()).every((text) => /\d+\.\d\d/.test(text)), "no values");
	await until(async () => await page.locator("canvas").count() >= 8, "there is no second pane");
	await button("Settings of SMA 20").click();
	await page.getByLabel(/^Days/).fill("50");
	await page.keyboard.press("Enter");
	await button("Settings of SMA 50").waitFor();
	await page.keyboard.press("Escape");
	await button("Indicators").click();
	await page.getByLabel("Find an indicator").fill("bollinger");
	await button(/^Bollinger bands/).click();
	await page.getByLabel("Find an indicator").fill("macd");
	await button(/^Moving average convergence/).click();
	await page.keyboard.press("Escape");
	await until(async () => (await list.getByRole("listitem").allInnerTexts()).every((text) => /\d+\.\d\d/.test(text)), "no values of bands");
	await page.waitForTimeout(400);
	await shot("indicators");
	await button("Remove BB 20 2").click();
	await button("Remove MACD 12 26 9").click();
	await button("Show as table").click();
	await page.getByRole("columnheader", { name: "RSI 14" }).waitFor();
	await button("Show as chart").click();
	for (const name of ["SMA 50", "RSI 14"])
		await button(`Remove ${name}`).click();
});

test("instruments are compared from zero", async () => {
	await button("Compare").click();
	await page.getByRole("combobox", { name: "Compare with" }).fill("qqq");
	await page.getByRole("option", { name: /^QQQ/ }).click();
	await page.keyboard.press("Escape");
	const list = page.getByRole("list", { name: "Drawn on the chart" });
	await until(async () => (await list.getByRole("listitem").allInnerTexts()).every((text) => /%/.test(text)), "no gains");
	await chartShown();
	await page.waitForTimeout(300);
	await shot("compare");
	await axeFinds("compare");
	await button("Remove QQQ").click();
});

test("the search finds an instrument that is not held", async () => {
	await page.keyboard.press("/");
	await page.keyboard.type("a");
	await page.getByRole("search").getByRole("option").first().waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("region", { name: "Company" }).waitFor();
});

/* ---- markets ------------------------------------------------------------------------ */

test("the markets have funds, a heat map that arrows walk, and what moves", async () => {
	await page.goto(`${base}${demo}`);
	await chartShown();
	await keysTo("g", "m", /\/markets$/);
	const map = page.getByRole("group", { name: /^Heat map/ });
	await map.getByRole("link").first().waitFor();
	const names = await map.getByRole("link").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
	must(names.length > 10 && names.every((name) => /[+\u2212]?\d+\.\d+%|no price/.test(name)), `tiles: ${names.slice(0, 3).join("; ")}`);
	for (const name of ["Rising", "Falling", "Most traded"])
		await page.getByRole("region", { name }).locator("a, p").first().waitFor();
	await page.getByRole("list", { name: "Exchanges" }).getByText("New York Stock Exchange").waitFor();
	await page.getByRole("region", { name: "Currencies" }).locator("p, li").first().waitFor();
	await axeFinds("markets");
	await shot("markets");
	await page.emulateMedia({ colorScheme: "dark" });
	await axeFinds("markets, dark");
	await page.emulateMedia({ colorScheme: "light" });
	await page.getByRole("radio", { name: "1Y", exact: true }).click();
	await page.getByRole("radio", { name: "Equal", exact: true }).click();
	const before = await map.locator('[tabindex="0"]').getAttribute("aria-label");
	await map.locator('[tabindex="0"]').focus();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowRight");
	const now = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
	must(now && now !== before, `the focus is still on ${before}`);
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/markets\/[^/]+$/);
	await page.getByRole("region", { name: "Key figures" }).getByText("52 weeks").waitFor();
	await chartShown();
});

test("instruments are narrowed by the address, walked by arrows and opened", async () => {
	await page.keyboard.press("Control+k");
	await dialog().getByRole("combobox").fill("kind:etf");
	await dialog().getByRole("option", { name: /^SPY/ }).waitFor();
	must(await dialog().getByRole("option", { name: /^AAPL/ }).count() === 0, "a share is among the funds");
	await axeFinds("palette of funds");
	await dialog().getByRole("option", { name: /^All of them/ }).click();
	await page.waitForURL(/\/instruments\?kind=etf$/);
	const table = page.getByRole("table", { name: "Instruments" });
	await table.getByRole("link", { name: /^SPY/ }).waitFor();
	await axeFinds("instruments");
	await shot("instruments");
	await page.getByRole("combobox", { name: "Exchange" }).selectOption("NASDAQ");
	await page.waitForURL(/exchange=NASDAQ/);
	await table.getByRole("link", { name: /^SPY/ }).waitFor({ state: "detached" });
	await table.getByRole("link", { name: /^QQQ/ }).focus();
	await page.keyboard.press("ArrowDown");
	const now = await page.evaluate(() => document.activeElement?.textContent);
	must(/^TLT/.test(now), `the focus is on ${now}`);
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/markets\/TLT$/);
	await chartShown();
});

/* ---- jobs --------------------------------------------------------------------------- */

test("a schedule is run now, paused and resumed, and its run has a log", async () => {
	await button("Settings").click();
	await page.getByRole("menuitem", { name: "Jobs" }).click();
	await page.waitForURL(/\/jobs$/);
	await page.getByText(/\d+ workers?, \d+ of/).waitFor();
	await page.getByRole("radio", { name: "Schedules" }).click();
	await button("Pause jobs.tidy").click();
	await button("Resume jobs.tidy").click();
	await button("Pause jobs.tidy").waitFor();
	await axeFinds("schedules");
	await shot("schedules");
	await button("Run now: jobs.tidy").click();
	await page.getByRole("radio", { name: "Runs" }).click();
	const row = page.getByRole("table", { name: "Runs" }).getByRole("row", { name: /jobs\.tidy.*Done/ }).first();
	await row.waitFor();
	await axeFinds("runs");
	await shot("jobs");
	await row.getByRole("button").click();
	await dialog().getByRole("log").waitFor();
	await dialog().getByText("Failures").waitFor();
	await axeFinds("a run");
	await shot("run");
	await page.keyboard.press("Escape");
});

test("providers say how they are; a key is taken, not shown, and given back", async () => {
	await page.keyboard.press("Control+k");
	await dialog().getByRole("combobox").fill("providers");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/providers$/);
	await button("Add your key: finnhub").waitFor();
	await axeFinds("providers");
	await shot("providers");
	await button("Add your key: finnhub").click();
	const secret = randomBytes(10).toString("hex");
	await field("Key").fill(secret);
	await dialog().getByRole("button", { name: "Keep key" }).click();
	await dialog().waitFor({ state: "detached" });
	await button("Replace: finnhub").waitFor();
	must(!(await page.content()).includes(secret), "the key is on the page");
	await button("Remove: finnhub").click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
	await button("Add your key: finnhub").waitFor();
});

test("the palette knows pages, what was looked at, and instruments nobody holds", async () => {
	await page.goto(`${base}/markets/QQQ`);
	await page.getByRole("heading", { name: "Invesco QQQ Trust" }).waitFor();
	await page.keyboard.press("Control+k");
	const first = dialog().getByRole("option").first();
	await first.waitFor();
	must(/QQQ\s*Recent/.test(await first.innerText()), `the first is ${await first.innerText()}`);
	await dialog().getByRole("combobox").fill("walt disney");
	await dialog().getByRole("option", { name: /^DIS/ }).waitFor();
	await axeFinds("palette with instruments");
	await page.keyboard.press("Escape");
	await dialog().waitFor({ state: "detached" });
});

/* ---- looks ---------------------------------------------------------------------------- */

test("amounts can be hidden", async () => {
	await page.goto(`${base}${demo}`);
	await chartShown();
	const value = await page.locator("main .figures").first().innerText();
	await button("Settings").click();
	await page.getByRole("menuitemcheckbox", { name: "Hide amounts" }).click();
	await page.keyboard.press("Escape");
	await until(async () => !(await page.locator("main").innerText()).includes(value), "the value is still shown");
	await shot("hidden");
	await button("Settings").click();
	await page.getByRole("menuitemcheckbox", { name: "Hide amounts" }).click();
	await page.keyboard.press("Escape");
});

test("a phone gets a list, a bar below and no sideways scrolling", async () => {
	await page.setViewportSize(PHONE);
	for (const path of [demo, `${demo}/trades`]) {
		await page.goto(`${base}${path}`);
		await page.locator("main li a").first().waitFor();
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		must(wide <= 0, `${path} is ${wide} px too wide`);
		must(await page.getByRole("table", { name: /Positions|Activities/ }).count() === 0, "a table is shown");
		await shot(path.endsWith("trades") ? "phone-trades" : "phone");
	}
	await axeFinds("phone");
	await button("Record").click();
	await dialog().waitFor();
	await shot("phone-record");
	await page.keyboard.press("Escape");
	await page.setViewportSize(WIDE);
});

test("with reduced motion the chart is still in its colours", async () => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await page.goto(`${base}${demo}`);
	await chartShown();
	await page.waitForTimeout(500);
	const coloured = await page.evaluate(() => Math.max(...[...document.querySelectorAll("canvas")].map((canvas) => {
		const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
		let count = 0;
		for (let i = 0; i < data.length; i += 4)
			if (data[i + 3] > 200 && data[i + 2] - data[i] > 60)
				count++;
		return count;
	})));
	must(coloured > 500, `${coloured} blue points`);
	await page.emulateMedia({ reducedMotion: "no-preference" });
});

test("an unknown address and a foreign portfolio are not found", async () => {
	for (const path of ["/nowhere", "/portfolios/00000000-0000-7000-8000-000000000000"]) {
		await page.goto(base + path);
		await page.getByRole("heading", { name: "Not found" }).waitFor();
	}
});

test("a ticker in small letters is found under its own address", async () => {
	await page.goto(`${base}/markets/aapl`);
	await page.waitForURL(/\/markets\/AAPL$/);
	await page.goto(`${base}/markets/nosuchone`);
	await page.getByText(/No instrument is known as NOSUCHONE/).waitFor();
});

/* ---- the line ----------------------------------------------------------------------------- */

test("a lost line says so, and heals", async () => {
	await context.route("**/stream", (route) => route.abort());
	await page.goto(`${base}${demo}`);
	await page.getByText("The connection is lost").waitFor();
	await shot("lost");
	await context.unroute("**/stream");
	await button("Connect now").click();
	await page.getByText("The connection is lost").waitFor({ state: "detached" });
	await page.getByRole("img", { name: "Prices are live" }).waitFor();
});

test("a failed answer says what happened and can be tried again", async () => {
	await context.route("**/allocation", (route) => route.fulfill({ status: 503, contentType: "application/problem+json",
		body: JSON.stringify({ type: "about:blank", title: "Unavailable", status: 503, detail: "Try again in a moment." }) }));
	await page.goto(`${base}${demo}`);
	const panel = page.getByRole("region", { name: "Allocation" });
	await panel.getByText("Try again in a moment.").waitFor();
	await context.unroute("**/allocation");
	await panel.getByRole("button", { name: "Try again" }).click();
	await panel.locator("svg path").first().waitFor();
});

/* ---- the API reference -------------------------------------------------------------------- */

test("the API reference loads, Authorize works, and a call answers", async () => {
	await page.goto(`${base}/docs/`);
	await page.locator(".opblock").first().waitFor({ timeout: 30_000 });
	await page.locator("button.authorize").first().click();
	const box = page.locator(".modal-ux");
	await box.waitFor();
	await box.locator("input[name=username], #oauth_username, [data-name=username]").first().fill("demo");
	await box.locator("input[name=password], #oauth_password, [data-name=password]").first().fill("demo123");
	await box.getByRole("button", { name: "Apply given OAuth2 credentials" }).or(box.locator(".auth-btn-wrapper button.authorize")).first().click();
	await box.getByRole("button", { name: /Logout|Remove authorization/ }).first().waitFor();
	await box.getByRole("button", { name: "Close" }).last().click();
	const call = page.locator(".opblock", { has: page.locator('[data-path$="/auth/me"]') }).first();
	await call.locator(".opblock-summary-control").click();
	await call.getByRole("button", { name: "Try it out" }).click();
	await call.getByRole("button", { name: "Execute" }).click();
	await call.locator(".live-responses-table .response-col_status").getByText("200").waitFor();
	await shot("docs");
});

/* ---- the end ------------------------------------------------------------------------------------- */

test("a reload keeps the session, logging out ends it", async () => {
	await page.goto(`${base}${demo}`);
	await chartShown();
	await button("Settings").click();
	await page.getByRole("menuitem", { name: "Log out" }).click();
	await page.getByLabel("User name").waitFor();
	await page.goto(`${base}${demo}`);
	await page.getByLabel("User name").waitFor();
	const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
	must(!/\d,\d{3}|demo/i.test(kept), kept);
});

test(`the first route is under ${FIRST_ROUTE_KIB} KiB of JavaScript`, async () => {
	const fresh = await browser.newContext({ viewport: WIDE });
	const tab = await fresh.newPage();
	const bodies = [];
	tab.on("response", (answer) => {
		if (/javascript/.test(answer.headers()["content-type"] ?? ""))
			bodies.push(answer.body().then((body) => ({ name: new URL(answer.url()).pathname, size: gzipSync(body, { level: 9 }).length })));
	});
	await tab.goto(`${base}/`);
	await logIn(tab);
	await chartShown(tab);
	const files = (await Promise.all(bodies)).filter(({ name }) => !/chart/.test(name));
	await fresh.close();
	const kib = files.reduce((sum, { size }) => sum + size, 0) / 1024;
	must(kib < FIRST_ROUTE_KIB, `${kib.toFixed(1)} KiB in ${files.length} files`);
	console.log(`#  ${kib.toFixed(1)} KiB gzipped in ${files.length} files, charts apart`);
});

test("nothing broke the content security policy, left the origin or went wrong unseen", async () => {
	must(watch.complaints.length === 0, watch.complaints.slice(0, 5).join(" | "));
});

/* ---- running them ---------------------------------------------------------------------------------- */

async function removeOwn() {
	if (!own)
		return;
	const api = `${base}/api/v1`, id = own.split("/").at(-1);
	const session = await fetch(`${api}/auth/login`, { method: "POST", headers: { "content-type": "application/json" },
		body: JSON.stringify({ username: "demo", password: "demo123" }) }).then((answer) => answer.json());
	const headers = { authorization: `Bearer ${session.access_token}` };
	const etag = (await fetch(`${api}/portfolios/${id}`, { headers })).headers.get("etag");
	await fetch(`${api}/portfolios/${id}`, { method: "DELETE", headers: { ...headers, ...(etag ? { "if-match": etag } : {}) } });
}

let passed = 0, failed = 0;
for (const { name, run } of tests) {
	if (only && !name.includes(only) && !/demo123 logs|stranger/.test(name))
		continue;
	try {
		await run();
		passed++;
		console.log(`ok ${name}`);
	} catch (why) {
		failed++;
		console.log(`FAIL ${name}: ${String(why?.message ?? why).replaceAll(/\x1b\[[0-9;]*m/g, "").split("\n").slice(0, 4).join(" ")}`);
		await shot(`failed-${failed}`);
		if (await page.getByRole("dialog").count() > 0)
			await page.keyboard.press("Escape");
	}
}
await removeOwn().catch((why) => console.log(`#  the test's portfolio was not removed: ${why}`));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
