/* The keys of the whole app. */
import { useEffect, type RefObject } from "react";
import { useNavigate } from "react-router";
import { createKeys } from "../lib/keys";
import { paths } from "../lib/paths";
import { opened } from "./overlay";
import { useAppDispatch } from "./store";
import { useBook } from "./use-book";

export function useShortcuts(field: RefObject<HTMLInputElement | null>) {
	const dispatch = useAppDispatch(),
		navigate = useNavigate();
	const { current } = useBook();
	const id = current?.id;
	useEffect(() => {
		const press = createKeys({
			"/": () => {
				if (field.current?.offsetParent) field.current.focus();
				else dispatch(opened({ name: "palette" }));
			},
			"?": () => dispatch(opened({ name: "keys" })),
			"g m": () => void navigate(paths.markets),
			"g i": () => void navigate(paths.instruments),
			...(id
				? {
						n: () => dispatch(opened({ name: "activity", kind: "buy" })),
						"g d": () => void navigate(paths.portfolio(id)),
						"g t": () => void navigate(paths.trades(id)),
					}
				: {}),
		});
		function onKey(event: KeyboardEvent) {
			if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
				event.preventDefault();
				dispatch(opened({ name: "palette" }));
			} else if (!document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]'))
				press(event);
		}
		addEventListener("keydown", onKey);
		return () => {
			removeEventListener("keydown", onKey);
		};
	}, [dispatch, navigate, field, id]);
}
