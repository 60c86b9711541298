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
