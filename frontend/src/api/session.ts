/*
 * Who is logged in. The access token lives in this slice, in memory, and
 * nowhere else; the refresh token is a cookie no script can read.
 */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { Session } from "./types";

export interface SessionState {
	/* unknown until the cookie has been asked about */
	status: "unknown" | "in" | "out";
	token: string | null;
	user: Session["user"] | null;
	tenant: Session["tenant"] | null;
	role: string | null;
	/* why the last one ended, to say so on the log-in page */
	expired: boolean;
}

const OUT: SessionState = {
	status: "out",
	token: null,
	user: null,
	tenant: null,
	role: null,
	expired: false,
};

const SIGN = "bursar.returning";

/* Has this browser been logged in, and not out again since? Only then is
 * there a cookie to ask about; no script can see the cookie itself. */
export function mayReturn(): boolean {
	try {
		return localStorage.getItem(SIGN) !== null;
	} catch {
		return true;
	}
}

export function keepSign({ status }: SessionState) {
	try {
		if (status === "in") localStorage.setItem(SIGN, "1");
		else localStorage.removeItem(SIGN);
	} catch {
		// nothing is kept: the cookie is asked about every time
	}
}

const slice = createSlice({
	name: "session",
	initialState: { ...OUT, status: "unknown" } as SessionState,
	reducers: {
		sessionStarted(_, { payload }: PayloadAction<Session>): SessionState {
			return {
				status: "in",
				token: payload.access_token,
				user: payload.user,
				tenant: payload.tenant,
				role: payload.role,
				expired: false,
			};
		},
		sessionEnded(state): SessionState {
			return { ...OUT, expired: state.status === "in" };
		},
		loggedOut: (): SessionState => OUT,
	},
});

export const { sessionStarted, sessionEnded, loggedOut } = slice.actions;
export const sessionReducer = slice.reducer;

interface WithSession {
	session: SessionState;
}
export const selectSession = (state: WithSession) => state.session;
export const selectToken = (state: WithSession) => state.session.token;

/* What the server asks of them holds whatever is shown. */
export const mayAdmin = (role: string | null) => role === "admin" || role === "owner";
