/* Bring a key. It is sent once and never shown again, here or by the API. */
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { useSetKeyMutation } from "../../api/providers";
import type { Provider } from "../../api/types";
import { capital } from "../../lib/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Alert } from "../../ui/notice";
import { toast } from "../../ui/toast";

export function KeyDialog({
	provider,
	replaces,
	onClose,
}: {
	provider: Provider;
	replaces: boolean;
	onClose: () => void;
}) {
	const [key, setKey] = useState("");
	const [missing, setMissing] = useState(false);
	const [set, { isLoading, error }] = useSetKeyMutation();
	const problem = error && asProblem(error);
	const fault = problem?.errors?.find(({ pointer }) => pointer === "/key")?.detail;
	async function submit(event: React.FormEvent) {
		event.preventDefault();
		setMissing(key.trim() === "");
		if (key.trim() === "") return;
		const answer = await set({ provider: provider.name, key: key.trim() });
		if (answer.error) return;
		toast("The key is kept");
		onClose();
	}
	return (
		<Dialog open onClose={onClose} title={`Key for ${provider.name}`} about={provider.doc}>
			<form noValidate className="space-y-3.5" onSubmit={(event) => void submit(event)}>
				<TextField
					label="Key"
					type="password"
					autoComplete="off"
					spellCheck={false}
					hint="As the provider gave it to you. It is kept encrypted and never shown again"
					error={missing ? "Needed" : fault && capital(fault)}
					value={key}
					onChange={(event) => {
						setKey(event.target.value);
					}}
				/>
				{replaces && <p className="text-xs text-ink-2">What the key before it brought is removed.</p>}
				{problem && !fault && <Alert>{problem.detail ?? problem.title}</Alert>}
				<div className="flex justify-end gap-2 pt-1">
					<Button onClick={onClose}>Cancel</Button>
					<Button look="primary" type="submit" busy={isLoading}>
						Keep key
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
