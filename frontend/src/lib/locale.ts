/* The user's locale, in one place so that tests can pin it. */
let current = typeof navigator === "undefined" ? "en-US" : navigator.language;
const forget: (() => void)[] = [];

export const locale = () => current;

export function setLocale(tag: string) {
	current = tag;
	for (const run of forget) run();
}

/* A cache of Intl objects, which are dear to make and free to keep. */
export function cached<K extends string, T>(make: (key: K) => T): (key: K) => T {
	const made = new Map<K, T>();
	forget.push(() => {
		made.clear();
	});
	return (key) => {
		const found = made.get(key);
		if (found !== undefined) return found;
		const fresh = make(key);
		made.set(key, fresh);
		return fresh;
	};
}
