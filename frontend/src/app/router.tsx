/* Which page an address means, and who may see it. */
import { lazy, Suspense, useEffect } from "react";
import { Navigate, Route, Routes, useLocation, useSearchParams } from "react-router";
import { selectSession } from "../api/session";
import { LoginPage } from "../features/auth/login-page";
import { paths, safeReturn } from "../lib/paths";
import { HideAmounts } from "../ui/money";
import { Toasts } from "../ui/toast";
import { useAppSelector } from "./store";

const Shell = lazy(() => import("./shell"));
const Dashboard = lazy(() => import("./pages/dashboard"));
const TradesPage = lazy(() => import("./pages/trades"));
const PositionPage = lazy(() => import("./pages/position"));
const MarketsPage = lazy(() => import("./pages/markets"));
const InstrumentsPage = lazy(() => import("./pages/instruments"));
const JobsPage = lazy(() => import("./pages/jobs"));
const ProvidersPage = lazy(() => import("./pages/providers"));
const NotFound = lazy(() => import("./pages/not-found"));
const Home = lazy(() => import("./pages/home"));

function Inside() {
	const { status } = useAppSelector(selectSession);
	const { pathname, search } = useLocation();
	if (status === "unknown") return null;
	if (status === "in") return <Shell />;
	const to = pathname + search;
	return (
		<Navigate
			replace
			to={to === paths.home ? paths.login : `${paths.login}?to=${encodeURIComponent(to)}`}
		/>
	);
}

function Outside() {
	const { status, expired } = useAppSelector(selectSession);
	const [query] = useSearchParams();
	if (status === "unknown") return null;
	return status === "in" ? (
		<Navigate replace to={safeReturn(query.get("to"))} />
	) : (
		<LoginPage expired={expired} />
	);
}

export function Router() {
	const hidden = useAppSelector((state) => state.prefs.hideAmounts);
	const { pathname } = useLocation();
	useEffect(() => {
		scrollTo(0, 0);
	}, [pathname]);
	return (
		<HideAmounts value={hidden}>
			<Suspense fallback={null}>
				<Routes>
					<Route path="/login" element={<Outside />} />
					<Route element={<Inside />}>
						<Route index element={<Home />} />
						<Route path="/portfolios/:portfolio">
							<Route index element={<Dashboard />} />
							<Route path="trades" element={<TradesPage />} />
							<Route path="positions/:symbol" element={<PositionPage />} />
						</Route>
						<Route path="/markets" element={<MarketsPage />} />
						<Route path="/markets/:symbol" element={<PositionPage />} />
						<Route path="/instruments" element={<InstrumentsPage />} />
						<Route path="/jobs" element={<JobsPage />} />
						<Route path="/providers" element={<ProvidersPage />} />
						<Route path="*" element={<NotFound />} />
					</Route>
				</Routes>
			</Suspense>
			<Toasts />
		</HideAmounts>
	);
}
