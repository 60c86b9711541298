/* An indicator that was asked for, what came of it, and how its numbers read. */
import type { StudyLines } from "../../api/charts";
import type { Problem } from "../../api/problem";
import type { StudyPoint } from "../../api/types";
import { decimal, percent } from "../../lib/money";
import type { StudyAsk, StudyKind } from "./studies";

export interface Drawn {
	ask: StudyAsk;
	kind: StudyKind;
	lines: StudyLines;
	problem?: Problem;
}

/* The answer names its lines; one of a single line may leave it unnamed. */
export const linePoints = ({ kind, lines }: Drawn, name: string): readonly StudyPoint[] =>
	lines[name] ?? (kind.lines.length === 1 ? (lines.value ?? []) : []);

const digits = (size: number) => (size >= 10_000 ? 0 : size < 0.1 ? 4 : 2);

export const studyText = (kind: StudyKind, value: number) =>
	kind.ratio ? percent(value, { digits: 2 }) : decimal(value, digits(Math.abs(value)));
