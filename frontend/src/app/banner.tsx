/* Says that the line is lost once it has been for a moment, and that it is
 * being mended. */
import { useEffect, useState } from "react";
import { selectLine } from "../api/quotes";
import { Button } from "../ui/button";
import { cx } from "../lib/text";
import { Icon } from "../ui/icon";
import { useAppSelector } from "./store";

const PATIENCE_MS = 3000;

function useOnline() {
	const [online, setOnline] = useState(navigator.onLine);
	useEffect(() => {
		const read = () => {
			setOnline(navigator.onLine);
		};
		addEventListener("online", read);
		addEventListener("offline", read);
		return () => {
			removeEventListener("online", read);
			removeEventListener("offline", read);
		};
	}, []);
	return online;
}

/* The time, each second, while `on`. */
function useNow(on: boolean) {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		if (!on) return;
		const read = () => {
			setNow(Date.now());
		};
		read();
		const timer = setInterval(read, 1000);
		return () => {
			clearInterval(timer);
		};
	}, [on]);
	return now;
}

export function Banner() {
	const { lost_at, retry_at, line } = useAppSelector(selectLine);
	const online = useOnline();
	const now = useNow(lost_at !== null);
	const lost = lost_at !== null && now - lost_at >= PATIENCE_MS;
	const wait_s = retry_at === null ? 0 : Math.max(0, Math.ceil((retry_at - now) / 1000));
	return (
		<div role="status">
			{(lost || !online) && (
				<div className="border-b border-line bg-warn-soft text-sm text-warn">
					<div className="mx-auto flex max-w-[90rem] items-center gap-2.5 px-4 py-1.5 sm:px-6">
						<Icon name="offline" />
						<span className="flex-1">
							{online
								? "The connection is lost; prices stand still."
								: "You are offline; prices stand still."}{" "}
							{line === "connecting"
								? "Connecting…"
								: wait_s > 0 && <span className="figures">Next try in {wait_s} s.</span>}
						</span>
						<Button
							size="sm"
							onClick={() => {
								dispatchEvent(new Event("bursar:reconnect"));
							}}
						>
							Connect now
						</Button>
					</div>
				</div>
			)}
		</div>
	);
}

/* A dot that says how the line is. */
export function Live() {
	const { line } = useAppSelector(selectLine);
	const words = {
		idle: "Prices are not live",
		connecting: "Connecting",
		live: "Prices are live",
		waiting: "Reconnecting",
	}[line];
	return (
		<span
			role="img"
			aria-label={words}
			title={words}
			className="inline-flex size-6 items-center justify-center"
		>
			<span
				className={cx(
					"size-1.5 rounded-full",
					line === "live" ? "bg-gain" : line === "waiting" ? "bg-warn" : "bg-line-strong",
				)}
			/>
		</span>
	);
}
