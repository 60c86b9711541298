/*
 * Calendar days ("2026-03-01", no time, no zone) and instants. A day is
 * formatted in UTC so that nobody's zone moves it to the day before.
 */
import { cached, locale } from "./locale";

declare const brand: unique symbol;
export type Day = string & { readonly [brand]: "day" };

export const isDay = (text: string): text is Day =>
	/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

const two = (n: number) => String(n).padStart(2, "0");

/* Today where the user sits. */
export function today(now = new Date()): Day {
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}` as Day;
}

export function daysAfter(day: Day, count: number): Day {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + count);
	return date.toISOString().slice(0, 10) as Day;
}

const STYLES = {
	medium: { day: "numeric", month: "short", year: "numeric" },
	short: { day: "numeric", month: "short" },
	month: { month: "short", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const dayFormat = cached(
	(style: keyof typeof STYLES) => new Intl.DateTimeFormat(locale(), { ...STYLES[style], timeZone: "UTC" }),
);

export const formatDay = (day: Day, style: keyof typeof STYLES = "medium") =>
	dayFormat(style).format(new Date(`${day}T00:00:00Z`));

const timeFormat = cached(
	(_: "time") =>
		new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
);
const instantFormat = cached(
	(_: "instant") => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }),
);

const minuteFormat = cached(
	(_: "minute") => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }),
);
export const formatMinute = (instant: string) => minuteFormat("minute").format(new Date(instant));
export const formatTime = (instant: string) => timeFormat("time").format(new Date(instant));
export const formatInstant = (instant: string) => instantFormat("instant").format(new Date(instant));

const relative = cached(
	(_: "ago") => new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "long" }),
);
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
	["day", 86400],
	["hour", 3600],
	["minute", 60],
	["second", 1],
];

/* "3 minutes ago" */
export function ago(instant: string, now = Date.now()): string {
	const seconds = Math.round((Date.parse(instant) - now) / 1000);
	const [unit, size] = STEPS.find(([, s]) => Math.abs(seconds) >= s) ?? ["second", 1];
	return relative("ago").format(Math.round(seconds / size), unit);
}

/* The market day a price belongs to: on a weekend, the Friday before. */
export function sessionOf(instant: string): Day {
	const day = instant.slice(0, 10) as Day;
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return weekday === 6 ? daysAfter(day, -1) : weekday === 0 ? daysAfter(day, -2) : day;
}

/* Whole calendar days from a to b. */
export const daysBetween = (a: Day, b: Day) => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);
