/*
 * Stands in for the package of the same name, which the dialogs' scroll lock
 * uses to add one style sheet. It makes a <style> element, which our content
 * security policy refuses; a constructed sheet is allowed and does the same.
 */
import { useEffect } from "react";

interface Singleton {
	add(css: string): void;
	remove(): void;
}

export function stylesheetSingleton(): Singleton {
	let users = 0;
	let sheet: CSSStyleSheet | undefined;
	return {
		add(css) {
			if (users++ > 0) return;
			sheet = new CSSStyleSheet();
			sheet.replaceSync(css);
			document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
		},
		remove() {
			if (--users > 0) return;
			document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
		},
	};
}

export function styleHookSingleton() {
	const sheet = stylesheetSingleton();
	return function useStyle(styles: string, dynamic?: boolean) {
		const key = dynamic ? styles : undefined;
		useEffect(() => {
			sheet.add(styles);
			return () => {
				sheet.remove();
			};
			// As in the original: only a dynamic sheet follows its text.
			// eslint-disable-next-line react-hooks/exhaustive-deps
		}, [key]);
	};
}

export function styleSingleton() {
	const useStyle = styleHookSingleton();
	return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }) {
		useStyle(styles, dynamic);
		return null;
	};
}
