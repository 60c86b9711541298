/* Reads server-sent events from text as it arrives, in pieces of any size. */
export interface ServerEvent {
	event: string;
	data: string;
	id: string;
}

export function createEventReader(onEvent: (event: ServerEvent) => void) {
	let rest = "",
		event = "",
		data: string[] = [],
		id = "",
		skipLf = false;

	function field(line: string) {
		if (line === "") {
			if (data.length > 0) onEvent({ event: event || "message", data: data.join("\n"), id });
			event = "";
			data = [];
			return;
		}
		const colon = line.indexOf(":");
		if (colon === 0) return;
		const name = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
		if (name === "event") event = value;
		else if (name === "data") data.push(value);
		else if (name === "id" && !value.includes("\0")) id = value;
	}

	return (text: string) => {
		let from = 0;
		const all = rest + text;
		for (let i = rest.length; i < all.length; i++) {
			const c = all[i];
			if (c === "\n" && skipLf) {
				from = i + 1;
				skipLf = false;
			} else if (c === "\n" || c === "\r") {
				field(all.slice(from, i));
				from = i + 1;
				skipLf = c === "\r";
			} else skipLf = false;
		}
		rest = all.slice(from);
	};
}
