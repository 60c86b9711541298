import { describe, expect, it } from "vitest";
import { cronWords } from "./cron";

describe("times of a schedule in words", () => {
	it.each([
		["17 3 * * *", "Daily at 03:17"],
		["*/5 * * * *", "Every 5 minutes"],
		["* * * * *", "Every minute"],
		["30 * * * *", "Every hour at :30"],
		["0 */6 * * *", "Every 6 hours at :00"],
		["0 18 * * 1-5", "Weekdays at 18:00"],
		["*/10 * * * 1-5", "Weekdays: every 10 minutes"],
		["0 9,17 * * *", "Daily at 09:00, 17:00"],
		["0 6 * * 0", "Sundays at 06:00"],
		["0 6 * * 7", "Sundays at 06:00"],
		["0 6 1 * *", "Monthly, on day 1 at 06:00"],
		["0 5 * * 2-6", "Tue–Sat at 05:00"],
		["30 4 * * 5-7", "Fri–Sun at 04:30"],
		["@daily", "Daily at 00:00"],
	])("%s is %s", (cron, words) => {
		expect(cronWords(cron)).toBe(words);
	});

	it.each(["0 6 1 1 *", "0-30 6 * * *", "0 6 1 * 1", "0 6 * * 5-1", "nonsense", "@never", "1 2 3 4 5 6"])(
		"%s stays as it is, rather than said wrongly",
		(cron) => {
			expect(cronWords(cron)).toBe(cron);
		},
	);
});
