/* What this browser remembers: looks, and until logging out which portfolio
 * and which instruments were open last. No balances, no names. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import { loggedOut } from "../api/session";

export type Theme = "system" | "light" | "dark";

interface Prefs {
	theme: Theme;
	hideAmounts: boolean;
	portfolio: string | null;
	recent: string[]; /* symbols, the last one first */
}

const RECENT_MAX = 6;

const KEY = "bursar.prefs";
const DEFAULTS: Prefs = { theme: "system", hideAmounts: false, portfolio: null, recent: [] };

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
		assetOpened(state, { payload }: PayloadAction<string>) {
			state.recent = [payload, ...state.recent.filter((one) => one !== payload)].slice(0, RECENT_MAX);
		},
	},
	extraReducers: (build) => {
		build.addCase(loggedOut, (state) => {
			state.portfolio = null;
			state.recent = [];
		});
	},
});

export const { themeChosen, amountsHidden, portfolioOpened, assetOpened } = slice.actions;
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
