/*
 * Numbers on the screen. Minor digits are dimmed, signs are true signs, and
 * gain or loss is told by sign and arrow as well as by colour. A hidden
 * amount is masked here, once, for the whole app.
 */
import { createContext, use } from "react";
import { direction, parts, percent, quantity, type Amount, type Direction, type Style } from "../lib/money";
import { cx } from "../lib/text";

const Hidden = createContext(false);
/* Fraction digits of the page's currency: 2 for USD, none for JPY. */
const Minor = createContext(2);
export const MinorDigits = Minor.Provider;
export const HideAmounts = Hidden.Provider;
export const useHidden = () => use(Hidden);

export const MASK = "\u2022\u2022\u2022\u2022\u2022";
const TONE: Record<Direction, string> = { up: "text-gain", down: "text-loss", flat: "text-ink-2" };
const ARROW = { up: "M4 1.5 7.3 7H.7Z", down: "M4 6.5.7 1h6.6Z" };

export const tone = (value: Amount | number | null) => TONE[direction(value)];

export const None = ({ why }: { why?: string | undefined }) => (
	<span className="text-ink-3" title={why}>
		<span aria-hidden="true">–</span>
		<span className="sr-only">{why ?? "none"}</span>
	</span>
);

interface MoneyProps extends Style {
	value: Amount | null | undefined;
	className?: string;
	code?: boolean; /* the currency's code after it, dimmed */
	plain?: boolean; /* do not dim the minor digits */
	open?: boolean; /* a market price, not the user's money: never hidden */
}

export function Money({ value, className, code, plain, open, ...style }: MoneyProps) {
	const hidden = useHidden() && !open;
	const minor = use(Minor);
	if (value === null || value === undefined) return <None />;
	if (hidden)
		return (
			<span className={cx("figures text-ink-3", className)} aria-label="hidden">
				{MASK}
			</span>
		);
	const digits = { min: minor, max: open ? Math.max(minor, 4) : minor };
	const p = parts(
		value,
		code
			? { ...digits, ...style, currency: undefined }
			: style.currency
				? style
				: { ...digits, ...style },
	);
	const symbol = p.symbol && <span className={plain ? "" : "text-ink-3"}>{p.symbol}</span>;
	return (
		<span className={cx("figures whitespace-nowrap", className)}>
			{p.sign}
			{p.symbolFirst && symbol}
			{p.whole}
			{p.minor && <span className={plain ? "" : "text-ink-3"}>{p.minor}</span>}
			{!p.symbolFirst && (
				<>
					{"\u00a0"}
					{symbol}
				</>
			)}
			{code && (
				<span className="ml-[0.35em] text-[0.5em] font-medium tracking-wide text-ink-3">
					{style.currency}
				</span>
			)}
		</span>
	);
}

export function Arrow({ of }: { of: Amount | number | null }) {
	const way = direction(of);
	return (
		<svg
			viewBox="0 0 8 8"
			width="0.55em"
			height="0.55em"
			fill="currentColor"
			aria-hidden="true"
			className="inline-block shrink-0"
		>
			{way !== "flat" && <path d={ARROW[way]} />}
		</svg>
	);
}

/* Units held: hidden with the amounts, which follow from them. */
export function Quantity({ value, className }: { value: Amount | null; className?: string }) {
	const hidden = useHidden();
	if (value === null) return <None />;
	return hidden ? (
		<span className={cx("text-ink-3", className)} aria-label="hidden">
			{MASK}
		</span>
	) : (
		<span className={cx("figures", className)}>{quantity(value)}</span>
	);
}

interface PercentProps {
	value: number | null | undefined;
	digits?: number;
	signed?: boolean;
	coloured?: boolean;
	arrow?: boolean;
	className?: string;
}

export function Percent({ value, digits = 2, signed, coloured, arrow, className }: PercentProps) {
	if (value === null || value === undefined) return <None />;
	return (
		<span className={cx("figures whitespace-nowrap", coloured && tone(value), className)}>
			{arrow && (
				<>
					<Arrow of={value} />{" "}
				</>
			)}
			{percent(value, { digits, signed: signed ?? coloured ?? false })}
		</span>
	);
}

/* A change: arrow, amount with sign, percentage. */
export function Change({
	value,
	ratio,
	currency,
	className,
	aligned,
}: {
	value: Amount | null;
	ratio: number | null;
	currency?: string;
	className?: string;
	aligned?: boolean; /* in a column: percentages under percentages */
}) {
	if (value === null) return <None />;
	return (
		<span
			className={cx("inline-flex items-baseline gap-[0.4em] whitespace-nowrap", tone(value), className)}
		>
			<Arrow of={value} />
			<Money value={value} signed plain {...(currency ? { currency } : {})} />
			{ratio !== null && (
				<span className={cx("figures", aligned && "min-w-[4.4em] text-right")}>
					{percent(ratio, { signed: true })}
				</span>
			)}
		</span>
	);
}
