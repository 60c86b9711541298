/* Other instruments drawn beside this one, all from zero. */
import { useState } from "react";
import { useAssetsQuery } from "../../api/market";
import { Button } from "../../ui/button";
import { Combobox } from "../../ui/combobox";
import { Popover } from "../../ui/popover";
import { useDebounced } from "../../ui/use-debounced";
import { AssetLine } from "./asset-search";

export const COMPARED_MAX = 5;

export function ComparePicker({
	symbol,
	chosen,
	onChange,
}: {
	symbol: string;
	chosen: readonly string[];
	onChange: (next: string[]) => void;
}) {
	const [text, setText] = useState("");
	const q = useDebounced(text.trim(), 150);
	const { data = [] } = useAssetsQuery({ q }, { skip: q === "" });
	const taken = new Set([symbol, ...chosen]);
	const full = chosen.length >= COMPARED_MAX;
	return (
		<Popover
			label="Compare"
			align="end"
			width="w-88"
			trigger={
				<Button look="quiet" size="sm" icon="plus">
					Compare
				</Button>
			}
		>
			<div className="min-h-40">
				<Combobox
					aria-label="Compare with"
					placeholder={full ? `${COMPARED_MAX} at most` : "Symbol or name, as SPY"}
					disabled={full}
					className="h-8 w-full rounded-md border border-line bg-surface px-2.5 text-sm"
					value={text}
					onChange={setText}
					label="Instruments"
					items={text.trim() === "" ? [] : data.filter((one) => !taken.has(one.symbol))}
					keyOf={(one) => one.symbol}
					onPick={(one) => {
						setText("");
						onChange([...chosen, one.symbol]);
					}}
					render={(one) => <AssetLine asset={one} />}
				/>
				<p className="mt-2 text-xs text-ink-3">
					Lines begin at zero on the first day in sight, with dividends reinvested.
				</p>
			</div>
		</Popover>
	);
}
