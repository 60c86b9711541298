/* Rows to CSV (RFC 4180). A cell that a spreadsheet would run as a formula
 * is made text; a plain negative number is left a number. */
const NUMBER = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

function cell(value: string | number | null): string {
	const text = value === null ? "" : String(value);
	const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]) {
	return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

export function saveFile(name: string, text: string, type = "text/csv") {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => {
		URL.revokeObjectURL(url);
	}, 1000);
}
