/* The portfolio an address names, and the ones there are. */
import { useParams } from "react-router";
import { usePortfoliosQuery } from "../api/portfolio";
import { useAppSelector } from "./store";

export function useBook() {
	const { portfolio: id } = useParams();
	const { data: portfolios, error, refetch } = usePortfoliosQuery();
	const last = useAppSelector((state) => state.prefs.portfolio);
	const named = portfolios?.find((p) => p.id === id);
	const usual =
		portfolios?.find((p) => p.id === last) ?? portfolios?.find((p) => p.is_default) ?? portfolios?.[0];
	return { portfolios, error, refetch, id, named, current: named ?? (id ? undefined : usual), usual };
}
