/* Start a job by hand, with the arguments that its kind takes. */
import { useRef, useState } from "react";
import { useStartRunMutation } from "../../api/work";
import { asProblem, type Problem } from "../../api/problem";
import type { JobKind } from "../../api/types";
import { randomKey } from "../../lib/random";
import { capital } from "../../lib/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { SelectField, TextField } from "../../ui/field";
import { Alert } from "../../ui/notice";
import { toast } from "../../ui/toast";

type Arg = JobKind["args"][number];

/* What was typed as the kind wants it; undefined: left out. */
export function readArg({ type }: Arg, text: string): unknown {
	const typed = text.trim();
	if (typed === "") return undefined;
	if (type === "boolean") return typed === "true" || typed === "yes";
	if (type === "integer" || type === "number") return Number.isFinite(+typed) ? +typed : typed;
	if (type === "list" || type === "object" || type === "json")
		try {
			return JSON.parse(typed) as unknown;
		} catch {
			return type === "list" ? typed.split(/[\s,]+/) : typed;
		}
	return typed;
}

export function StartDialog({ kinds, onClose }: { kinds: readonly JobKind[]; onClose: () => void }) {
	const [name, setName] = useState(kinds[0]?.name ?? "");
	const [texts, setTexts] = useState<Record<string, string>>({});
	const [problem, setProblem] = useState<Problem | null>(null);
	const [start, { isLoading }] = useStartRunMutation();
	const key = useRef(randomKey());
	const kind = kinds.find((one) => one.name === name);

	async function submit(event: React.FormEvent) {
		event.preventDefault();
		if (!kind) return;
		const args = Object.fromEntries(
			kind.args.flatMap((arg) => {
				const value = readArg(arg, texts[arg.name] ?? "");
				return value === undefined ? [] : [[arg.name, value]];
			}),
		);
		const answer = await start({ key: key.current, kind: kind.name, args });
		if (answer.error) {
			setProblem(asProblem(answer.error));
			key.current = randomKey();
			return;
		}
		toast(`${kind.name} is in the queue`);
		onClose();
	}

	const fault = (arg: string) => problem?.errors?.find(({ pointer }) => pointer === `/args/${arg}`)?.detail;
	const told = kind?.args.some(({ name: arg }) => fault(arg));
	return (
		<Dialog open onClose={onClose} title="Start a job" about={kind?.doc}>
			<form noValidate className="space-y-3.5" onSubmit={(event) => void submit(event)}>
				<SelectField
					label="Job"
					value={name}
					onChange={(event) => {
						setName(event.target.value);
						setTexts({});
						setProblem(null);
					}}
				>
					{kinds.map((one) => (
						<option key={one.name}>{one.name}</option>
					))}
				</SelectField>
				{kind?.args.map((arg) => {
					const wrong = fault(arg.name);
					return (
						<TextField
							key={arg.name}
							label={capital(arg.name.replaceAll("_", " "))}
							hint={arg.doc}
							optional={!arg.must}
							type={arg.type === "date" ? "date" : "text"}
							error={wrong && capital(wrong)}
							value={texts[arg.name] ?? ""}
							onChange={(event) => {
								setTexts({ ...texts, [arg.name]: event.target.value });
							}}
						/>
					);
				})}
				{problem && !told && <Alert>{problem.detail ?? problem.title}</Alert>}
				<div className="flex justify-end gap-2 pt-1">
					<Button onClick={onClose}>Cancel</Button>
					<Button look="primary" type="submit" busy={isLoading}>
						Start
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
