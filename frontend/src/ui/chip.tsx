/* A small thing in a row that can be taken away. */
import { Icon } from "./icon";

export const CHIP =
	"inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface pl-2 text-xs whitespace-nowrap";

export const ChipClose = ({ label, onClick }: { label: string; onClick: () => void }) => (
	<button
		type="button"
		aria-label={label}
		title={label}
		onClick={onClick}
		className="inline-flex size-6 items-center justify-center rounded text-ink-3 hover:bg-sunken hover:text-ink"
	>
		<Icon name="close" size={12} />
	</button>
);
