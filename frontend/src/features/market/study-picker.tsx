/* Which indicators are drawn, and with what. */
import { useId, useMemo, useState } from "react";
import { useCatalogueQuery } from "../../api/charts";
import { capital, fit } from "../../lib/text";
import { Button } from "../../ui/button";
import { CHIP, ChipClose } from "../../ui/chip";
import { Popover } from "../../ui/popover";
import { colourVar } from "./colours";
import {
	CHOSEN_MAX,
	offered,
	STUDIES,
	studyKey,
	studyKind,
	studyLabel,
	usualStudy,
	within,
	type StudyAsk,
	type StudyKind,
	type StudyParam,
} from "./studies";

const GROUPS = [...new Set(STUDIES.map(({ group }) => group))];

function Choice({ kind, disabled, onPick }: { kind: StudyKind; disabled: boolean; onPick: () => void }) {
	return (
		<li>
			<button
				type="button"
				disabled={disabled}
				onClick={onPick}
				className="flex w-full items-baseline justify-between gap-3 rounded-md px-2 py-1.5 text-left hover:bg-sunken disabled:opacity-50"
			>
				<span>{kind.label}</span>
				<span className="text-xs text-ink-3">{kind.over ? "on the price" : "own pane"}</span>
			</button>
		</li>
	);
}

export function StudyPicker({
	chosen,
	onChange,
}: {
	chosen: readonly StudyAsk[];
	onChange: (next: StudyAsk[]) => void;
}) {
	const [query, setQuery] = useState("");
	const { data: rows } = useCatalogueQuery();
	const all = useMemo(() => offered(rows), [rows]);
	const found = all.filter(
		({ label, short, name }) => fit(`${short} ${label} ${name}`, query) > (query ? 1 : 0),
	);
	const full = chosen.length >= CHOSEN_MAX;
	return (
		<Popover
			label="Indicators"
			align="end"
			trigger={
				<Button look="quiet" size="sm" icon="plus">
					Indicators
				</Button>
			}
		>
			<input
				type="search"
				aria-label="Find an indicator"
				placeholder="Find an indicator"
				value={query}
				onChange={(event) => {
					setQuery(event.target.value);
				}}
				className="mb-2 h-8 w-full rounded-md border border-line bg-surface px-2.5 text-sm"
			/>
			{full && (
				<p className="mb-1 text-xs text-ink-3">
					{CHOSEN_MAX} are drawn, the most at once. Remove one to add another.
				</p>
			)}
			<div className="max-h-72 overflow-y-auto" tabIndex={-1}>
				{GROUPS.map((group) => {
					const rows = found.filter((kind) => kind.group === group);
					return (
						rows.length > 0 && (
							<section key={group} aria-label={group}>
								<h3 className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-3">{group}</h3>
								<ul>
									{rows.map((kind) => (
										<Choice
											key={kind.name}
											kind={kind}
											disabled={full}
											onPick={() => {
												onChange([...chosen, fresh(kind, chosen)]);
											}}
										/>
									))}
								</ul>
							</section>
						)
					);
				})}
				{found.length === 0 && (
					<p className="px-2 py-4 text-center text-ink-3">No indicator is called “{query}”.</p>
				)}
			</div>
		</Popover>
	);
}

/* The usual one; where that is drawn already, one of a longer window. */
function fresh(kind: StudyKind, chosen: readonly StudyAsk[]): StudyAsk {
	const drawn = new Set(chosen.map(studyKey));
	let next = usualStudy(kind);
	const first = kind.params[0];
	for (let i = 0; first && drawn.has(studyKey(next)) && i < CHOSEN_MAX; i++)
		next = {
			...next,
			params: { ...next.params, [first.name]: within(first, (next.params[first.name] ?? 1) * 2) },
		};
	return next;
}

function Param({ param, value, onSet }: { param: StudyParam; value: number; onSet: (v: number) => void }) {
	const id = useId();
	const [text, setText] = useState(String(value));
	const typed = text.trim() === "" ? NaN : +text;
	const good = Number.isFinite(typed) && typed >= param.min && typed <= param.max;
	const keep = () => {
		const next = within(param, typed);
		setText(String(next));
		if (next !== value) onSet(next);
	};
	return (
		<div>
			<label htmlFor={id} className="mb-1 flex justify-between text-xs text-ink-2">
				{param.label}
				<span className="text-ink-3">
					{param.min} to {param.max}
				</span>
			</label>
			<input
				id={id}
				type="number"
				min={param.min}
				max={param.max}
				step={param.step ?? 1}
				value={text}
				aria-invalid={!good}
				onChange={(event) => {
					setText(event.target.value);
				}}
				onBlur={keep}
				onKeyDown={(event) => {
					if (event.key === "Enter") keep();
				}}
				className="figures h-8 w-full rounded-md border border-line-strong/60 bg-surface px-2 text-right text-sm"
			/>
		</div>
	);
}

/* A drawn one in the legend: its values, its settings, and away with it. */
export function StudyChip({
	ask,
	index,
	note,
	children,
	onChange,
	onRemove,
}: {
	ask: StudyAsk;
	index: number;
	note?: string | undefined; /* why it is not drawn */
	children: React.ReactNode;
	onChange: (next: StudyAsk) => void;
	onRemove: () => void;
}) {
	const { data: rows } = useCatalogueQuery();
	const kind = offered(rows).find(({ name }) => name === ask.name) ?? studyKind(ask.name);
	if (!kind) return null;
	const label = studyLabel(ask);
	const head = (
		<>
			<i
				className="inline-block h-0.5 w-3 shrink-0 self-center rounded"
				style={{ backgroundColor: colourVar(index) }}
				aria-hidden="true"
			/>
			<span className="font-medium text-ink-2">{label}</span>
		</>
	);
	return (
		<li className={CHIP}>
			{kind.params.length === 0 ? (
				<span className="inline-flex gap-1.5">{head}</span>
			) : (
				<Popover
					label={`Settings of ${label}`}
					width="w-56"
					trigger={
						<button
							type="button"
							aria-label={`Settings of ${label}`}
							className="inline-flex gap-1.5 rounded hover:underline"
						>
							{head}
						</button>
					}
				>
					<p className="mb-3 font-medium">{kind.label}</p>
					<div className="space-y-2.5">
						{kind.params.map((param) => (
							<Param
								key={param.name}
								param={param}
								value={ask.params[param.name] ?? param.usual}
								onSet={(value) => {
									onChange({ ...ask, params: { ...ask.params, [param.name]: value } });
								}}
							/>
						))}
					</div>
				</Popover>
			)}
			{note ? (
				<span className="max-w-52 truncate text-warn" title={note}>
					{capital(note)}
				</span>
			) : (
				children
			)}
			<ChipClose label={`Remove ${label}`} onClick={onRemove} />
		</li>
	);
}
