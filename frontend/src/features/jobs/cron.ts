/* Times of a schedule in words, for those that are common; the five fields
 * themselves for all others. */
const NAMED: Record<string, string> = {
	"@hourly": "Every hour",
	"@daily": "Daily at 00:00",
	"@midnight": "Daily at 00:00",
	"@weekly": "Sundays at 00:00",
	"@monthly": "Monthly, on day 1 at 00:00",
	"@yearly": "Yearly, on January 1",
	"@annually": "Yearly, on January 1",
};
const DAYS = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];
const SHORT = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WHOLE = /^\d{1,2}$/;
const two = (text: string) => text.padStart(2, "0");

function days(field: string): string | null {
	if (field === "*") return "Daily";
	if (field === "1-5" || field.toLowerCase() === "mon-fri") return "Weekdays";
	const [, from, to] = /^([0-7])-([0-7])$/.exec(field) ?? [];
	if (from !== undefined && to !== undefined && from < to)
		return `${SHORT[parseInt(from, 10)] ?? from}–${SHORT[parseInt(to, 10)] ?? to}`;
	const list = field
		.split(",")
		.map((one) => (/^[0-7]$/.test(one) ? DAYS[parseInt(one, 10) % 7] : undefined));
	return list.every((one) => one !== undefined) ? list.join(", ") : null;
}

function often(minute: string, hour: string): string | null {
	const each = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
	if (each && hour === "*") return each === "1" ? "Every minute" : `Every ${each} minutes`;
	if (minute === "*" && hour === "*") return "Every minute";
	if (WHOLE.test(minute) && hour === "*") return `Every hour at :${two(minute)}`;
	const hours = /^\*\/(\d{1,2})$/.exec(hour)?.[1];
	if (WHOLE.test(minute) && hours) return `Every ${hours} hours at :${two(minute)}`;
	return null;
}

export function cronWords(cron: string): string {
	const text = cron.trim();
	if (text.startsWith("@")) return NAMED[text] ?? text;
	const [minute = "", hour = "", date = "", month = "", weekday = "", more] = text.split(/\s+/);
	if (more !== undefined || month !== "*") return text;
	const all = date === "*" && weekday === "*" ? often(minute, hour) : null;
	if (all) return all;
	const which = days(weekday);
	const often_ = date === "*" && weekday !== "*" ? often(minute, hour) : null;
	if (often_ && which) return `${which}: ${often_.charAt(0).toLowerCase()}${often_.slice(1)}`;
	const hours = hour.split(",");
	if (!WHOLE.test(minute) || !hours.every((one) => WHOLE.test(one))) return text;
	const at = hours.map((one) => `${two(one)}:${two(minute)}`).join(", ");
	if (date === "*" && which) return `${which} at ${at}`;
	if (WHOLE.test(date) && weekday === "*") return `Monthly, on day ${date} at ${at}`;
	return text;
}
