/* Gives a page its portfolio, or says that there is no such one. */
import type { ReactNode } from "react";
import type { Portfolio } from "../../api/types";
import { minorDigits } from "../../lib/money";
import { MinorDigits } from "../../ui/money";
import { useBook } from "../use-book";
import NotFound from "./not-found";

export function WithPortfolio({ children }: { children: (portfolio: Portfolio) => ReactNode }) {
	const { portfolios, named } = useBook();
	if (!portfolios)
		return null;
	return named ? <MinorDigits value={minorDigits(named.currency)}>{children(named)}</MinorDigits> : <NotFound what="There is no such portfolio." />;
}
