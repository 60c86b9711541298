/* "/": the portfolio last looked at, or the first step when there is none. */
import { Navigate } from "react-router";
import { paths } from "../../lib/paths";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/notice";
import { opened } from "../overlay";
import { useAppDispatch } from "../store";
import { useBook } from "../use-book";

export default function Home() {
	const { portfolios, usual } = useBook();
	const dispatch = useAppDispatch();
	if (!portfolios) return null;
	if (usual) return <Navigate replace to={paths.portfolio(usual.id)} />;
	return (
		<>
			<title>Bursar</title>
			<Empty
				icon="wallet"
				title="No portfolio yet"
				action={
					<Button
						look="primary"
						icon="plus"
						onClick={() => dispatch(opened({ name: "portfolio" }))}
					>
						Create a portfolio
					</Button>
				}
			>
				A portfolio holds your cash and positions in one currency. Create one, record a deposit, then
				your first trade.
			</Empty>
		</>
	);
}
