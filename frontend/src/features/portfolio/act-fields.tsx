/* The fields of what happens to units without a trade. */
import { today } from "../../lib/day";
import { AmountField, TextField } from "../../ui/field";
import type { FieldName } from "./activity-form";
import { LABELS, type Act, type ActField } from "./acts";

type Wiring = (name: FieldName, label: string) => React.ComponentProps<typeof TextField>;

/* In the order of the form, whatever the order in the table. */
const ORDER: readonly ActField[] = [
	"into",
	"ratio",
	"quantity",
	"amount",
	"withheld",
	"price",
	"price_into",
	"received",
	"acquired",
];

export function ActFields({
	act,
	text,
	currency,
	held,
}: {
	act: Act;
	text: Wiring;
	currency: string;
	held: React.ReactNode; /* what to say under the quantity */
}) {
	const name = (field: Exclude<ActField, "ratio">) => act.names[field] ?? LABELS[field];
	return ORDER.filter((field) => act.needs.includes(field) || act.may.includes(field)).map((field) => {
		const optional = act.may.includes(field);
		switch (field) {
			case "ratio":
				return (
					<div key={field} className="col-span-2 grid grid-cols-2 gap-x-3">
						<TextField
							inputMode="numeric"
							autoComplete="off"
							{...text("numerator", "New units")}
							hint="So many new ones…"
						/>
						<TextField
							inputMode="numeric"
							autoComplete="off"
							{...text("denominator", "For units held")}
							hint="…for so many held"
						/>
					</div>
				);
			case "into":
				return (
					<TextField
						key={field}
						box="col-span-2"
						autoComplete="off"
						spellCheck={false}
						maxLength={16}
						className="uppercase"
						{...text("into", name(field))}
						hint="Its ticker"
					/>
				);
			case "acquired":
				return (
					<TextField
						key={field}
						type="date"
						max={today()}
						optional
						{...text("acquired", name(field))}
						hint="The same day when empty"
					/>
				);
			case "quantity":
				return (
					<AmountField
						key={field}
						optional={optional}
						{...text("quantity", name(field))}
						hint={held}
					/>
				);
			default:
				return (
					<AmountField
						key={field}
						optional={optional}
						{...text(field, `${name(field)} (${currency})`)}
					/>
				);
		}
	});
}
