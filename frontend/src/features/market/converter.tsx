/* An amount in another currency, by the newest reference rate. */
import { useMemo, useState } from "react";
import { useConversionQuery } from "../../api/markets";
import { asProblem } from "../../api/problem";
import { formatDay } from "../../lib/day";
import { compare, money, readAmount, round, ZERO } from "../../lib/money";
import { IconButton } from "../../ui/button";
import { useDebounced } from "../../ui/use-debounced";

const BOX =
	"h-9 min-w-0 rounded-md border border-line-strong/60 bg-surface px-2.5 text-base hover:border-ink-3 sm:text-sm";
const TYPED_MAX = 20;

export function Converter({ currencies, base }: { currencies: readonly string[]; base: string }) {
	const [typed, setTyped] = useState("1,000");
	const [pair, setPair] = useState({ from: base, to: base === "USD" ? "EUR" : "USD" });
	const text = useDebounced(typed, 250);
	const amount = useMemo(() => {
		const read = text.length <= TYPED_MAX ? readAmount(text) : null;
		return read !== null && compare(read, ZERO) > 0 ? read : null;
	}, [text]);
	const { currentData, error } = useConversionQuery(
		{ ...pair, amount: amount ?? ZERO },
		{ skip: amount === null },
	);
	const choose = (which: "from" | "to", label: string) => (
		<select
			aria-label={label}
			className={`${BOX} w-20`}
			value={pair[which]}
			onChange={(event) => {
				setPair({ ...pair, [which]: event.target.value });
			}}
		>
			{currencies.map((code) => (
				<option key={code}>{code}</option>
			))}
		</select>
	);
	return (
		<div className="mt-4 flex flex-wrap items-center gap-x-2 gap-y-2" role="group" aria-label="Converter">
			<input
				aria-label="Amount"
				inputMode="decimal"
				autoComplete="off"
				className={`${BOX} figures w-32 text-right`}
				value={typed}
				aria-invalid={text !== "" && amount === null}
				onChange={(event) => {
					setTyped(event.target.value);
				}}
			/>
			{choose("from", "From currency")}
			<IconButton
				icon="swap"
				label="Swap currencies"
				onClick={() => {
					setPair({ from: pair.to, to: pair.from });
				}}
			/>
			{choose("to", "To currency")}
			<p className="min-h-5 min-w-48 text-sm sm:ml-2" role="status">
				{amount === null ? (
					<span className="text-ink-3">
						{text === "" ? "How much?" : "An amount above zero, as 1,234.50"}
					</span>
				) : error ? (
					<span className="text-warn">{asProblem(error).detail ?? asProblem(error).title}</span>
				) : currentData ? (
					<>
						<span className="figures font-medium">
							{money(round(currentData.result, 2), { min: 2, max: 2 })} {currentData.to}
						</span>{" "}
						<span className="figures text-xs text-ink-3">
							at {money(currentData.rate, { min: 2, max: 6 })}, {formatDay(currentData.date)}
						</span>
					</>
				) : null}
			</p>
		</div>
	);
}
