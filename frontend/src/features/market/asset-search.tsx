/* Find an instrument: the field in the header. "/" focuses it. */
import { useMemo, useState, type RefObject } from "react";
import { useAssetsQuery } from "../../api/market";
import type { Asset } from "../../api/types";
import { Combobox } from "../../ui/combobox";
import { Icon } from "../../ui/icon";
import { Key } from "../../ui/notice";
import { Mark } from "../../ui/symbol";
import { useDebounced } from "../../ui/use-debounced";
import { readSearch } from "./filters";

export const AssetLine = ({ asset }: { asset: Asset }) => (
	<span className="flex items-center gap-2.5">
		<Mark symbol={asset.symbol} size="size-6" />
		<span className="w-16 shrink-0 font-medium">{asset.symbol}</span>
		<span className="min-w-0 flex-1 truncate text-ink-2">{asset.name}</span>
		<span className="text-xs text-ink-3">{asset.exchange}</span>
	</span>
);

export function AssetSearch({
	field,
	onPick,
}: {
	field: RefObject<HTMLInputElement | null>;
	onPick: (symbol: string) => void;
}) {
	const [text, setText] = useState("");
	const q = useDebounced(text.trim(), 150);
	const ask = useMemo(() => {
		const { text: words, filter } = readSearch(q);
		return { ...filter, ...(words === "" ? {} : { q: words }) };
	}, [q]);
	const { data = [], isFetching } = useAssetsQuery(ask, { skip: Object.keys(ask).length === 0 });
	return (
		<div className="relative" role="search">
			<Icon
				name="search"
				size={15}
				className="pointer-events-none absolute top-2 left-2.5 z-10 text-ink-3"
			/>
			<Combobox
				ref={field}
				aria-label="Search instruments"
				placeholder="Search instruments"
				className="h-8 w-full rounded-md border border-transparent bg-sunken pr-8 pl-8 text-sm hover:border-line focus:border-line focus:bg-surface"
				list="w-[26rem] right-0"
				value={text}
				onChange={setText}
				label="Instruments"
				items={text.trim() === "" ? [] : data}
				keyOf={(asset) => asset.symbol}
				none={
					text.trim() !== "" && q === text.trim() && !isFetching ? `Nothing is called “${q}”` : null
				}
				onPick={(asset) => {
					setText("");
					field.current?.blur();
					onPick(asset.symbol);
				}}
				onKeyDown={(event) => {
					if (event.key === "Escape") {
						setText("");
						field.current?.blur();
					}
				}}
				render={(asset) => <AssetLine asset={asset} />}
			/>
			{text === "" && (
				<span className="pointer-events-none absolute top-1.5 right-2">
					<Key>/</Key>
				</span>
			)}
		</div>
	);
}
