/* A choice of looks that this browser remembers. Never figures or names. */
import { useCallback, useState } from "react";

const KEY = (name: string) => `bursar.${name}`;

function load<T>(name: string, read: (kept: unknown) => T): T {
	try {
		return read(JSON.parse(localStorage.getItem(KEY(name)) ?? "null"));
	} catch {
		return read(null);
	}
}

/* `read` makes a choice of whatever was kept, or the usual one of nothing. */
export function useRemembered<T>(name: string, read: (kept: unknown) => T) {
	const [value, setValue] = useState(() => load(name, read));
	const set = useCallback(
		(next: T) => {
			setValue(next);
			try {
				localStorage.setItem(KEY(name), JSON.stringify(next));
			} catch {
				// a browser that keeps nothing still works
			}
		},
		[name],
	);
	return [value, set] as const;
}
