/* What went wrong, in the server's words (RFC 9457), or in ours when no
 * answer came at all. */
import type { components } from "./generated";

type Said = components["schemas"]["problem"];

export type Problem = Pick<Said, "title" | "status" | "detail" | "errors"> & {
	request_id?: string;
	retry_after_s?: number;
};

/* Status 0: the request never got an answer. */
export const UNREACHABLE: Problem = {
	status: 0,
	title: "No connection",
	detail: "Bursar could not be reached. Nothing was changed.",
};

export async function readProblem(answer: Response): Promise<Problem> {
	const fallback: Problem = {
		status: answer.status,
		title: answer.status >= 500 ? "The server had a problem" : "The request was refused",
		detail: `The answer was ${String(answer.status)}, without a word on why.`,
	};
	const wait = parseInt(answer.headers.get("retry-after") ?? "", 10);
	const late = Number.isFinite(wait) ? { retry_after_s: wait } : {};
	try {
		const body: unknown = await answer.json();
		return body && typeof body === "object" && "title" in body
			? { ...(body as Problem), status: answer.status, ...late }
			: { ...fallback, ...late };
	} catch {
		return { ...fallback, ...late };
	}
}

/* Refused for what it is: asking again changes nothing. Not so where the
 * server was away, busy, or had a newer version. */
export const isFinal = ({ status }: Problem) =>
	status >= 400 && status < 500 && ![401, 408, 412, 425, 429].includes(status);

export function isProblem(value: unknown): value is Problem {
	return typeof value === "object" && value !== null && "title" in value && "status" in value;
}

/* For anything that was thrown or returned as an error. */
export function asProblem(value: unknown): Problem {
	return isProblem(value)
		? value
		: {
				status: 0,
				title: "Something went wrong here",
				detail: "The page did not understand the answer. Reload it and try again.",
			};
}
