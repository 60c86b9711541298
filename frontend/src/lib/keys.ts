/*
 * Keyboard commands: single keys and two-key sequences ("g d"). Keys typed
 * into a field, or with a modifier, belong to whoever is typing.
 */
export type Commands = Readonly<Record<string, () => void>>;

export function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
	);
}

export function createKeys(commands: Commands, wait_ms = 1200) {
	let first = "",
		since = 0;
	return (event: KeyboardEvent): boolean => {
		if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
		const now = event.timeStamp;
		const both = first && now - since < wait_ms ? `${first} ${event.key}` : "";
		const run = commands[both] ?? commands[event.key];
		first = run ? "" : event.key;
		since = now;
		if (!run) return false;
		event.preventDefault();
		run();
		return true;
	};
}
