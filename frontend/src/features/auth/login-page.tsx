import { useState, type FormEvent } from "react";
import { useHealthQuery, useLogInMutation } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { plural } from "../../lib/text";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Logo } from "../../ui/icon";
import { Alert } from "../../ui/notice";

function reason(error: unknown): string {
	const problem = asProblem(error);
	if (problem.status === 401) return problem.detail ?? "The user name or the password is wrong.";
	if (problem.status === 429)
		return `Too many attempts. Try again in ${plural(problem.retry_after_s ?? 60, "second")}.`;
	return problem.detail ?? problem.title;
}

export function LoginPage({ expired }: { expired: boolean }) {
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const [logIn, { isLoading, error }] = useLogInMutation();
	const { data: health } = useHealthQuery();

	function submit(event: FormEvent) {
		event.preventDefault();
		if (username && password) void logIn({ username, password });
	}

	return (
		<main className="flex min-h-dvh flex-col items-center justify-center px-5 py-10">
			<title>Log in · Bursar</title>
			<div className="w-full max-w-[19.5rem]">
				<div className="mb-7 flex items-center gap-2.5">
					<Logo size={30} />
					<span className="text-xl font-semibold tracking-[-0.02em]">Bursar</span>
				</div>
				<h1 className="text-base font-semibold">Log in</h1>
				<p className="mt-0.5 mb-5 text-sm text-ink-2">
					{expired
						? "You were logged out because the session ended."
						: "What it is worth, what it did, and why."}
				</p>
				<form className="space-y-3.5" onSubmit={submit}>
					<TextField
						label="User name"
						name="username"
						autoComplete="username"
						autoCapitalize="none"
						spellCheck={false}
						required
						autoFocus
						value={username}
						onChange={(event) => {
							setUsername(event.target.value);
						}}
					/>
					<TextField
						label="Password"
						name="password"
						type="password"
						autoComplete="current-password"
						required
						value={password}
						onChange={(event) => {
							setPassword(event.target.value);
						}}
					/>
					{error && !isLoading && <Alert>{reason(error)}</Alert>}
					<Button look="primary" size="lg" type="submit" className="w-full" busy={isLoading}>
						Log in
					</Button>
				</form>
				<p className="mt-5 min-h-5 text-sm text-ink-3">
					{health?.demo === true && (
						<>
							Demo: <span className="font-mono text-ink-2">demo</span> /{" "}
							<span className="font-mono text-ink-2">demo123</span>
						</>
					)}
				</p>
			</div>
		</main>
	);
}
