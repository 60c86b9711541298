import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

/* Asks before something is lost. It stays open while busy, to show a refusal. */
export function Confirm({
	open,
	onClose,
	onConfirm,
	title,
	children,
	action,
	busy,
	refused,
}: {
	open: boolean;
	onClose: () => void;
	onConfirm: () => void;
	title: string;
	children: ReactNode;
	action: string;
	busy?: boolean;
	refused?: boolean; /* the same again would be refused again */
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
				<Radix.Content className="fade-in fixed inset-x-0 bottom-0 z-50 w-full rounded-t-xl bg-raised p-5 shadow-raised outline-none sm:inset-auto sm:top-[20vh] sm:left-1/2 sm:max-w-sm sm:-translate-x-1/2 sm:rounded-lg sm:border sm:border-line">
					<Radix.Title className="text-base font-semibold">{title}</Radix.Title>
					<Radix.Description asChild>
						<div className="mt-2 space-y-2 text-sm text-ink-2">{children}</div>
					</Radix.Description>
					<div className="mt-5 flex justify-end gap-2">
						<Radix.Cancel asChild>
							<Button>Keep it</Button>
						</Radix.Cancel>
						<Button
							look="danger"
							onClick={onConfirm}
							busy={busy ?? false}
							disabled={busy === true || refused === true}
						>
							{action}
						</Button>
					</div>
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}
