/* What this browser remembers: looks, and which portfolio was open last.
 * No balances, no names. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import { loggedOut } from "../api/session";

export type Theme = "system" | "light" | "dark";

interface Prefs {
	theme: Theme;
	hideAmounts: boolean;
	portfolio: string | null;
}

const KEY = "bursar.prefs";
const DEFAULTS: Prefs = { theme: "system", hideAmounts: false, portfolio: null };

function load(): Prefs {
	try {
		return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Prefs>) };
	} catch {
		return DEFAULTS;
	}
}

const slice = createSlice({
	name: "prefs",
	initialState: load,
	reducers: {
		themeChosen(state, { payload }: PayloadAction<Theme>) {
			state.theme = payload;
		},
		amountsHidden(state, { payload }: PayloadAction<boolean>) {
			state.hideAmounts = payload;
		},
		portfolioOpened(state, { payload }: PayloadAction<string>) {
			state.portfolio = payload;
		},
	},
	extraReducers: (build) => {
		build.addCase(loggedOut, (state) => {
			state.portfolio = null;
		});
	},
});

export const { themeChosen, amountsHidden, portfolioOpened } = slice.actions;
export const prefsReducer = slice.reducer;

export function applyPrefs(prefs: Prefs) {
	if (prefs.theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = prefs.theme;
	try {
		localStorage.setItem(KEY, JSON.stringify(prefs));
	} catch {
		// a browser that keeps nothing still works
	}
}
