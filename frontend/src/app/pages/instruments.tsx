/* All instruments there are, narrowed by what they are and where they trade.
 * The filter is in the address. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useUniverseQuery } from "../../api/markets";
import { KINDS } from "../../features/market/filters";
import { InstrumentList } from "../../features/market/instrument-list";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/notice";
import { Toggle } from "../../ui/toggle";
import { useDebounced } from "../../ui/use-debounced";

const FILTER = "h-8 rounded-md border border-line bg-surface px-2 text-sm hover:border-ink-3";

/* What there is to choose, and what was chosen by an address. */
const choices = (all: readonly (string | null)[], chosen: string) =>
	[...new Set([...all.filter((one): one is string => Boolean(one)), ...(chosen ? [chosen] : [])])].sort();

export default function InstrumentsPage() {
	const [query, setQuery] = useSearchParams();
	const { data: known = [] } = useUniverseQuery();
	const get = (name: string) => query.get(name) ?? "";
	const typed = get("q"),
		kind = get("kind"),
		exchange = get("exchange"),
		currency = get("currency"),
		tracked = get("tracked") === "true";
	const q = useDebounced(typed.trim().slice(0, 60), 200);
	const filter = useMemo(
		() => ({
			q: q || undefined,
			kind: kind || undefined,
			exchange: exchange || undefined,
			currency: currency || undefined,
			tracked: tracked || undefined,
		}),
		[q, kind, exchange, currency, tracked],
	);
	const set = (name: string, value: string) => {
		const next = new URLSearchParams(query);
		if (value) next.set(name, value);
		else next.delete(name);
		setQuery(next, { replace: true });
	};
	const select = (name: string, all: string, value: string, options: readonly [string, string][]) => (
		<select
			aria-label={name}
			className={FILTER}
			value={value}
			onChange={(event) => {
				set(name.toLowerCase(), event.target.value);
			}}
		>
			<option value="">{all}</option>
			{options.map(([one, label]) => (
				<option key={one} value={one}>
					{label}
				</option>
			))}
		</select>
	);
	const same = (list: string[]) => list.map((one): [string, string] => [one, one]);
	return (
		<div className="space-y-4">
			<title>Instruments · Bursar</title>
			<header className="flex flex-wrap items-center justify-between gap-3">
				<h1 className="text-xl font-semibold tracking-[-0.015em]">Instruments</h1>
				<div className="flex flex-wrap items-center gap-2">
					<input
						type="search"
						aria-label="Name, symbol, ISIN or FIGI"
						placeholder="Name, symbol, ISIN"
						maxLength={60}
						className={`${FILTER} w-52 max-sm:w-full`}
						value={typed}
						onChange={(event) => {
							set("q", event.target.value);
						}}
					/>
					{select(
						"Kind",
						"All kinds",
						kind,
						KINDS.map(({ value, label }) => [value, label]),
					)}
					{select(
						"Exchange",
						"All exchanges",
						exchange,
						same(
							choices(
								known.map((one) => one.exchange),
								exchange,
							),
						),
					)}
					{select(
						"Currency",
						"All currencies",
						currency,
						same(
							choices(
								known.map((one) => one.currency),
								currency,
							),
						),
					)}
					<Toggle
						pressed={tracked}
						title="Only those that are kept up to date"
						onChange={(on) => {
							set("tracked", on ? "true" : "");
						}}
					>
						Tracked
					</Toggle>
				</div>
			</header>
			<InstrumentList
				filter={filter}
				empty={
					<Empty
						icon="search"
						title="Nothing fits the filter"
						action={
							<Button
								onClick={() => {
									setQuery({}, { replace: true });
								}}
							>
								Show all
							</Button>
						}
					>
						{typed
							? `No instrument is called “${typed}” and is all that was chosen.`
							: "No instrument is all that was chosen."}
					</Empty>
				}
			/>
		</div>
	);
}
