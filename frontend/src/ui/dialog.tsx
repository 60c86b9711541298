import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../lib/text";
import { IconButton } from "./button";

/* To the first thing to fill in, unless that would raise a phone's keyboard. */
function focusField(event: Event) {
	const box = event.target as HTMLElement;
	const field = box.querySelector<HTMLElement>("input, select, textarea");
	if (!field) return;
	event.preventDefault();
	(matchMedia("(pointer: coarse)").matches ? box : field).focus();
}

/* A dialog: centred on a desk, a sheet from below on a phone. */
export function Dialog({
	open,
	onClose,
	title,
	about,
	children,
	width = "sm:max-w-md",
}: {
	open: boolean;
	onClose: () => void;
	title: string;
	about?: ReactNode;
	children: ReactNode;
	width?: string;
}) {
	return (
		<Radix.Root
			open={open}
			onOpenChange={(now) => {
				if (!now) onClose();
			}}
		>
			<Radix.Portal>
				<Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_12_16/0.45)]" />
				<Radix.Content
					onOpenAutoFocus={focusField}
					{...(about ? {} : { "aria-describedby": undefined })}
					className={cx(
						"fade-in fixed z-50 flex max-h-[92dvh] w-full flex-col overflow-hidden bg-raised shadow-raised outline-none",
						"inset-x-0 bottom-0 rounded-t-xl sm:inset-auto sm:top-[8vh] sm:left-1/2 sm:max-h-[84vh] sm:-translate-x-1/2 sm:rounded-lg sm:border sm:border-line",
						width,
					)}
				>
					<header className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
						<div>
							<Radix.Title className="text-base font-semibold">{title}</Radix.Title>
							{about && (
								<Radix.Description className="mt-0.5 text-sm text-ink-2">
									{about}
								</Radix.Description>
							)}
						</div>
						<Radix.Close asChild>
							<IconButton icon="close" label="Close" className="-mt-1 -mr-2" />
						</Radix.Close>
					</header>
					<div className="overflow-y-auto px-5 pb-5">{children}</div>
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}
