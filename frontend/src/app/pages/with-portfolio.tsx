/* Gives a page its portfolio, or says that there is no such one. While the
 * list is on its way the page begins with the id alone, so that it shows its
 * outline and asks for its data at once. */
import type { ReactNode } from "react";
import type { Portfolio } from "../../api/types";
import { minorDigits } from "../../lib/money";
import { MinorDigits } from "../../ui/money";
import { useBook } from "../use-book";
import NotFound from "./not-found";

export function WithPortfolio({ children }: { children: (portfolio: Portfolio) => ReactNode }) {
	const { portfolios, named, id = "" } = useBook();
	if (!portfolios)
		return children({
			id,
			name: "",
			currency: "USD",
			benchmark: "",
			opened_on: null,
			is_default: false,
			cost_method: "average",
			version: 0,
		});
	return named ? (
		<MinorDigits value={minorDigits(named.currency)}>{children(named)}</MinorDigits>
	) : (
		<NotFound what="There is no such portfolio. It may have been deleted, or belong to another account." />
	);
}
