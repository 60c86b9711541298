/* Has something fetched at the next opportunity. */
import { useState } from "react";
import { useBackfillMutation } from "../../api/reports";
import { asProblem } from "../../api/problem";
import { isDay, today, type Day } from "../../lib/day";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { SelectField, TextField } from "../../ui/field";
import { Alert } from "../../ui/notice";
import { NEEDS, type Need } from "./standing";

export function FetchDialog({ symbol, onClose }: { symbol: string; onClose: () => void }) {
	const [need, setNeed] = useState<Need | "">("");
	const [from, setFrom] = useState("");
	const [backfill, { isLoading, error }] = useBackfillMutation();
	const dated = need === "" || need === "daily" || need === "events" || need === "intraday";
	const wrong = from !== "" && (!isDay(from) || from > today());
	async function ask() {
		const answer = await backfill({
			symbol,
			body: {
				...(need === "" ? {} : { need }),
				...(dated && from !== "" ? { from: from as Day } : {}),
			},
		});
		if (!answer.error) onClose();
	}
	return (
		<Dialog
			open
			onClose={onClose}
			title={`Fetch ${symbol}`}
			about="A worker takes it up within a minute. What is kept already is corrected where it was told otherwise."
		>
			<form
				className="space-y-4 pt-2"
				onSubmit={(event) => {
					event.preventDefault();
					if (!wrong) void ask();
				}}
			>
				<SelectField
					label="What"
					value={need}
					onChange={(event) => {
						setNeed(event.target.value as Need | "");
					}}
				>
					<option value="">Daily prices, dividends, splits and profile</option>
					{NEEDS.map((one) => (
						<option key={one.need} value={one.need}>
							{one.label}
						</option>
					))}
				</SelectField>
				{dated && (
					<TextField
						label="From"
						type="date"
						optional
						max={today()}
						value={from}
						hint="All that a provider has when empty."
						error={wrong ? "A day up to today." : undefined}
						onChange={(event) => {
							setFrom(event.target.value);
						}}
					/>
				)}
				{error && <Alert>{asProblem(error).detail ?? asProblem(error).title}</Alert>}
				<div className="flex justify-end gap-2">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" look="primary" busy={isLoading}>
						Fetch
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
