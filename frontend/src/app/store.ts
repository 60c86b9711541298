import { configureStore, createListenerMiddleware, isAnyOf } from "@reduxjs/toolkit";
import { setupListeners } from "@reduxjs/toolkit/query";
import { useDispatch, useSelector } from "react-redux";
import { api } from "../api/base";
import { quotesReducer } from "../api/quotes";
import { keepSign, loggedOut, sessionEnded, sessionReducer, sessionStarted } from "../api/session";
import { overlayReducer } from "./overlay";
import { applyPrefs, prefsReducer } from "./prefs";

export function makeStore() {
	const listener = createListenerMiddleware();
	const store = configureStore({
		reducer: {
			[api.reducerPath]: api.reducer,
			session: sessionReducer,
			quotes: quotesReducer,
			prefs: prefsReducer,
			overlay: overlayReducer,
		},
		middleware: (base) => base().prepend(listener.middleware).concat(api.middleware),
	});
	// Nothing of one user's is left for the next.
	listener.startListening({
		matcher: isAnyOf(loggedOut, sessionEnded),
		effect: (_, { dispatch }) => {
			dispatch(api.util.resetApiState());
		},
	});
	listener.startListening({
		matcher: isAnyOf(sessionStarted, loggedOut, sessionEnded),
		effect: (_, { getState }) => {
			keepSign((getState() as RootState).session);
		},
	});
	listener.startListening({
		predicate: (_action, now, before) => (now as RootState).prefs !== (before as RootState).prefs,
		effect: (_, { getState }) => {
			applyPrefs((getState() as RootState).prefs);
		},
	});
	setupListeners(store.dispatch);
	return store;
}

export type Store = ReturnType<typeof makeStore>;
export type RootState = ReturnType<Store["getState"]>;
export const useAppDispatch = useDispatch.withTypes<Store["dispatch"]>();
export const useAppSelector = useSelector.withTypes<RootState>();
