import { valibotResolver } from "@hookform/resolvers/valibot";
import { useForm } from "react-hook-form";
import { useRef, useState } from "react";
import * as v from "valibot";
import { useCreatePortfolioMutation } from "../../api/portfolio";
import { asProblem } from "../../api/problem";
import type { Portfolio } from "../../api/types";
import { isDay, today, type Day } from "../../lib/day";
import { randomKey } from "../../lib/random";
import { capital } from "../../lib/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { SelectField, TextField } from "../../ui/field";
import { Alert } from "../../ui/notice";
import { toast } from "../../ui/toast";

const CURRENCIES = [
	"USD",
	"EUR",
	"GBP",
	"CHF",
	"JPY",
	"CAD",
	"AUD",
	"SEK",
	"NOK",
	"DKK",
	"PLN",
	"SGD",
	"HKD",
];

const schema = v.object({
	name: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty("Give it a name"),
		v.maxLength(80, "At most 80 characters"),
	),
	currency: v.string(),
	benchmark: v.pipe(v.string(), v.trim(), v.maxLength(16, "Too long")),
	opened_on: v.pipe(
		v.string(),
		v.check((d) => d === "" || isDay(d), "Not a date"),
		v.check((d) => d <= today(), "Not in the future"),
	),
});
type Form = v.InferInput<typeof schema>;

export default function PortfolioDialog({
	onClose,
	onCreated,
}: {
	onClose: () => void;
	onCreated: (portfolio: Portfolio) => void;
}) {
	const {
		register,
		handleSubmit,
		setError,
		formState: { errors, isSubmitting },
	} = useForm<Form>({
		defaultValues: { name: "", currency: "USD", benchmark: "SPY", opened_on: "" },
		mode: "onTouched",
		resolver: valibotResolver(schema),
	});
	const [create] = useCreatePortfolioMutation();
	const [refused, setRefused] = useState<string | null>(null);
	const attempt = useRef({ text: "", key: "" });

	async function submit(form: Form) {
		const text = JSON.stringify(form);
		if (attempt.current.text !== text) attempt.current = { text, key: randomKey() };
		setRefused(null);
		try {
			const made = await create({
				key: attempt.current.key,
				name: form.name.trim(),
				currency: form.currency,
				...(form.opened_on ? { opened_on: form.opened_on as Day } : {}),
				...(form.benchmark.trim() ? { benchmark: form.benchmark.trim().toUpperCase() } : {}),
			}).unwrap();
			toast(`${made.name} created`);
			onCreated(made);
		} catch (why) {
			const problem = asProblem(why);
			const faults = problem.errors ?? [];
			const known = faults.filter(({ pointer }) => pointer.slice(1) in form);
			for (const { pointer, detail } of known)
				setError(pointer.slice(1) as keyof Form, { message: capital(detail) });
			if (known.length < faults.length || faults.length === 0)
				setRefused(problem.detail ?? problem.title);
		}
	}

	return (
		<Dialog
			open
			onClose={onClose}
			title="New portfolio"
			about="One set of positions and cash, in one currency."
		>
			<form noValidate className="space-y-3.5" onSubmit={(event) => void handleSubmit(submit)(event)}>
				<TextField
					label="Name"
					placeholder="Long-term"
					error={errors.name?.message}
					{...register("name")}
				/>
				<div className="grid grid-cols-2 gap-3">
					<SelectField
						label="Currency"
						error={errors.currency?.message}
						hint="Cannot be changed later"
						{...register("currency")}
					>
						{CURRENCIES.map((code) => (
							<option key={code}>{code}</option>
						))}
					</SelectField>
					<TextField
						label="Benchmark"
						optional
						hint="To compare with, as SPY"
						error={errors.benchmark?.message}
						{...register("benchmark")}
					/>
				</div>
				<TextField
					type="date"
					label="Opened on"
					optional
					max={today()}
					hint="First day with trades; cannot be changed later. Leave it empty for no limit"
					error={errors.opened_on?.message}
					{...register("opened_on")}
				/>
				{refused && <Alert>{refused}</Alert>}
				<div className="flex justify-end gap-2 pt-1">
					<Button onClick={onClose}>Cancel</Button>
					<Button look="primary" type="submit" busy={isSubmitting}>
						Create portfolio
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
