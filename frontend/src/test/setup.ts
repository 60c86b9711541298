import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { setLocale } from "../lib/locale";

setLocale("en-US");
// A state is waited for, however busy the machine is.
configure({ asyncUtilTimeout: 15_000 });
// What jsdom lacks: nothing matches, nothing moves.
window.matchMedia = (media) =>
	Object.assign(new EventTarget(), {
		media,
		matches: false,
		onchange: null,
		addListener: () => undefined,
		removeListener: () => undefined,
	});
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.animate = () => ({}) as Animation;
afterEach(cleanup);
