/* One choice among few, all in sight. A radio group, for those who cannot see it. */
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../lib/text";

interface Option<T extends string> {
	value: T;
	label: ReactNode;
	name?: string; /* spoken, when the label is a picture */
}

export function Segmented<T extends string>({
	label,
	value,
	options,
	onChange,
	quiet,
	className,
}: {
	label: string;
	value: T;
	options: readonly Option<T>[];
	onChange: (value: T) => void;
	quiet?: boolean;
	className?: string;
}) {
	return (
		<ToggleGroup.Root
			type="single"
			value={value}
			aria-label={label}
			onValueChange={(next) => {
				if (next) onChange(next as T);
			}}
			className={cx(
				"inline-flex items-center rounded-md",
				quiet ? "gap-0.5" : "bg-sunken p-0.5",
				className,
			)}
		>
			{options.map((option) => (
				<ToggleGroup.Item
					key={option.value}
					value={option.value}
					aria-label={option.name}
					title={option.name}
					className={cx(
						"h-6 min-w-8 rounded-[5px] px-2 text-xs font-medium text-ink-2 transition-colors duration-100",
						"hover:text-ink data-[state=on]:text-ink",
						quiet
							? "data-[state=on]:bg-sunken"
							: "data-[state=on]:bg-thumb data-[state=on]:shadow-[0_1px_2px_var(--shadow)]",
					)}
				>
					{option.label}
				</ToggleGroup.Item>
			))}
		</ToggleGroup.Root>
	);
}
