/* The names the app calls the API's records by. */
import type { Day } from "../lib/day";
import type { components } from "./generated";

type Schemas = components["schemas"];
type Plain = string | number | boolean | null | undefined;

/* An answer has all its members: what is not there is null. */
type Whole<T> = T extends Plain
	? T
	: T extends readonly (infer U)[]
		? Whole<U>[]
		: { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> };
type Reply<K extends keyof Schemas> = Whole<Schemas[K]>;

export type Fault = NonNullable<Schemas["problem"]["errors"]>[number];
export type Session = Reply<"session">;
export type Me = Reply<"me">;
/* `demo` where the demonstration account may be told to strangers. */
export type Health = Reply<"health"> & { demo?: boolean };
export type Portfolio = Reply<"portfolio">;
export type PortfolioIn = Schemas["portfolio_in"];
export type PortfolioChange = Schemas["portfolio_change"];
export type Position = Reply<"position">;
export type PositionDetail = Position & { opened_on?: Day | null; trades?: number };
export type Activity = Reply<"activity_row">;
export type ActivityKind = Activity["kind"];
export type ActIn = Schemas["activity_in"];
export type Lot = Reply<"held_lot">;
export type TradeIn = Schemas["trade_in"];
export type CashIn = Schemas["cash_in"];
export type DividendIn = Schemas["dividend_in"];
export type Figures = Reply<"figures_out">;
/* Free-form in the document: reasons by figure, warnings as a list. */
export type Summary = Omit<Reply<"summary_out">, "reasons" | "warnings"> & {
	reasons: Record<string, string>;
	warnings: string[];
};
export type History = Reply<"history_out">;
export type HistoryDay = Reply<"history_day">;
export type Allocation = Reply<"allocation">;
export type Share = Reply<"share">;
export type Asset = Reply<"asset">;
export type Profile = Reply<"asset_profile">;
export type Prices = Reply<"prices">;
export type Bar = Reply<"price">;
export type Run = Omit<Reply<"run">, "args" | "result"> & { args: unknown; result: unknown };
export interface RunLog {
	run: Run;
	log: Reply<"log_line">[];
}
export type JobKind = Reply<"kind_out">;
export type Worker = Reply<"worker">;
export type Schedule = Reply<"schedule">;
export type ScheduleChange = Schemas["schedule_change"];
export type Compared = Reply<"compared">;
export type Provider = Reply<"feed_status">;
export type ProviderKey = Reply<"feed_key">;
export type StudyPoint = Pick<Reply<"study_point">, "date" | "value">;
export type StudyRow = Reply<"catalogue_row">;
export type FxTable = Reply<"fx_table">;
export type Exchange = Reply<"exchange_row">;
export type Mover = Reply<"mover">;
export type FxHistory = Reply<"fx_history">;
export type FxConversion = Reply<"fx_conversion">;
export type Fact = Reply<"fact_row">;
export type Tracking = Reply<"tracking">;
export type Track = Tracking["items"][number];
export type TrackIn = Schemas["track_in"];
export type Quality = Reply<"quality">;
export type Finding = Quality["findings"][number];
export type Quote = Reply<"quote">;
/* What the live line says of a quote. */
export type QuoteEvent = Pick<
	Quote,
	"symbol" | "price" | "previous_close" | "change" | "percent_change" | "as_of" | "stale"
>;

export interface Page<T> {
	items: T[];
	next_cursor: string | null;
}
