/* The dialogs, each in a chunk of its own. */
import { lazy, Suspense } from "react";
import { useNavigate } from "react-router";
import { useSummaryQuery } from "../api/analytics";
import { portfolioRemoved } from "../api/portfolio";
import { mayAdmin, selectSession } from "../api/session";
import { paths } from "../lib/paths";
import { KeysDialog } from "./keys-dialog";
import { closed, type Overlay } from "./overlay";
import { useAppDispatch, useAppSelector } from "./store";
import { useBook } from "./use-book";

const ActivityDialog = lazy(() => import("../features/portfolio/activity-dialog"));
const PortfolioDialog = lazy(() => import("../features/portfolio/portfolio-dialog"));
const PortfolioSettings = lazy(() => import("../features/portfolio/portfolio-settings"));
const Palette = lazy(() => import("./palette"));

export default function Overlays({ overlay }: { overlay: Overlay }) {
	const dispatch = useAppDispatch(),
		navigate = useNavigate();
	const { current, usual } = useBook();
	const { role } = useAppSelector(selectSession);
	const portfolio = current ?? usual;
	const { data: summary } = useSummaryQuery(portfolio?.id ?? "", { skip: !portfolio });
	const close = () => {
		dispatch(closed());
	};
	return (
		<Suspense fallback={null}>
			{overlay.name === "activity" && portfolio && (
				<ActivityDialog
					portfolio={portfolio}
					cash={summary?.cash}
					kind={overlay.kind}
					symbol={overlay.symbol}
					onClose={close}
				/>
			)}
			{overlay.name === "portfolio" && (
				<PortfolioDialog
					onClose={close}
					onCreated={(made) => {
						close();
						void navigate(paths.portfolio(made.id));
					}}
				/>
			)}
			{overlay.name === "portfolio-settings" && portfolio && (
				<PortfolioSettings
					key={portfolio.id}
					portfolio={portfolio}
					removable={mayAdmin(role)}
					onClose={close}
					onRemoved={() => {
						dispatch(portfolioRemoved(portfolio.id));
						close();
						void navigate(paths.home);
					}}
				/>
			)}
			{overlay.name === "palette" && <Palette onClose={close} />}
			{overlay.name === "keys" && <KeysDialog onClose={close} />}
		</Suspense>
	);
}
