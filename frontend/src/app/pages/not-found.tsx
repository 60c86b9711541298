import { Link } from "react-router";
import { paths } from "../../lib/paths";
import { Empty } from "../../ui/notice";

const PAGE = "There is no page at this address. It may have been moved, or belong to another account.";

export default function NotFound({ what = PAGE }: { what?: string }) {
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
				{what}
			</Empty>
		</>
	);
}
