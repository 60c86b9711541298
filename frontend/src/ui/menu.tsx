import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export function Menu({
	trigger,
	children,
	align = "end",
}: {
	trigger: ReactElement;
	children: ReactNode;
	align?: "start" | "end";
}) {
	return (
		<Radix.Root>
			<Radix.Trigger asChild>{trigger}</Radix.Trigger>
			<Radix.Portal>
				<Radix.Content
					align={align}
					sideOffset={6}
					collisionPadding={8}
					className="fade-in z-30 min-w-52 rounded-lg border border-line bg-raised p-1 text-sm shadow-raised outline-none"
				>
					{children}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}

const ROW = "flex h-8 items-center gap-2.5 rounded-md px-2 outline-none data-[highlighted]:bg-sunken";

export function MenuItem({
	icon,
	onSelect,
	children,
	note,
}: {
	icon?: IconName;
	onSelect: () => void;
	children: ReactNode;
	note?: ReactNode;
}) {
	return (
		<Radix.Item className={ROW} onSelect={onSelect}>
			<span className="w-4 text-ink-3">{icon && <Icon name={icon} />}</span>
			<span className="flex-1">{children}</span>
			{note && <span className="text-xs text-ink-3">{note}</span>}
		</Radix.Item>
	);
}

export function MenuChoice<T extends string>({
	label,
	value,
	options,
	onChange,
}: {
	label: string;
	value: T;
	options: readonly { value: T; label: ReactNode; note?: ReactNode; icon?: IconName }[];
	onChange: (value: T) => void;
}) {
	return (
		<Radix.RadioGroup
			value={value}
			aria-label={label}
			onValueChange={(next) => {
				onChange(next as T);
			}}
		>
			<Radix.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-3">{label}</Radix.Label>
			{options.map((option) => (
				<Radix.RadioItem key={option.value} value={option.value} className={ROW}>
					<span className="w-4 text-ink-3">{option.icon && <Icon name={option.icon} />}</span>
					<span className="flex-1">{option.label}</span>
					{option.note && <span className="text-xs text-ink-3">{option.note}</span>}
					<Radix.ItemIndicator>
						<Icon name="check" className="text-accent" />
					</Radix.ItemIndicator>
				</Radix.RadioItem>
			))}
		</Radix.RadioGroup>
	);
}

export function MenuSwitch({
	icon,
	checked,
	onChange,
	children,
	note,
}: {
	icon: IconName;
	checked: boolean;
	onChange: (checked: boolean) => void;
	children: ReactNode;
	note?: ReactNode;
}) {
	return (
		<Radix.CheckboxItem className={ROW} checked={checked} onCheckedChange={onChange}>
			<span className="w-4 text-ink-3">
				<Icon name={icon} />
			</span>
			<span className="flex-1">{children}</span>
			{note && <span className="text-xs text-ink-3">{note}</span>}
			<Radix.ItemIndicator>
				<Icon name="check" className="text-accent" />
			</Radix.ItemIndicator>
		</Radix.CheckboxItem>
	);
}

export const MenuLine = () => <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
export const MenuText = ({ children }: { children: ReactNode }) => (
	<div className="px-2 py-1.5">{children}</div>
);
