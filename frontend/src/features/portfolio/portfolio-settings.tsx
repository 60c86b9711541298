/* A portfolio's name, benchmark and place; and putting it away, after asking. */
import { valibotResolver } from "@hookform/resolvers/valibot";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import * as v from "valibot";
import { useChangePortfolioMutation, useRemovePortfolioMutation } from "../../api/portfolio";
import { asProblem, isFinal, type Problem } from "../../api/problem";
import type { Portfolio, PortfolioChange } from "../../api/types";
import { formatDay, isDay, type Day } from "../../lib/day";
import { capital } from "../../lib/text";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { Dialog } from "../../ui/dialog";
import { SelectField, TextField } from "../../ui/field";
import { Alert } from "../../ui/notice";
import { toast } from "../../ui/toast";
import { METHODS } from "./methods";

const schema = v.object({
	name: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty("Give it a name"),
		v.maxLength(80, "At most 80 characters"),
	),
	benchmark: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty("Needed to compare with"),
		v.maxLength(16, "Too long"),
	),
	is_default: v.optional(v.boolean(), false),
	cost_method: v.picklist(METHODS.map(({ value }) => value)),
	cost_method_from: v.pipe(
		v.string(),
		v.check((text) => text === "" || isDay(text), "A date, or nothing"),
	),
});
type Form = v.InferInput<typeof schema>;

/* Only what is another now: an unchanged benchmark is not computed anew. */
export function changeOf(before: Portfolio, form: Form): PortfolioChange {
	const name = form.name.trim(),
		benchmark = form.benchmark.trim().toUpperCase();
	return {
		...(name === before.name ? {} : { name }),
		...(benchmark === before.benchmark ? {} : { benchmark }),
		...(form.cost_method === before.cost_method
			? {}
			: {
					cost_method: form.cost_method,
					...(form.cost_method_from === ""
						? {}
						: { cost_method_from: form.cost_method_from as Day }),
				}),
		...(form.is_default === true && !before.is_default ? { is_default: true } : {}),
	};
}

const words = ({ status, title, detail }: Problem) =>
	status === 412
		? "It was changed meanwhile by somebody else. Look at what it is now, and try again."
		: (detail ?? title);

function Removal({ portfolio, onRemoved }: { portfolio: Portfolio; onRemoved: () => void }) {
	const [asking, setAsking] = useState(false);
	const [refused, setRefused] = useState<Problem | null>(null);
	const [remove, { isLoading }] = useRemovePortfolioMutation();
	async function confirm() {
		try {
			await remove(portfolio).unwrap();
			toast(`${portfolio.name} deleted`);
			onRemoved();
		} catch (why) {
			setRefused(asProblem(why));
		}
	}
	return (
		<>
			<Button
				look="quiet"
				icon="trash"
				className="text-loss"
				onClick={() => {
					setRefused(null);
					setAsking(true);
				}}
			>
				Delete portfolio
			</Button>
			<Confirm
				open={asking}
				onClose={() => {
					setAsking(false);
				}}
				onConfirm={() => void confirm()}
				title={`Delete ${portfolio.name}?`}
				action="Delete"
				busy={isLoading}
				refused={refused !== null && isFinal(refused)}
			>
				<p>Its positions, trades and history go with it, for everybody who sees them.</p>
				{refused && <Alert>{words(refused)}</Alert>}
			</Confirm>
		</>
	);
}

export default function PortfolioSettings({
	portfolio,
	removable,
	onClose,
	onRemoved,
}: {
	portfolio: Portfolio;
	removable: boolean;
	onClose: () => void;
	onRemoved: () => void;
}) {
	const {
		register,
		handleSubmit,
		setError,
		control,
		formState: { errors, isSubmitting },
	} = useForm<Form>({
		defaultValues: {
			name: portfolio.name,
			benchmark: portfolio.benchmark,
			is_default: portfolio.is_default,
			cost_method: portfolio.cost_method,
			cost_method_from: "",
		},
		mode: "onTouched",
		resolver: valibotResolver(schema),
	});
	const method = useWatch({ control, name: "cost_method" });
	const [change] = useChangePortfolioMutation();
	const [refused, setRefused] = useState<string | null>(null);

	async function submit(form: Form) {
		const wanted = changeOf(portfolio, form);
		setRefused(null);
		try {
			if (Object.keys(wanted).length > 0) {
				await change({ portfolio, change: wanted }).unwrap();
				toast("Saved");
			}
			onClose();
		} catch (why) {
			const problem = asProblem(why);
			const faults = problem.errors ?? [];
			const known = faults.filter(({ pointer }) => pointer.slice(1) in form);
			for (const { pointer, detail } of known)
				setError(pointer.slice(1) as keyof Form, { message: capital(detail) });
			if (known.length < faults.length || faults.length === 0) setRefused(words(problem));
		}
	}

	return (
		<Dialog
			open
			onClose={onClose}
			title="Portfolio settings"
			about={
				portfolio.currency + (portfolio.opened_on ? `, since ${formatDay(portfolio.opened_on)}` : "")
			}
		>
			<form noValidate className="space-y-3.5" onSubmit={(event) => void handleSubmit(submit)(event)}>
				<TextField label="Name" error={errors.name?.message} {...register("name")} />
				<TextField
					label="Benchmark"
					hint="To compare with, as SPY. Another one is compared with from the first day on"
					error={errors.benchmark?.message}
					{...register("benchmark")}
				/>
				<div className="grid gap-3.5 sm:grid-cols-2">
					<SelectField
						label="Sales take"
						box={method === portfolio.cost_method ? "sm:col-span-2" : ""}
						hint={METHODS.find(({ value }) => value === method)?.about}
						error={errors.cost_method?.message}
						{...register("cost_method")}
					>
						{METHODS.map(({ value, label }) => (
							<option key={value} value={value}>
								{label}
							</option>
						))}
					</SelectField>
					{method !== portfolio.cost_method && (
						<TextField
							type="date"
							label="From"
							optional
							hint="Today when empty. Gains of sales since then are reckoned anew"
							error={errors.cost_method_from?.message}
							{...register("cost_method_from")}
						/>
					)}
				</div>
				{portfolio.is_default ? (
					<p className="text-xs text-ink-3">
						This is the default portfolio: the one shown first. Make another one the default to
						change that.
					</p>
				) : (
					<label className="flex items-center gap-2.5 text-sm">
						<input
							type="checkbox"
							className="size-4 accent-(--accent-strong)"
							{...register("is_default")}
						/>
						Make it the default portfolio, the one shown first
					</label>
				)}
				{refused && <Alert>{refused}</Alert>}
				<div className="flex flex-wrap-reverse items-center justify-between gap-2 pt-1">
					{removable ? <Removal portfolio={portfolio} onRemoved={onRemoved} /> : <span />}
					<span className="ml-auto flex gap-2">
						<Button onClick={onClose}>Cancel</Button>
						<Button look="primary" type="submit" busy={isSubmitting}>
							Save
						</Button>
					</span>
				</div>
			</form>
		</Dialog>
	);
}
