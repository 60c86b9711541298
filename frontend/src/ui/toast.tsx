/* A line that says what was done, for a few seconds, politely. */
import { useSyncExternalStore } from "react";
import { Icon } from "./icon";

interface Toast {
	id: number;
	text: string;
}

const SHOWN_MS = 5000;
let list: readonly Toast[] = [];
let serial = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
	list = next;
	for (const tell of listeners) tell();
}

export function toast(text: string) {
	const id = ++serial;
	set([...list.slice(-2), { id, text }]);
	setTimeout(() => {
		set(list.filter((one) => one.id !== id));
	}, SHOWN_MS);
}

function subscribe(tell: () => void) {
	listeners.add(tell);
	return () => {
		listeners.delete(tell);
	};
}

export function Toasts() {
	const shown = useSyncExternalStore(subscribe, () => list);
	return (
		<div
			role="status"
			className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 px-4 sm:bottom-6"
		>
			{shown.map(({ id, text }) => (
				<p
					key={id}
					className="fade-in flex items-center gap-2 rounded-lg border border-line bg-raised px-3.5 py-2 text-sm shadow-raised"
				>
					<Icon name="check" className="text-gain" />
					{text}
				</p>
			))}
		</div>
	);
}
