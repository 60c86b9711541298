import { Popover as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

export function Popover({
	trigger,
	label,
	children,
	width = "w-80",
	align = "start",
}: {
	trigger: ReactElement;
	label: string;
	children: ReactNode;
	width?: string;
	align?: "start" | "center" | "end";
}) {
	return (
		<Radix.Root>
			<Radix.Trigger asChild>{trigger}</Radix.Trigger>
			<Radix.Portal>
				<Radix.Content
					aria-label={label}
					align={align}
					sideOffset={6}
					collisionPadding={12}
					className={`fade-in z-30 ${width} max-w-[calc(100vw-1.5rem)] max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-lg border border-line bg-raised p-4 text-sm shadow-raised outline-none`}
				>
					{children}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}
