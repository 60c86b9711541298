/*
 * The API's types. `npm run api` writes this file from assets/openapi.json;
 * it is never edited by hand once that document exists.
 */
import type { Day } from "../lib/day";
import type { Amount } from "../lib/money";

export interface components {
	schemas: {
		problem: {
			type: string;
			title: string;
			status: number;
			detail?: string;
			instance?: string;
			request_id?: string;
			errors?: components["schemas"]["fault"][];
		};
		fault: { pointer: string; code: string; detail: string };
		session: {
			access_token: string;
			token_type: string;
			expires_in: number;
			refresh_token: string;
			user: components["schemas"]["user"];
			tenant: components["schemas"]["tenant"];
			role: string;
		};
		user: { id: string; username: string; name: string };
		tenant: { id: string; name: string };
		me: {
			user: components["schemas"]["user"];
			tenant: components["schemas"]["tenant"];
			role: string;
			feed: string;
			simulated: boolean;
		};
		health: { status: string; version: string; demo?: boolean };
		portfolio: {
			id: string;
			name: string;
			currency: string;
			benchmark: string | null;
			opened_on: Day | null;
			is_default: boolean;
			version: number;
		};
		portfolio_in: {
			name: string;
			currency?: string;
			benchmark?: string;
			opened_on?: Day;
		};
		position: {
			symbol: string;
			name: string;
			sector: string | null;
			kind: string;
			currency: string;
			quantity: Amount;
			average_cost: Amount;
			cost_basis: Amount;
			price: Amount | null;
			price_as_of: string | null;
			price_stale: boolean;
			previous_close: Amount | null;
			market_value: Amount | null;
			unrealised: Amount | null;
			unrealised_ratio: number | null;
			realised: Amount;
			income: Amount;
			day_change: Amount | null;
			day_change_ratio: number | null;
			weight: number | null;
			logo: string | null;
		};
		position_detail: components["schemas"]["position"] & { opened_on?: Day | null; trades?: number };
		activity: {
			id: string;
			kind: "buy" | "sell" | "deposit" | "withdrawal" | "dividend" | "interest" | "fee" | "tax" | "split";
			symbol: string | null;
			quantity: Amount | null;
			price: Amount | null;
			amount: Amount;
			commission: Amount | null;
			withheld: Amount | null;
			realised: Amount | null;
			note: string | null;
			traded_on: Day;
			recorded_at: string;
		};
		trade_in: {
			kind: "buy" | "sell";
			symbol: string;
			quantity: Amount;
			price: Amount;
			commission?: Amount;
			traded_on?: Day;
			note?: string;
		};
		cash_in: {
			kind: "deposit" | "withdrawal" | "interest" | "fee" | "tax";
			amount: Amount;
			on?: Day;
			note?: string;
		};
		dividend_in: {
			symbol: string;
			amount: Amount;
			withheld?: Amount;
			paid_on?: Day;
			note?: string;
		};
		figures: {
			from: Day | null;
			to: Day | null;
			n: number;
			method: string;
			return: number | null;
			annualised_return: number | null;
			mwr: number | null;
			volatility: number | null;
			sharpe: number | null;
			sortino: number | null;
			calmar: number | null;
			max_drawdown: number | null;
			drawdown_from: Day | null;
			drawdown_to: Day | null;
			beta: number | null;
			alpha: number | null;
			correlation: number | null;
			var95: number | null;
			es95: number | null;
			win_rate: number | null;
			best_day: number | null;
			worst_day: number | null;
			benchmark: string | null;
			benchmark_return: number | null;
		};
		summary: {
			portfolio_id: string;
			currency: string;
			as_of: string;
			value: Amount;
			cash: Amount;
			invested: Amount;
			market_value: Amount;
			cost_basis: Amount;
			unrealised: Amount;
			realised: Amount;
			income: Amount;
			fees: Amount;
			total_gain: Amount;
			total_gain_ratio: number | null;
			day_change: Amount;
			day_change_ratio: number | null;
			figures: components["schemas"]["figures"];
			reasons: Record<string, string>;
			warnings: string[];
		};
		history: {
			currency: string;
			benchmark: string | null;
			from: Day | null;
			to: Day | null;
			days: components["schemas"]["history_day"][];
		};
		history_day: {
			date: Day;
			value: Amount;
			cash: Amount;
			flow: Amount;
			return: number | null;
			benchmark_return: number | null;
			drawdown: number | null;
		};
		allocation: {
			by_position: components["schemas"]["share"][];
			by_sector: components["schemas"]["share"][];
			by_kind: components["schemas"]["share"][];
		};
		share: { name: string; value: Amount; weight: number };
		asset: {
			symbol: string;
			name: string;
			kind: string;
			exchange: string | null;
			currency: string;
			sector: string | null;
		};
		profile: components["schemas"]["asset"] & {
			country: string | null;
			ipo: Day | null;
			market_cap: Amount | null;
			industry: string | null;
			logo: string | null;
			website: string | null;
			source: string | null;
			simulated: boolean;
		};
		prices: {
			symbol: string;
			currency: string;
			source: string;
			simulated: boolean;
			items: components["schemas"]["bar"][];
		};
		bar: {
			date: Day;
			open: Amount;
			high: Amount;
			low: Amount;
			close: Amount;
			volume: Amount;
		};
		quote: {
			symbol: string;
			price: Amount;
			previous_close: Amount | null;
			change: Amount | null;
			percent_change: number | null;
			open: Amount | null;
			high: Amount | null;
			low: Amount | null;
			as_of: string;
			source: string;
			stale: boolean;
			age_s: number;
		};
		quote_event: {
			symbol: string;
			price: Amount;
			previous_close: Amount | null;
			change: Amount | null;
			percent_change: number | null;
			as_of: string;
			stale: boolean;
		};
	};
}
