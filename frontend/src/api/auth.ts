import { api } from "./base";
import { loggedOut, sessionStarted } from "./session";
import type { Health, Me, Session } from "./types";

export const authApi = api.injectEndpoints({
	endpoints: (build) => ({
		logIn: build.mutation<Session, { username: string; password: string }>({
			query: (body) => ({ path: "/auth/login", method: "POST", body }),
			async onQueryStarted(_, { dispatch, queryFulfilled }) {
				try {
					const { data } = await queryFulfilled;
					dispatch(sessionStarted(data));
				} catch {
					// the form shows why
				}
			},
		}),
		logOut: build.mutation<null, void>({
			query: () => ({ path: "/auth/logout", method: "POST" }),
			async onQueryStarted(_, { dispatch, queryFulfilled }) {
				// Whatever the server says, nothing stays on this screen.
				await queryFulfilled.catch(() => undefined);
				dispatch(loggedOut());
			},
		}),
		me: build.query<Me, void>({ query: () => ({ path: "/auth/me" }), providesTags: ["me"] }),
		health: build.query<Health, void>({ query: () => ({ path: "/health" }) }),
	}),
});

export const { useLogInMutation, useLogOutMutation, useMeQuery, useHealthQuery } = authApi;
