import { Dialog } from "../ui/dialog";
import { Key } from "../ui/notice";

const KEYS: readonly (readonly [string, string])[] = [
	["/", "Search instruments"],
	["Ctrl K", "Commands"],
	["g d", "Dashboard"],
	["g t", "Trades"],
	["g m", "Markets"],
	["g i", "Instruments"],
	["n", "Record an activity"],
	["?", "These keys"],
	["Esc", "Close"],
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
	return (
		<Dialog open onClose={onClose} title="Keys" width="sm:max-w-xs">
			<dl>
				{KEYS.map(([keys, does]) => (
					<div
						key={keys}
						className="flex items-center justify-between border-b border-line py-2 text-sm last:border-0"
					>
						<dt className="order-last flex gap-1">
							{keys.split(" ").map((key) => (
								<Key key={key}>{key}</Key>
							))}
						</dt>
						<dd>{does}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
