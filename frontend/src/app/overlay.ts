/* Which one dialog is open over the page. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { ActivityKind } from "../api/types";
import { loggedOut, sessionEnded } from "../api/session";

export type Overlay =
	| { name: "activity"; kind: ActivityKind; symbol?: string | undefined }
	| { name: "portfolio" }
	| { name: "portfolio-settings" }
	| { name: "palette" }
	| { name: "keys" };

const slice = createSlice({
	name: "overlay",
	initialState: null as Overlay | null,
	reducers: { opened: (_, { payload }: PayloadAction<Overlay>) => payload, closed: () => null },
	extraReducers: (build) => {
		build.addCase(loggedOut, () => null).addCase(sessionEnded, () => null);
	},
});

export const { opened, closed } = slice.actions;
export const overlayReducer = slice.reducer;
