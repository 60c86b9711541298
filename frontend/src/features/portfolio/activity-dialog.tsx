/* Record what happened: a trade, cash in or out, a dividend. */
import { valibotResolver } from "@hookform/resolvers/valibot";
import { useMemo, useRef, useState } from "react";
import { useForm, useWatch, type SubmitHandler } from "react-hook-form";
import { useAssetsQuery, useQuoteQuery } from "../../api/market";
import {
	usePositionsQuery,
	useRecordActMutation,
	useRecordCashMutation,
	useRecordDividendMutation,
	useRecordTradeMutation,
} from "../../api/portfolio";
import { asProblem, type Problem } from "../../api/problem";
import { useLiveQuote } from "../../api/quotes";
import type { ActivityKind, Portfolio } from "../../api/types";
import { today } from "../../lib/day";
import {
	add,
	compare,
	isNegative,
	money,
	negate,
	quantity,
	readAmount,
	subtract,
	typeAmount,
	ZERO,
	type Amount,
} from "../../lib/money";
import { randomKey } from "../../lib/random";
import { capital, cx } from "../../lib/text";
import { Button } from "../../ui/button";
import { Combobox } from "../../ui/combobox";
import { Dialog } from "../../ui/dialog";
import { AmountField, Field, TextField } from "../../ui/field";
import { Money, useHidden } from "../../ui/money";
import { Alert } from "../../ui/notice";
import { Mark } from "../../ui/symbol";
import { toast } from "../../ui/toast";
import { useDebounced } from "../../ui/use-debounced";
import { ActFields } from "./act-fields";
import { actOf, ACTS, isAct } from "./acts";
import { cashEffect, fieldOf, schema, toAct, toCash, toDividend, toTrade, type Typed } from "./activity-form";
import { isTrade, kindLabel, KINDS, pays } from "./kinds";

interface ActivityDialogProps {
	portfolio: Portfolio;
	cash: Amount | undefined;
	kind: ActivityKind;
	symbol?: string | undefined;
	onClose: () => void;
}

function KindTabs({ kind, onChange }: { kind: ActivityKind; onChange: (kind: ActivityKind) => void }) {
	return (
		<div className="mb-4 space-y-2">
			<div role="radiogroup" aria-label="Kind" className="-mx-1.5 grid grid-cols-4 sm:flex sm:gap-0.5">
				{KINDS.map((row) => (
					<button
						key={row.kind}
						type="button"
						role="radio"
						aria-checked={kind === row.kind}
						onClick={() => {
							onChange(row.kind);
						}}
						className={cx(
							"h-7 rounded-md px-1.5 text-xs font-medium transition-colors duration-100 sm:px-2",
							kind === row.kind
								? "bg-accent-soft text-accent"
								: "text-ink-2 hover:bg-sunken hover:text-ink",
						)}
					>
						{row.label}
					</button>
				))}
			</div>
			<select
				aria-label="Transfers and what companies do"
				className={cx(
					"h-7 rounded-md border px-1.5 text-xs",
					isAct(kind)
						? "border-accent bg-accent-soft text-accent"
						: "border-line bg-surface text-ink-2",
				)}
				value={isAct(kind) ? kind : ""}
				onChange={(event) => {
					if (event.target.value !== "") onChange(event.target.value as ActivityKind);
				}}
			>
				<option value="">Transfers, mergers and more…</option>
				{ACTS.map((act) => (
					<option key={act.kind} value={act.kind}>
						{act.label}
					</option>
				))}
			</select>
			{isAct(kind) && <p className="text-xs text-ink-2">{actOf(kind)?.about}</p>}
		</div>
	);
}

function SymbolField({
	value,
	onChange,
	error,
	onBlur,
}: {
	value: string;
	onChange: (symbol: string) => void;
	onBlur: () => void;
	error: string | undefined;
}) {
	const q = useDebounced(value.trim(), 150);
	const { data = [], isFetching } = useAssetsQuery({ q }, { skip: q === "" });
	const known = data.find((asset) => asset.symbol === value);
	return (
		<Field label="Instrument" error={error} hint={known?.name ?? "Ticker or name"} className="col-span-2">
			{(wiring) => (
				<Combobox
					{...wiring}
					value={value}
					onBlur={onBlur}
					label="Instruments"
					items={q === "" || known ? [] : data}
					keyOf={(asset) => asset.symbol}
					none={q !== "" && !known && !isFetching ? "Nothing is called that" : null}
					onChange={(text) => {
						onChange(text.toUpperCase());
					}}
					onPick={(asset) => {
						onChange(asset.symbol);
					}}
					render={(asset) => (
						<span className="flex items-center gap-2">
							<Mark symbol={asset.symbol} size="size-6" />
							<span className="w-16 font-medium">{asset.symbol}</span>
							<span className="truncate text-ink-2">{asset.name}</span>
						</span>
					)}
				/>
			)}
		</Field>
	);
}

function Effect({
	form,
	cash,
	currency,
	foreign,
}: {
	form: Typed;
	cash: Amount | undefined;
	currency: string;
	foreign: boolean; /* the instrument is in another one */
}) {
	const effect = cashEffect(form, foreign);
	const after = effect && cash ? add(cash, effect) : null;
	const hidden = useHidden();
	const whole = (value: Amount | null | undefined) =>
		value && !hidden ? money(value, { currency }) : undefined;
	return (
		<div
			className="col-span-2 flex flex-wrap items-baseline justify-between gap-x-4 rounded-md bg-sunken px-3 py-2 text-sm"
			aria-live="polite"
		>
			<span className="max-w-full truncate text-ink-2" title={whole(effect)}>
				{pays(form.kind) ? "You pay" : "You receive"}{" "}
				<Money
					value={effect && (pays(form.kind) ? negate(effect) : effect)}
					currency={currency}
					className="ml-1 font-medium text-ink"
				/>
			</span>
			{cash && (
				<span className="max-w-full truncate text-xs text-ink-3" title={whole(after ?? cash)}>
					Cash {after ? "after" : "now"}{" "}
					<Money
						value={after ?? cash}
						className={cx("ml-1", after && isNegative(after) ? "text-loss" : "text-ink")}
					/>
				</span>
			)}
		</div>
	);
}

/* Turns the server's faults into marks at the fields; the rest is said on top. */
function useRefusal(
	setError: (name: keyof Typed, error: { message: string }, options?: { shouldFocus: boolean }) => void,
) {
	const [rest, setRest] = useState<string[]>([]);
	return {
		rest,
		clear: () => {
			setRest([]);
		},
		show: (problem: Problem) => {
			const faults = problem.errors ?? [];
			faults.forEach((fault, i) => {
				const field = fieldOf(fault);
				if (field) setError(field, { message: capital(fault.detail) }, { shouldFocus: i === 0 });
			});
			const others = faults.filter((fault) => !fieldOf(fault)).map((fault) => capital(fault.detail));
			setRest(faults.length > 0 ? others : [capital(problem.detail ?? problem.title)]);
		},
	};
}

function useRecord(portfolio: string) {
	const [trade] = useRecordTradeMutation();
	const [cash] = useRecordCashMutation();
	const [dividend] = useRecordDividendMutation();
	const [act] = useRecordActMutation();
	// The same attempt keeps its key, so that a lost answer is not a second trade.
	const attempt = useRef({ text: "", key: "" });
	return (form: Typed) => {
		const text = JSON.stringify(form);
		if (attempt.current.text !== text) attempt.current = { text, key: randomKey() };
		const to = { portfolio, key: attempt.current.key };
		if (isTrade(form.kind))
			return trade({ ...to, trade: toTrade({ ...form, kind: form.kind }) }).unwrap();
		const row = actOf(form.kind);
		if (row) return act({ ...to, act: toAct(form, row) }).unwrap();
		if (form.kind === "dividend") return dividend({ ...to, dividend: toDividend(form) }).unwrap();
		return cash({ ...to, cash: toCash(form) }).unwrap();
	};
}

function said(form: Typed): string {
	if (isTrade(form.kind))
		return `${form.kind === "buy" ? "Bought" : "Sold"} ${quantity(readAmount(form.quantity) ?? ZERO)} ${form.symbol}`;
	return `${kindLabel(form.kind)} recorded`;
}

export default function ActivityDialog({ portfolio, cash, kind, symbol, onClose }: ActivityDialogProps) {
	const defaults = useMemo<Typed>(
		() => ({
			kind,
			symbol: symbol ?? "",
			quantity: "",
			price: "",
			amount: "",
			commission: "",
			withheld: "",
			into: "",
			numerator: "",
			denominator: "",
			price_into: "",
			received: "",
			acquired: "",
			rate: "",
			day: today(),
			note: "",
		}),
		[kind, symbol],
	);
	const {
		register,
		handleSubmit,
		setValue,
		setError,
		clearErrors,
		control,
		formState: { errors, isSubmitting },
	} = useForm<Typed>({
		defaultValues: defaults,
		mode: "onTouched",
		resolver: valibotResolver(schema) as never,
	});
	const form = { ...defaults, ...useWatch({ control }) } as Typed;
	const record = useRecord(portfolio.id);
	const refusal = useRefusal(setError);
	const { data: positions } = usePositionsQuery(portfolio.id);
	const held = positions?.find((p) => p.symbol === form.symbol);
	const act = actOf(form.kind);
	const about = isTrade(form.kind) || form.kind === "dividend" || act ? form.symbol.trim() : "";
	const sought = useDebounced(about, 150);
	const { data: known } = useAssetsQuery({ q: sought }, { skip: sought === "" });
	const own =
		(about === "" ? undefined : known?.find((asset) => asset.symbol === about)?.currency) ??
		(about === "" ? undefined : held?.currency) ??
		portfolio.currency;
	const foreign = own !== portfolio.currency;
	const leaving = form.kind === "sell" || form.kind === "transfer_out";
	const priced = isTrade(form.kind) && form.symbol !== "" ? form.symbol : "";
	const live = useLiveQuote(priced);
	const { currentData: loaded } = useQuoteQuery(priced, { skip: priced === "" || Boolean(live) });
	const last = live?.price ?? loaded?.price;

	const submit: SubmitHandler<Typed> = async (sent) => {
		refusal.clear();
		try {
			await record(foreign ? sent : { ...sent, rate: "" });
			toast(said(sent));
			onClose();
		} catch (why) {
			refusal.show(asProblem(why));
		}
	};

	const units = readAmount(form.quantity);
	const over = leaving && held && units && compare(units, held.quantity) > 0;
	const text = (name: keyof Typed, label: string) => ({
		label,
		error: errors[name]?.message,
		...register(name),
	});
	const fill = (name: "quantity" | "price", value: Amount, words: string) => (
		<button
			type="button"
			className="underline decoration-line-strong decoration-dotted underline-offset-2 hover:text-ink"
			onClick={() => {
				setValue(name, typeAmount(value), { shouldValidate: true, shouldTouch: true });
			}}
		>
			{words}
		</button>
	);
	const holding = over ? (
		<span className="text-warn">{quantity(subtract(units, held.quantity))} more than you hold</span>
	) : held && leaving ? (
		fill("quantity", held.quantity, `You hold ${quantity(held.quantity)}`)
	) : held ? (
		`You hold ${quantity(held.quantity)}`
	) : undefined;
	return (
		<Dialog
			open
			onClose={onClose}
			width="sm:max-w-lg"
			title="Record an activity"
			about={`in ${portfolio.name}`}
		>
			<form noValidate onSubmit={(event) => void handleSubmit(submit)(event)}>
				<KindTabs
					kind={form.kind}
					onChange={(next) => {
						clearErrors();
						refusal.clear();
						setValue("kind", next);
					}}
				/>
				<div className="grid grid-cols-2 gap-x-3 gap-y-3.5">
					{(isTrade(form.kind) || form.kind === "dividend" || act) && (
						<SymbolField
							value={form.symbol}
							error={errors.symbol?.message}
							onBlur={() =>
								void register("symbol").onBlur({
									target: { name: "symbol", value: form.symbol },
								})
							}
							onChange={(next) => {
								setValue("symbol", next, { shouldValidate: Boolean(errors.symbol) });
							}}
						/>
					)}
					{isTrade(form.kind) ? (
						<>
							<AmountField {...text("quantity", "Quantity")} hint={holding} />
							<AmountField
								{...text("price", `Price (${own})`)}
								hint={last && fill("price", last, `Last ${money(last, { min: 2, max: 8 })}`)}
							/>
							<AmountField
								{...text("commission", "Commission")}
								optional
								placeholder={money("0" as Amount, { min: 2 })}
							/>
						</>
					) : act ? (
						<ActFields act={act} text={text} currency={own} held={holding} />
					) : (
						<AmountField {...text("amount", `Amount (${own})`)} />
					)}
					{form.kind === "dividend" && (
						<AmountField
							{...text("withheld", "Tax withheld")}
							optional
							placeholder={money("0" as Amount, { min: 2 })}
						/>
					)}
					<TextField
						type="date"
						max={today()}
						box={form.kind === "dividend" ? "col-span-2" : ""}
						{...text("day", form.kind === "dividend" ? "Paid on" : "Date")}
					/>
					{foreign && (
						<AmountField
							box="col-span-2"
							optional
							{...text("rate", `${portfolio.currency} for 1 ${own}`)}
							hint="The market's rate of the day when empty"
						/>
					)}
					<TextField box="col-span-2" optional maxLength={500} {...text("note", "Note")} />
					{(!act || act.kind === "return_of_capital") && (
						<Effect form={form} cash={cash} currency={portfolio.currency} foreign={foreign} />
					)}
					{refusal.rest.length > 0 && (
						<div className="col-span-2">
							<Alert>
								{refusal.rest.map((line) => (
									<p key={line}>{line}</p>
								))}
							</Alert>
						</div>
					)}
				</div>
				<div className="mt-5 flex justify-end gap-2">
					<Button onClick={onClose}>Cancel</Button>
					<Button look="primary" type="submit" busy={isSubmitting}>
						Record {kindLabel(form.kind).toLowerCase()}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
