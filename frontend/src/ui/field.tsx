/* A label, a control, and what is wrong with it, joined for screen readers. */
import { useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "../lib/text";

const BOX =
	"h-9 w-full min-w-0 rounded-md border bg-surface px-2.5 text-base text-ink transition-colors duration-100 hover:border-ink-3 disabled:bg-sunken disabled:text-ink-3 sm:text-sm";

interface Wiring {
	id: string;
	"aria-invalid": boolean;
	"aria-describedby": string | undefined;
	className: string;
}

export function Field({
	label,
	hint,
	error,
	optional,
	className,
	children,
}: {
	label: string;
	hint?: ReactNode;
	error?: string | undefined;
	optional?: boolean;
	className?: string;
	children: (wiring: Wiring) => ReactNode;
}) {
	const id = useId();
	const note = error ?? hint;
	return (
		<div className={className}>
			<label htmlFor={id} className="mb-1 flex justify-between text-xs font-medium text-ink-2">
				{label}
				{optional && <span className="font-normal text-ink-3">optional</span>}
			</label>
			{children({
				id,
				"aria-invalid": Boolean(error),
				"aria-describedby": note ? `${id}-note` : undefined,
				className: cx(BOX, error ? "border-loss" : "border-line-strong/60"),
			})}
			{note && (
				<p
					id={`${id}-note`}
					{...(error ? { role: "alert" } : {})}
					className={cx("mt-1 text-xs", error ? "text-loss" : "text-ink-3")}
				>
					{note}
				</p>
			)}
		</div>
	);
}

type Base<T extends "input" | "select"> = ComponentProps<T> & {
	label: string;
	hint?: ReactNode;
	error?: string | undefined;
	optional?: boolean;
	box?: string; /* classes of the whole field */
};

export function TextField({ label, hint, error, optional, box, className, ...rest }: Base<"input">) {
	return (
		<Field
			label={label}
			hint={hint}
			error={error}
			{...(optional ? { optional } : {})}
			{...(box ? { className: box } : {})}
		>
			{(wiring) => <input {...rest} {...wiring} className={cx(wiring.className, className)} />}
		</Field>
	);
}

/* An amount as typed in the user's notation; text, so that nothing is rounded. */
export function AmountField({ className, ...rest }: Base<"input">) {
	return (
		<TextField
			inputMode="decimal"
			autoComplete="off"
			spellCheck={false}
			className={cx("figures text-right", className)}
			{...rest}
		/>
	);
}

export function SelectField({
	label,
	hint,
	error,
	optional,
	box,
	className,
	children,
	...rest
}: Base<"select">) {
	return (
		<Field
			label={label}
			hint={hint}
			error={error}
			{...(optional ? { optional } : {})}
			{...(box ? { className: box } : {})}
		>
			{(wiring) => (
				<select {...rest} {...wiring} className={cx(wiring.className, className)}>
					{children}
				</select>
			)}
		</Field>
	);
}
