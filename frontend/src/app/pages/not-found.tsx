import { Link } from "react-router";
import { paths } from "../../lib/paths";
import { Empty } from "../../ui/notice";

export default function NotFound({ what = "There is no page at this address." }: { what?: string }) {
	return (
		<>
			<title>Not found · Bursar</title>
			<Empty
				icon="search"
				title="Not found"
				action={
					<Link to={paths.home} className="text-sm font-medium text-accent hover:underline">
						To the dashboard
					</Link>
				}
			>
				{what} It may have been moved, or belong to another account.
			</Empty>
		</>
	);
}
