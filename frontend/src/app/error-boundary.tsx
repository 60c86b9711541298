/* What is shown when a page breaks: that nothing was lost, and a way on. */
import { Component, type ReactNode } from "react";
import { Button } from "../ui/button";

interface State {
	error: Error | null;
}

export class ErrorBoundary extends Component<{ children: ReactNode; where?: string }, State> {
	override state: State = { error: null };

	static getDerivedStateFromError(error: Error): State {
		return { error };
	}

	/* Another page deserves another chance. */
	override componentDidUpdate(before: { where?: string }) {
		if (this.state.error && before.where !== this.props.where) this.setState({ error: null });
	}

	override render() {
		const { error } = this.state;
		if (!error) return this.props.children;
		// A new version was put in place while this page was open.
		const outdated = /dynamically imported module|Importing a module/.test(error.message);
		return (
			<main
				role="alert"
				className="mx-auto flex min-h-[60dvh] max-w-md flex-col items-start justify-center gap-3 px-5"
			>
				<title>Something went wrong · Bursar</title>
				<h1 className="text-xl font-semibold">
					{outdated ? "There is a newer version" : "This page broke"}
				</h1>
				<p className="text-sm text-ink-2">
					{outdated
						? "Reload to get it. Nothing was lost."
						: "The fault is in the page, not in your data: what was recorded is safe."}
				</p>
				{!outdated && (
					<p className="max-w-full overflow-x-auto rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs text-ink-2">
						{error.message}
					</p>
				)}
				<div className="flex gap-2">
					<Button
						look="primary"
						onClick={() => {
							location.reload();
						}}
					>
						Reload
					</Button>
					<Button
						onClick={() => {
							location.assign("/");
						}}
					>
						To the dashboard
					</Button>
				</div>
			</main>
		);
	}
}
