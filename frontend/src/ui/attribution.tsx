/* What lightweight-charts asks to be shown where its charts are. */
export function Attribution() {
	return (
		<p className="text-2xs text-ink-3">
			Charts by{" "}
			<a
				href="https://www.tradingview.com/"
				target="_blank"
				rel="noopener noreferrer"
				className="underline decoration-line underline-offset-2 hover:text-ink"
			>
				TradingView Lightweight Charts
			</a>
		</p>
	);
}
