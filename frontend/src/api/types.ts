/* The names the app calls the API's records by. */
import type { components } from "./generated";

type Schemas = components["schemas"];

export type Fault = Schemas["fault"];
export type Session = Schemas["session"];
export type Me = Schemas["me"];
export type Health = Schemas["health"];
export type Portfolio = Schemas["portfolio"];
export type PortfolioIn = Schemas["portfolio_in"];
export type Position = Schemas["position"];
export type PositionDetail = Schemas["position_detail"];
export type Activity = Schemas["activity"];
export type ActivityKind = Activity["kind"];
export type TradeIn = Schemas["trade_in"];
export type CashIn = Schemas["cash_in"];
export type DividendIn = Schemas["dividend_in"];
export type Figures = Schemas["figures"];
export type Summary = Schemas["summary"];
export type History = Schemas["history"];
export type HistoryDay = Schemas["history_day"];
export type Allocation = Schemas["allocation"];
export type Share = Schemas["share"];
export type Asset = Schemas["asset"];
export type Profile = Schemas["profile"];
export type Prices = Schemas["prices"];
export type Bar = Schemas["bar"];
export type Quote = Schemas["quote"];
export type QuoteEvent = Schemas["quote_event"];

export interface Page<T> {
	items: T[];
	next_cursor: string | null;
}
