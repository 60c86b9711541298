/* A text field that offers what fits. ARIA's combobox with a list box:
 * focus stays in the field, arrows move through the list. */
import { useEffect, useId, useRef, useState, type ComponentProps, type ReactNode } from "react";
import { cx } from "../lib/text";

interface ComboboxProps<T> extends Omit<ComponentProps<"input">, "onSelect" | "onChange" | "value"> {
	value: string;
	onChange: (text: string) => void;
	items: readonly T[];
	keyOf: (item: T) => string;
	render: (item: T, active: boolean) => ReactNode;
	onPick: (item: T) => void;
	label: string; /* of the list */
	none?: ReactNode; /* when nothing fits */
	box?: string;
	list?: string;
}

export function Combobox<T>({
	value,
	onChange,
	items,
	keyOf,
	render,
	onPick,
	label,
	none,
	box,
	list,
	onKeyDown,
	onBlur,
	onFocus,
	...rest
}: ComboboxProps<T>) {
	const id = useId();
	const [open, setOpen] = useState(false);
	const [at, setAt] = useState(0);
	const rows = useRef<HTMLUListElement>(null);
	const active = Math.min(at, items.length - 1);
	const shown = open && (items.length > 0 || Boolean(none));

	useEffect(() => {
		if (shown) rows.current?.children[active]?.scrollIntoView({ block: "nearest" });
	}, [active, shown]);

	function pick(item: T | undefined) {
		if (item === undefined) return;
		setOpen(false);
		onPick(item);
	}

	function move(event: React.KeyboardEvent<HTMLInputElement>) {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (step !== 0) {
			event.preventDefault();
			setAt(open ? (active + step + items.length) % Math.max(items.length, 1) : 0);
			setOpen(true);
		} else if (event.key === "Enter" && shown && items.length > 0) {
			event.preventDefault();
			pick(items[active]);
		} else if (event.key === "Escape" && shown) {
			event.preventDefault();
			event.stopPropagation();
			setOpen(false);
			onKeyDown?.(event);
		} else onKeyDown?.(event);
	}

	return (
		<div className={cx("relative", box)}>
			<input
				{...rest}
				role="combobox"
				autoComplete="off"
				spellCheck={false}
				value={value}
				aria-autocomplete="list"
				aria-expanded={shown}
				aria-controls={`${id}-list`}
				aria-activedescendant={shown && items.length > 0 ? `${id}-${active}` : undefined}
				onChange={(event) => {
					onChange(event.target.value);
					setAt(0);
					setOpen(true);
				}}
				onKeyDown={move}
				onFocus={onFocus}
				onBlur={(event) => {
					setOpen(false);
					onBlur?.(event);
				}}
			/>
			<ul
				ref={rows}
				id={`${id}-list`}
				role="listbox"
				aria-label={label}
				hidden={!shown}
				className={cx(
					"fade-in absolute z-20 mt-1 max-h-80 min-w-full overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised",
					list,
				)}
			>
				{items.map((item, i) => (
					<li
						key={keyOf(item)}
						id={`${id}-${i}`}
						role="option"
						aria-selected={i === active}
						onMouseEnter={() => {
							setAt(i);
						}}
						// before the field loses focus
						onPointerDown={(event) => {
							event.preventDefault();
						}}
						onClick={() => {
							pick(item);
						}}
						className={cx(
							"cursor-pointer rounded-md px-2 py-1.5 text-sm",
							i === active && "bg-sunken",
						)}
					>
						{render(item, i === active)}
					</li>
				))}
				{items.length === 0 && none && (
					<li
						role="option"
						aria-selected="false"
						aria-disabled="true"
						className="px-2 py-1.5 text-sm text-ink-3"
					>
						{none}
					</li>
				)}
			</ul>
		</div>
	);
}
