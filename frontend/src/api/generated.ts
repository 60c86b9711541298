/*
 * Written by "npm run api" from assets/openapi.json. Not edited by hand.
 */
import type { Day } from "../lib/day";
import type { Amount } from "../lib/money";

export interface paths {
    "/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assets by symbol, or those a search finds, best first. */
        get: operations["listAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An asset and its profile. */
        get: operations["getAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{symbol}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have it fetched at the next opportunity, from a day on. */
        post: operations["backfillAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{symbol}/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Indicators that are stored of an asset. */
        get: operations["listStoredIndicators"];
        put?: never;
        /** Store one more, and keep it up to date. */
        post: operations["storeIndicator"];
        /** Store it no longer. */
        delete: operations["dropIndicator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{symbol}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an asset's prices come from, and what looks wrong with them. */
        get: operations["getQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{symbol}/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of an asset is kept up to date, and how far it is. */
        get: operations["getTracking"];
        put?: never;
        /** Keep an asset up to date. */
        post: operations["trackAsset"];
        /** Keep it up to date no longer; what is there stays. */
        delete: operations["untrackAsset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with a user name and a password. */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session at once. */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are, where, and where prices come from. */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token, or the cookie, for new tokens. */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with a form, as OAuth2 clients do. */
        post: operations["getToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When an exchange trades: holidays, early closes. */
        get: operations["getCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dividends and splits of all that is traded, by ex-day. */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exchanges whose calendar is known, and whether they trade now. */
        get: operations["listExchanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Adjusted closes of several assets, all 100 on one day. */
        get: operations["compareAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The portfolio at a glance. */
        get: operations["dashboardOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Value and return by market day. */
        get: operations["dashboardPerformance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held. */
        get: operations["dashboardPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/profile/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company or fund. */
        get: operations["dashboardProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/quote/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last price. */
        get: operations["dashboardQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/trades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trades, newest first. */
        get: operations["dashboardTrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fundamentals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a company reported. */
        get: operations["listFundamentals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rates of exchange of a day. */
        get: operations["listRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fx/convert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An amount in another currency. */
        get: operations["convertAmount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fx/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A pair's rates, of itself or through the euro. */
        get: operations["getRateHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the program is. */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An indicator of an asset's adjusted bars, stored or computed. */
        get: operations["listIndicatorValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Indicators there are, and their parameters. */
        get: operations["listIndicators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be run. */
        get: operations["listJobKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of jobs, newest first. */
        get: operations["listRuns"];
        put?: never;
        /** Put a run into the queue, or find the one that is alike. */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run and its log. */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/runs/{run}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a run: at once if it waits, soon if it is at work. */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/runs/{run}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try one again, now, that failed, waits or was cancelled. */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedules, and when each fires next. */
        get: operations["listSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/schedules/{schedule}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One schedule. */
        get: operations["getSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Pause it, resume it, or give it other times. */
        patch: operations["changeSchedule"];
        trace?: never;
    };
    "/jobs/schedules/{schedule}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run it now, beside its times. */
        post: operations["runSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workers that live; without one nothing is run. */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers. */
        get: operations["getAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/market/movers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assets that gained, lost or traded most. */
        get: operations["listMovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measurements as Prometheus text. */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-figures/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of a company with a key that the tenant brought, kept nowhere. */
        get: operations["getOwnFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-prices/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Daily bars with a key that the tenant brought, kept nowhere. */
        get: operations["getOwnPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-profiles/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A profile with a key that the tenant brought, as own-quotes. */
        get: operations["getOwnProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-quotes/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A quote with a key that the tenant brought, for its eyes alone. */
        get: operations["getOwnQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A search with a key that the tenant brought, as own-quotes. */
        get: operations["searchOwn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The portfolios there are. */
        get: operations["listPortfolios"];
        put?: never;
        /** Begin a portfolio. */
        post: operations["createPortfolio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One portfolio. */
        get: operations["getPortfolio"];
        put?: never;
        post?: never;
        /** Put a portfolio away. */
        delete: operations["archivePortfolio"];
        options?: never;
        head?: never;
        /** Change its name, benchmark, cost method, or make it the default. */
        patch: operations["changePortfolio"];
        trace?: never;
    };
    "/portfolios/{portfolio}/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done, newest first. */
        get: operations["listActivities"];
        put?: never;
        /** Record a transfer of units, income in units, or what a company did to what is held. */
        post: operations["recordActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/activities/{activity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back an activity that should not have been recorded. */
        delete: operations["deleteActivity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/allocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it is made of. */
        get: operations["getAllocation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/cash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record money that came or went. */
        post: operations["recordCash"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/dividends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a dividend. */
        post: operations["recordDividend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Value and returns by market day. */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held, largest first. */
        get: operations["listPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/positions/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One holding, sold out or not. */
        get: operations["getPosition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/positions/{symbol}/lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a holding is made of, oldest first. */
        get: operations["listLots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it is worth, what it gained, returns and risk. */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio}/trades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a trade and answer with the position it leaves. */
        post: operations["recordTrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prices of an asset: any range, interval and currency. */
        get: operations["listPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prices.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as lines of text. */
        get: operations["exportPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own instruments. */
        get: operations["listPrivateAssets"];
        put?: never;
        /** An instrument that no exchange lists. */
        post: operations["createPrivateAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-assets/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of your own. */
        get: operations["getPrivateAsset"];
        put?: never;
        post?: never;
        /** Put one of your own away. */
        delete: operations["archivePrivateAsset"];
        options?: never;
        head?: never;
        /** Another name or note. */
        patch: operations["changePrivateAsset"];
        trace?: never;
    };
    "/private-assets/{symbol}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its price of a day, or another one. */
        post: operations["recordPrivatePrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-assets/{symbol}/prices/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a day's price back. */
        delete: operations["deletePrivatePrice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that the tenant brought; never the keys themselves. */
        get: operations["listProviderKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who brings what, how they are, and what their budgets have left. */
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the tenant brought a key, and whether it works. */
        get: operations["getProviderKey"];
        /** Bring a key; what another one brought before is removed. */
        put: operations["setProviderKey"];
        post?: never;
        /** Remove the key and everything it brought. */
        delete: operations["removeProviderKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What some assets cost now. */
        get: operations["listQuotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can serve: 503 while the database is away. */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live quotes as server-sent events: hello, quote, ping, bye; goes on after Last-Event-ID. */
        get: operations["openStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        activity_in: {
            /**
             * Format: date
             * @description Day units that come were acquired; the same day when absent.
             */
            acquired_on?: Day | null;
            /**
             * Format: decimal
             * @description Money: what units that come had cost, the gross income that bought them, the capital returned, the part of a merger in cash, a spin-off's cash for what is not whole.
             * @example 45.10
             */
            amount?: Amount | null;
            /**
             * Format: int64
             * @description .. for so many that are held.
             */
            denominator?: number | null;
            /** @description What comes of it: of a spin-off, a merger, a new name. */
            into?: string | null;
            /**
             * @description What was done.
             * @example reinvestment
             * @enum {string}
             */
            kind: "transfer_in" | "transfer_out" | "reinvestment" | "stock_dividend" | "spin_off" | "merger" | "rename" | "return_of_capital" | "staking" | "bonus";
            /** @description Note. */
            note?: string | null;
            /**
             * Format: int64
             * @description So many new units ..
             */
            numerator?: number | null;
            /**
             * Format: date
             * @description Day; today when absent.
             */
            on?: Day | null;
            /**
             * Format: decimal
             * @description Price of one unit on the day; a transfer flows at it, staking is income at it.
             */
            price?: Amount | null;
            /**
             * Format: decimal
             * @description Price of one unit of what comes.
             */
            price_into?: Amount | null;
            /**
             * Format: decimal
             * @description Units that come or go.
             * @example 0.25
             */
            quantity?: Amount | null;
            /**
             * Format: decimal
             * @description The portfolio's currency for one of the instrument's; the market's of the day when absent.
             */
            rate?: Amount | null;
            /**
             * Format: decimal
             * @description A merger's cash for what is not whole.
             */
            received?: Amount | null;
            /**
             * @description What it was done to.
             * @example AAPL
             */
            symbol: string;
            /**
             * Format: decimal
             * @description Tax withheld of income.
             */
            withheld?: Amount | null;
        };
        activity_row: {
            /**
             * Format: decimal
             * @description Gross amount.
             */
            amount: Amount;
            /**
             * Format: decimal
             * @description Commission; inside cost or proceeds.
             */
            commission: Amount;
            /**
             * Format: decimal
             * @description What the sold units had cost.
             */
            cost?: Amount | null;
            /** @description Currency of price and amounts. */
            currency: string;
            /**
             * Format: int64
             * @description .. for so many.
             */
            denominator?: number | null;
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What came, of a spin-off, a merger, a new name. */
            into?: string | null;
            /**
             * @description What was done.
             * @enum {string}
             */
            kind: "buy" | "sell" | "deposit" | "withdrawal" | "dividend" | "interest" | "fee" | "tax" | "split" | "short" | "cover" | "transfer_in" | "transfer_out" | "exchange" | "reinvestment" | "coupon" | "stock_dividend" | "spin_off" | "merger" | "rename" | "return_of_capital" | "staking" | "bonus";
            /** @description Note. */
            note?: string | null;
            /**
             * Format: int64
             * @description So many units of it ..
             */
            numerator?: number | null;
            /**
             * Format: decimal
             * @description Price of one, of trades.
             */
            price?: Amount | null;
            /**
             * Format: decimal
             * @description Units, of trades and transfers.
             */
            quantity?: Amount | null;
            /**
             * Format: decimal
             * @description The portfolio's currency for one of it.
             */
            rate?: Amount | null;
            /**
             * Format: decimal
             * @description Gain of a sale.
             */
            realised?: Amount | null;
            /**
             * Format: decimal
             * @description Gain of a sale, in the portfolio's currency.
             */
            realised_base?: Amount | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             */
            recorded_at: string;
            /** @description Symbol, unless it is about cash. */
            symbol?: string | null;
            /**
             * Format: date
             * @description Day it was done.
             */
            traded_on: Day;
            /**
             * Format: decimal
             * @description Tax withheld.
             */
            withheld: Amount;
        };
        alive: {
            /** @description Always "ok": the process answers. */
            status: string;
        };
        allocation: {
            /** @description By kind, and cash. */
            by_kind: components["schemas"]["share"][];
            /** @description By what is held, and cash. */
            by_position: components["schemas"]["share"][];
            /** @description By sector, and cash. */
            by_sector: components["schemas"]["share"][];
            /** @description Currency of the amounts. */
            currency: string;
        };
        asset: {
            /** @description Country. */
            country?: string | null;
            /** @description Currency of its price. */
            currency?: string | null;
            /** @description Where it is listed. */
            exchange?: string | null;
            /** @description stock, etf, index, crypto. */
            kind: string;
            /** @description Name. */
            name: string;
            /** @description Sector. */
            sector?: string | null;
            /** @description Whether its prices are made up. */
            simulated: boolean;
            /** @description Ticker. */
            symbol: string;
            /** @description Whether it is kept up to date. */
            tracked: boolean;
        };
        asset_profile: {
            /** @description Country. */
            country?: string | null;
            /** @description Currency of its price. */
            currency?: string | null;
            /** @description Where it is listed. */
            exchange?: string | null;
            /** @description Industry. */
            industry?: string | null;
            /**
             * Format: date
             * @description First day of trading.
             */
            ipo?: Day | null;
            /** @description stock, etf, index, crypto. */
            kind: string;
            /** @description Address of its logo. */
            logo?: string | null;
            /**
             * Format: decimal
             * @description What all its shares cost.
             */
            market_cap?: Amount | null;
            /** @description Name. */
            name: string;
            /**
             * Format: date-time
             * @description When it was said.
             */
            profile_at?: string | null;
            /** @description Sector. */
            sector?: string | null;
            /**
             * Format: decimal
             * @description Shares there are.
             */
            shares?: Amount | null;
            /** @description Whether its prices are made up. */
            simulated: boolean;
            /** @description Who says so. */
            source: string;
            /** @description Ticker. */
            symbol: string;
            /** @description Address of its site. */
            website?: string | null;
        };
        bar_source: {
            /**
             * Format: int64
             * @description Days that are kept of it.
             */
            bars: number;
            /**
             * Format: date
             * @description First of them.
             */
            from_day: Day;
            /** @description Who says so. */
            source: string;
            /**
             * Format: date-time
             * @description When the newest of them came.
             */
            stored_at: string;
            /**
             * Format: date
             * @description Last of them.
             */
            to_day: Day;
        };
        calendar: {
            /** @description Code (ISO 10383). */
            exchange: string;
            /** @description Every day of the range. */
            items: components["schemas"]["calendar_day"][];
            /** @description Name. */
            name: string;
            /** @description Time zone. */
            zone: string;
        };
        calendar_day: {
            /**
             * Format: date-time
             * @description Last moment.
             */
            closes_at?: string | null;
            /**
             * Format: date
             * @description Day.
             */
            date: Day;
            /** @description It closes earlier than usual. */
            early: boolean;
            /** @description Why it is closed or early. */
            holiday?: string | null;
            /** @description Whether it trades. */
            open: boolean;
            /**
             * Format: date-time
             * @description First moment.
             */
            opens_at?: string | null;
        };
        cash_in: {
            /**
             * Format: decimal
             * @description Amount.
             * @example 1000.00
             */
            amount: Amount;
            /**
             * @description What was done.
             * @example deposit
             * @enum {string}
             */
            kind: "deposit" | "withdrawal" | "interest" | "fee" | "tax";
            /** @description Note. */
            note?: string | null;
            /**
             * Format: date
             * @description Day; today when absent.
             */
            on?: Day | null;
        };
        cash_recorded: {
            /** @description What was recorded. */
            activity: components["schemas"]["activity_row"];
            /**
             * Format: decimal
             * @description Cash there is now.
             */
            cash: Amount;
        };
        catalogue_param: {
            /** @description Least value. */
            least: number;
            /** @description Greatest value. */
            most: number;
            /** @description Name. */
            name: string;
            /** @description What it is when absent. */
            usual: number;
            /** @description Whether it is a whole number. */
            whole: boolean;
        };
        catalogue_row: {
            /** @description What it says. */
            doc: string;
            /** @description Name. */
            name: string;
            /** @description Names of its values. */
            outputs: string[];
            /** @description Its parameters. */
            params: components["schemas"]["catalogue_param"][];
        };
        compared: {
            /** @description Currency its returns are in. */
            currency: string;
            /** @description Name. */
            name: string;
            /** @description Adjusted closes, rebased, oldest first. */
            points: components["schemas"]["rebased"][];
            /** @description Ticker. */
            symbol: string;
            /** @description From the first day to the last, dividends included; a fraction. */
            total_return?: number | null;
        };
        comparison: {
            /**
             * Format: date
             * @description First day on which all of them have a price.
             */
            from?: Day | null;
            /** @description In the order asked for. */
            items: components["schemas"]["compared"][];
            /**
             * Format: date
             * @description Last day of any.
             */
            to?: Day | null;
        };
        dashboard_overview: {
            /** @description Cash. */
            cash: number;
            /** @description Cost of what is held. */
            invested: number;
            /** @description Of what is held. */
            market_value: number;
            /** @description Deepest fall, in percent, positive. */
            max_drawdown: number;
            /** @description Sharpe ratio. */
            sharpe_ratio: number;
            /** @description Gain over what was paid in, in percent. */
            total_return_percent: number;
            /** @description Cash and market value. */
            total_value: number;
            /** @description Market value less cost. */
            unrealized_pnl: number;
            /** @description A year's, in percent. */
            volatility: number;
            /** @description Sales at a gain, in percent. */
            win_rate: number;
        };
        dashboard_position: {
            /** @description Cost of one. */
            average_cost: number;
            /** @description Name. */
            company_name: string;
            /** @description Last price. */
            current_price: number;
            /** @description Address of a picture, or empty. */
            logo: string;
            /** @description At that price. */
            market_value: number;
            /** @description Units. */
            quantity: number;
            /** @description Sector, or empty. */
            sector: string;
            /** @description Symbol. */
            symbol: string;
            /** @description Less cost. */
            unrealized_pnl: number;
            /** @description That in percent of cost. */
            unrealized_pnl_pct: number;
        };
        dashboard_profile: {
            /** @description Country. */
            country?: string | null;
            /** @description Currency. */
            currency?: string | null;
            /** @description Exchange. */
            exchange?: string | null;
            /** @description Industry. */
            industry?: string | null;
            /**
             * Format: date
             * @description First day it was listed.
             */
            ipo?: Day | null;
            /** @description Address of a picture. */
            logo?: string | null;
            /** @description In units of the currency. */
            market_cap?: number | null;
            /** @description Name. */
            name: string;
            /** @description Symbol. */
            symbol: string;
            /** @description Address of its pages. */
            website?: string | null;
        };
        dashboard_quote: {
            /**
             * Format: int64
             * @description How old that is, in seconds.
             */
            age_s?: number | null;
            /** @description Since the previous close. */
            change?: number | null;
            /** @description Last price. */
            current_price: number;
            /** @description Of the day. */
            high?: number | null;
            /** @description Of the day. */
            low?: number | null;
            /** @description Of the day. */
            open?: number | null;
            /** @description That in percent. */
            percent_change?: number | null;
            /** @description Of the market day before. */
            previous_close?: number | null;
            /** @description true: the provider failed, and this is the last good price. */
            stale?: boolean | null;
            /** @description Symbol. */
            symbol: string;
            /**
             * Format: date-time
             * @description When that was the price.
             */
            updated_at: string;
        };
        dashboard_trade: {
            /** @description Commission. */
            commission: number;
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Price of one. */
            price: number;
            /** @description Units. */
            quantity: number;
            /** @description Gain of a sale. */
            realized_pnl?: number | null;
            /** @description Symbol. */
            symbol: string;
            /**
             * Format: date
             * @description Day.
             */
            trade_date: Day;
            /**
             * @description buy or sell.
             * @enum {string}
             */
            trade_type: "buy" | "sell";
        };
        dividend_in: {
            /**
             * Format: decimal
             * @description Gross amount.
             */
            amount: Amount;
            /** @description Note. */
            note?: string | null;
            /**
             * Format: date
             * @description Day; today when absent.
             */
            paid_on?: Day | null;
            /**
             * Format: decimal
             * @description The portfolio's currency for one of the instrument's; the market's of the day when absent.
             */
            rate?: Amount | null;
            /** @description Whose dividend it is. */
            symbol: string;
            /**
             * Format: decimal
             * @description Tax withheld of it; 0 when absent.
             */
            withheld?: Amount | null;
        };
        euro_rate: {
            /** @description Currency. */
            currency: string;
            /**
             * Format: date
             * @description The day it was told for.
             */
            date: Day;
            /**
             * Format: decimal
             * @description Units of it for one of the base.
             */
            rate: Amount;
            /** @description Who says so. */
            source: string;
        };
        exchange_row: {
            /**
             * Format: date-time
             * @description Of this session or the next one.
             */
            closes_at: string;
            /** @description Code (ISO 10383). */
            exchange: string;
            /** @description Name. */
            name: string;
            /** @description Whether it trades now. */
            open: boolean;
            /**
             * Format: date-time
             * @description Of this session or the next one.
             */
            opens_at: string;
            /** @description Time zone. */
            zone: string;
        };
        fact_row: {
            /**
             * Format: date
             * @description Day of the filing that told it last.
             */
            filed: Day;
            /** @description FY, Q1, Q2, Q3. */
            fiscal_period?: string | null;
            /**
             * Format: int64
             * @description Of the filing.
             */
            fiscal_year?: number | null;
            /** @description 10-K, 10-Q, 20-F. */
            form?: string | null;
            /** @description Taxonomy and concept. */
            metric: string;
            /**
             * Format: date
             * @description Last day.
             */
            period_end: Day;
            /**
             * Format: date
             * @description First day; the last of a value that is of one day.
             */
            period_start: Day;
            /** @description Who says so. */
            source: string;
            /** @description USD, shares, USD/shares. */
            unit: string;
            /**
             * Format: decimal
             * @description Value.
             */
            value: Amount;
        };
        facts: {
            /** @description Newest period first. */
            items: components["schemas"]["fact_row"][];
            /** @description Ticker. */
            symbol: string;
        };
        feed_budget: {
            /**
             * Format: int64
             * @description Calls that are allowed in it.
             */
            calls: number;
            /**
             * Format: int64
             * @description Calls that are left of it.
             */
            left: number;
            /** @description second, minute, day or month; the last two are UTC's. */
            window: string;
        };
        feed_key: {
            /**
             * Format: date-time
             * @description When its state was found out.
             */
            checked_at?: string | null;
            /** @description Tells keys apart without telling the key. */
            fingerprint: string;
            /** @description The provider. */
            provider: string;
            /**
             * Format: date-time
             * @description When it was set.
             */
            set_at: string;
            /** @description unproven, good, or refused by the provider. */
            state: string;
        };
        feed_status: {
            /** @description Calls that the installation's key has left. */
            budgets: components["schemas"]["feed_budget"][];
            /** @description What it is. */
            doc: string;
            /** @description The installation's settings let it be asked. */
            enabled: boolean;
            /**
             * Format: date-time
             * @description When it last failed.
             */
            failed_at?: string | null;
            /** @description How it last failed. */
            failure?: string | null;
            /** @description The installation has a key. */
            has_key: boolean;
            /** @description Its name. */
            name: string;
            /** @description What it is asked for. */
            needs: string[];
            /** @description It cannot be asked without a key. */
            needs_key: boolean;
            /** @description What one tenant's key brought may be shown to others. */
            shares: boolean;
            /** @description off, no key, unused, up, failing or down. */
            state: string;
            /**
             * Format: date-time
             * @description When it last answered.
             */
            succeeded_at?: string | null;
            /** @description It can be asked with a key of your own. */
            takes_key: boolean;
        };
        figures_out: {
            /** @description Jensen's, annual. */
            alpha?: number | null;
            /** @description That a year; under a year it is not annualised. */
            annualised_return?: number | null;
            /** @description Symbol. */
            benchmark: string;
            /** @description The benchmark's return over the same days. */
            benchmark_return?: number | null;
            /** @description Best daily return. */
            best_day?: number | null;
            /** @description Against the benchmark. */
            beta?: number | null;
            /** @description Annual return over the deepest drawdown. */
            calmar?: number | null;
            /** @description With the benchmark. */
            correlation?: number | null;
            /**
             * Format: date
             * @description Day of that peak.
             */
            drawdown_from?: Day | null;
            /**
             * Format: date
             * @description Day of its trough.
             */
            drawdown_to?: Day | null;
            /** @description Mean loss of those days. */
            es95?: number | null;
            /**
             * Format: date
             * @description First market day.
             */
            from?: Day | null;
            /** @description Deepest fall from a peak, negative. */
            max_drawdown?: number | null;
            /**
             * @description How returns are taken: time-weighted.
             * @enum {string}
             */
            method: "twr";
            /** @description Money-weighted return: XIRR, or the period's when under a year. */
            mwr?: number | null;
            /**
             * Format: int64
             * @description Market days, each with one return.
             */
            n: number;
            /** @description Time-weighted return, linked daily. */
            return?: number | null;
            /** @description Mean excess return over deviation, annual; the risk-free rate is 0. */
            sharpe?: number | null;
            /** @description As Sharpe, over downside deviation. */
            sortino?: number | null;
            /**
             * Format: date
             * @description Last market day.
             */
            to?: Day | null;
            /** @description Loss of one day, exceeded on one in 20; historical. */
            var95?: number | null;
            /** @description Standard deviation of daily returns, annual. */
            volatility?: number | null;
            /** @description Share of sales at a gain. */
            win_rate?: number | null;
            /** @description Worst daily return. */
            worst_day?: number | null;
        };
        found: {
            /**
             * Format: date
             * @description The session, unless it is about many.
             */
            day?: Day | null;
            /** @description In words. */
            detail: string;
            /**
             * Format: date-time
             * @description When it was found.
             */
            found_at: string;
            /** @description Which gate: jump, split, missing. */
            rule: string;
            /**
             * Format: date-time
             * @description When it was right again.
             */
            settled_at?: string | null;
            /** @description note: kept as told; warning: that bar was left out; failure: the whole batch was refused. */
            severity: string;
            /** @description Who told it. */
            source: string;
        };
        fx_conversion: {
            /**
             * Format: decimal
             * @description How much.
             */
            amount: Amount;
            /**
             * Format: date
             * @description The day the rate was told for.
             */
            date: Day;
            /** @description Currency. */
            from: string;
            /**
             * Format: decimal
             * @description Units of the one for one of the other.
             */
            rate: Amount;
            /**
             * Format: decimal
             * @description Rounded half-even to 18 places, once.
             */
            result: Amount;
            /** @description Currency. */
            to: string;
        };
        fx_history: {
            /** @description One unit of this. */
            base: string;
            /** @description Days that have a rate, oldest first. */
            items: components["schemas"]["fx_point"][];
            /** @description In units of this. */
            quote: string;
        };
        fx_point: {
            /**
             * Format: date
             * @description Day.
             */
            date: Day;
            /**
             * Format: decimal
             * @description Units of the quote for one of the base.
             */
            rate: Amount;
        };
        fx_table: {
            /** @description One unit of this. */
            base: string;
            /**
             * Format: date
             * @description The day asked for.
             */
            date: Day;
            /** @description Rates of that day or of the last ten before, by currency. */
            items: components["schemas"]["euro_rate"][];
        };
        health: {
            /**
             * @description Redis; without it everything works, slower.
             * @enum {string}
             */
            cache: "up" | "down" | "off";
            /**
             * @description PostgreSQL.
             * @enum {string}
             */
            database: "up" | "down" | "off";
            /** @description Whether the log-in page tells of the demonstration. */
            demo: boolean;
            /** @description Where prices come from. */
            feed: string;
            /** @description Whether the market is a simulation. */
            simulated: boolean;
            /**
             * @description The whole of it.
             * @enum {string}
             */
            status: "ok" | "degraded" | "unavailable";
            /** @description The program's version. */
            version: string;
        };
        held_lot: {
            /**
             * Format: uuid
             * @description Id of the purchase it began with.
             */
            activity: string;
            /**
             * Format: decimal
             * @description What they cost, fees included.
             */
            cost: Amount;
            /**
             * Format: decimal
             * @description Cost in the portfolio's currency.
             */
            cost_base: Amount;
            /**
             * Format: int64
             * @description Days since then.
             */
            days_held: number;
            /** @description Whether that is more than a year. */
            long_term: boolean;
            /**
             * Format: decimal
             * @description Quantity at the last price.
             */
            market_value: Amount;
            /**
             * Format: decimal
             * @description Market value in it.
             */
            market_value_base: Amount;
            /**
             * Format: date
             * @description Day it was acquired.
             */
            opened_on: Day;
            /**
             * Format: decimal
             * @description Units left of it.
             */
            quantity: Amount;
            /**
             * Format: decimal
             * @description What one of them cost.
             */
            unit_cost: Amount;
            /**
             * Format: decimal
             * @description Market value less cost.
             */
            unrealised: Amount;
        };
        history_day: {
            /** @description The benchmark's, since then. */
            benchmark_return?: number | null;
            /**
             * Format: decimal
             * @description Cash at its close.
             */
            cash: Amount;
            /**
             * Format: date
             * @description Market day.
             */
            date: Day;
            /** @description Below the range's peak, negative. */
            drawdown: number;
            /**
             * Format: decimal
             * @description Paid in less paid out since the day before.
             */
            flow: Amount;
            /** @description Time-weighted, since the range began. */
            return: number;
            /**
             * Format: decimal
             * @description Value at its close.
             */
            value: Amount;
        };
        history_out: {
            /** @description Symbol. */
            benchmark: string;
            /** @description Currency of the amounts. */
            currency: string;
            /** @description Market days, ascending. */
            days: components["schemas"]["history_day"][];
            /**
             * Format: date
             * @description First day of the answer.
             */
            from?: Day | null;
            /**
             * Format: date
             * @description Last day of the answer.
             */
            to?: Day | null;
        };
        key_in: {
            /** @description The key as the provider gave it to you. */
            key: string;
        };
        kind_arg: {
            /** @description What it says. */
            doc: string;
            /** @description Whether it must be given. */
            must: boolean;
            /** @description Its name. */
            name: string;
            /**
             * @description What it is.
             * @enum {string}
             */
            type: "boolean" | "integer" | "number" | "string" | "decimal" | "date" | "date-time" | "uuid" | "choice" | "object" | "list" | "json";
        };
        kind_out: {
            /** @description Whether you may start it. */
            allowed: boolean;
            /** @description What it is given. */
            args: components["schemas"]["kind_arg"][];
            /**
             * Format: int64
             * @description Runs at work at once; 0: no limit.
             */
            at_once: number;
            /** @description What it does. */
            doc: string;
            /**
             * Format: int64
             * @description After so many failures it is dead.
             */
            failures_max: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Larger goes first.
             */
            priority: number;
            /** @description Runs for the installation, not a tenant. */
            shared: boolean;
        };
        log_line: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: int64
             * @description The attempt that said it.
             */
            attempt: number;
            /**
             * @description How much it matters.
             * @enum {string}
             */
            level: "fine" | "info" | "warn" | "error";
            /** @description What. */
            line: string;
        };
        login_in: {
            /**
             * @description Every byte matters.
             * @example demo123
             */
            password: string;
            /**
             * Format: uuid
             * @description Which of your tenants; else the first you joined.
             */
            tenant?: string | null;
            /**
             * @description Case does not matter.
             * @example demo
             */
            username: string;
        };
        market_event: {
            /**
             * Format: decimal
             * @description The same for a share of today, after later splits.
             */
            adjusted_amount?: Amount | null;
            /**
             * Format: decimal
             * @description Paid for a share of that day.
             */
            amount?: Amount | null;
            /** @description Currency of the amount. */
            currency: string;
            /**
             * Format: int64
             * @description for so many old ones.
             */
            denominator?: number | null;
            /**
             * Format: date
             * @description First day without the dividend, or of the new count.
             */
            ex_day: Day;
            /** @description dividend or split. */
            kind: string;
            /** @description Name. */
            name: string;
            /**
             * Format: int64
             * @description New shares
             */
            numerator?: number | null;
            /** @description Whether it is made up. */
            simulated: boolean;
            /** @description Ticker. */
            symbol: string;
        };
        me: {
            /** @description Where prices come from. */
            feed: string;
            /**
             * @description What you may do there.
             * @enum {string}
             */
            role: "none" | "viewer" | "member" | "admin" | "owner";
            /** @description Are they made up? */
            simulated: boolean;
            /** @description Where you work. */
            tenant: components["schemas"]["tenant"];
            /** @description Who you are. */
            user: components["schemas"]["user"];
        };
        mover: {
            /**
             * Format: date-time
             * @description The provider's time.
             */
            as_of: string;
            /**
             * Format: decimal
             * @description Since that close.
             */
            change: Amount;
            /** @description Currency. */
            currency: string;
            /** @description Kind. */
            kind: string;
            /** @description Name. */
            name: string;
            /** @description The same as a fraction. */
            percent_change: number;
            /**
             * Format: decimal
             * @description Close of the session before.
             */
            previous_close: Amount;
            /**
             * Format: decimal
             * @description Last price.
             */
            price: Amount;
            /** @description Whether its prices are made up. */
            simulated: boolean;
            /** @description The provider failed; the last good one. */
            stale: boolean;
            /** @description Ticker. */
            symbol: string;
            /**
             * Format: decimal
             * @description Units traded on the last day that is kept.
             */
            volume?: Amount | null;
        };
        movers: {
            /** @description Those that moved most first. */
            items: components["schemas"]["mover"][];
            /**
             * @description By what.
             * @enum {string}
             */
            kind: "gainers" | "losers" | "active";
        };
        own_bar: {
            /**
             * Format: decimal
             * @description Last price.
             */
            close: Amount;
            /**
             * Format: date
             * @description The session's day.
             */
            day: Day;
            /**
             * Format: decimal
             * @description Highest price.
             */
            high: Amount;
            /**
             * Format: decimal
             * @description Lowest price.
             */
            low: Amount;
            /**
             * Format: decimal
             * @description First price.
             */
            open: Amount;
            /**
             * Format: decimal
             * @description Units traded.
             */
            volume: Amount;
        };
        own_figure: {
            /** @description As the provider calls it: beta, peTTM. */
            name: string;
            /**
             * Format: decimal
             * @description Ratios in % as the provider has them.
             */
            value: Amount;
        };
        own_figures: {
            /** @description Figures. */
            items: components["schemas"]["own_figure"][];
            /** @description The provider. */
            source: string;
            /** @description Ticker. */
            symbol: string;
        };
        own_match: {
            /** @description Kind. */
            kind?: string | null;
            /** @description Name. */
            name?: string | null;
            /** @description Ticker. */
            symbol: string;
        };
        own_prices: {
            /** @description Daily bars, oldest first, adjusted for splits as the provider has it. */
            bars: components["schemas"]["own_bar"][];
            /** @description The provider. */
            source: string;
            /** @description Ticker. */
            symbol: string;
        };
        own_profile: {
            /** @description Country. */
            country?: string | null;
            /** @description Currency of its prices. */
            currency?: string | null;
            /** @description Where it is listed. */
            exchange?: string | null;
            /** @description Industry. */
            industry?: string | null;
            /**
             * Format: date
             * @description First day of trading.
             */
            ipo?: Day | null;
            /** @description Kind. */
            kind: string;
            /** @description Address of a picture. */
            logo?: string | null;
            /**
             * Format: decimal
             * @description Worth of all its shares.
             */
            market_cap?: Amount | null;
            /** @description Name. */
            name: string;
            /** @description Sector. */
            sector?: string | null;
            /**
             * Format: decimal
             * @description How many there are.
             */
            shares?: Amount | null;
            /** @description The provider. */
            source: string;
            /** @description Ticker. */
            symbol: string;
            /** @description Its site. */
            website?: string | null;
        };
        own_quote: {
            /**
             * Format: int64
             * @description Seconds since as_of.
             */
            age_s: number;
            /**
             * Format: date-time
             * @description The provider's time.
             */
            as_of: string;
            /**
             * Format: decimal
             * @description Since then.
             */
            change?: Amount | null;
            /** @description Where the provider tells it. */
            currency?: string | null;
            /**
             * Format: decimal
             * @description Its highest price.
             */
            high?: Amount | null;
            /**
             * Format: decimal
             * @description Its lowest price.
             */
            low?: Amount | null;
            /**
             * Format: decimal
             * @description First price of the session.
             */
            open?: Amount | null;
            /** @description As a fraction. */
            percent_change?: number | null;
            /**
             * Format: decimal
             * @description Close of the session before.
             */
            previous_close?: Amount | null;
            /**
             * Format: decimal
             * @description Last price.
             */
            price: Amount;
            /** @description The provider. */
            source: string;
            /** @description The last good one; the provider fails. */
            stale: boolean;
            /** @description Ticker. */
            symbol: string;
        };
        performance_day: {
            /**
             * Format: date
             * @description Market day.
             */
            date: Day;
            /** @description That day's return, in percent. */
            return_pct: number;
            /** @description Of the 60 market days up to then; 0 where it does not exist. */
            sharpe_ratio: number;
            /** @description Value at its close. */
            total_value: number;
        };
        picked: {
            /**
             * Format: uuid
             * @description The activity the lot began with.
             */
            activity: string;
            /**
             * Format: decimal
             * @description Units of it.
             */
            quantity: Amount;
        };
        portfolio: {
            /** @description Symbol it is compared with. */
            benchmark: string;
            /**
             * @description How sales take lots; the newest one.
             * @enum {string}
             */
            cost_method: "fifo" | "lifo" | "hifo" | "lofo" | "average";
            /** @description Currency of its amounts, ISO 4217. */
            currency: string;
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Whether /dashboard is about it. */
            is_default: boolean;
            /** @description Name. */
            name: string;
            /**
             * Format: date
             * @description No activity may be before this day.
             */
            opened_on?: Day | null;
            /**
             * Format: int64
             * @description Grows with each change of its settings.
             */
            version: number;
        };
        portfolio_change: {
            /** @description Symbol to compare with. */
            benchmark?: string | null;
            /**
             * @description How sales take lots, from a day on.
             * @enum {string|null}
             */
            cost_method?: "fifo" | "lifo" | "hifo" | "lofo" | "average" | null;
            /**
             * Format: date
             * @description That day; today when absent. Gains of sales since then are others.
             */
            cost_method_from?: Day | null;
            /** @description true: /dashboard is about it. */
            is_default?: boolean | null;
            /** @description New name. */
            name?: string | null;
        };
        portfolio_in: {
            /**
             * @description Symbol to compare with.
             * @example SPY
             */
            benchmark?: string | null;
            /**
             * @description How sales take lots; average when absent.
             * @enum {string|null}
             */
            cost_method?: "fifo" | "lifo" | "hifo" | "lofo" | "average" | null;
            /**
             * @description Currency, ISO 4217; USD when absent.
             * @example USD
             */
            currency?: string | null;
            /**
             * @description Name; no two are alike.
             * @example Retirement
             */
            name: string;
            /**
             * Format: date
             * @description Refuse activities before this day.
             */
            opened_on?: Day | null;
        };
        position: {
            /**
             * Format: decimal
             * @description Cost of one unit, fees included.
             */
            average_cost: Amount;
            /** @description The portfolio's currency. */
            base_currency: string;
            /**
             * Format: decimal
             * @description Cost of what is held, fees included.
             */
            cost_basis: Amount;
            /**
             * Format: decimal
             * @description Cost of what is held, in the portfolio's currency at the rates of then.
             */
            cost_basis_base: Amount;
            /** @description Currency of price and amounts. */
            currency: string;
            /**
             * Format: decimal
             * @description Of that: what the currency did.
             */
            currency_effect: Amount;
            /**
             * Format: decimal
             * @description Since the previous close, or since it was bought today; zero without a price of the newest session.
             */
            day_change: Amount;
            /**
             * Format: decimal
             * @description The day's change at that rate.
             */
            day_change_base: Amount;
            /** @description That, as a fraction of the worth at the previous close and of what was paid today; null if zero. */
            day_change_ratio?: number | null;
            /**
             * Format: decimal
             * @description Dividends, net of tax withheld.
             */
            income: Amount;
            /**
             * Format: decimal
             * @description Dividends, at the rates of then.
             */
            income_base: Amount;
            /** @description stock, etf .. */
            kind: string;
            /** @description Address of a picture. */
            logo?: string | null;
            /**
             * Format: decimal
             * @description Quantity at the last price.
             */
            market_value: Amount;
            /**
             * Format: decimal
             * @description Market value at that rate; what it cost without one.
             */
            market_value_base: Amount;
            /** @description Name of the company or fund. */
            name: string;
            /**
             * Format: date
             * @description Day it was opened; null when sold out.
             */
            opened_on?: Day | null;
            /**
             * Format: decimal
             * @description Close of the market day before.
             */
            previous_close: Amount;
            /**
             * Format: decimal
             * @description Last price of one unit.
             */
            price: Amount;
            /**
             * Format: date-time
             * @description When that was the price.
             */
            price_as_of?: string | null;
            /**
             * Format: decimal
             * @description Of that: what the price did, at the rates of then.
             */
            price_effect: Amount;
            /** @description Whether it is an old one. */
            price_stale: boolean;
            /**
             * Format: decimal
             * @description Units held.
             */
            quantity: Amount;
            /**
             * Format: decimal
             * @description Of it for one of `currency`, the newest one; null when none is known.
             */
            rate?: Amount | null;
            /**
             * Format: decimal
             * @description Gains of what was sold.
             */
            realised: Amount;
            /**
             * Format: decimal
             * @description Gains of what was sold, at the rates of then.
             */
            realised_base: Amount;
            /** @description Sector. */
            sector?: string | null;
            /** @description Symbol. */
            symbol: string;
            /**
             * Format: int64
             * @description Trades of it so far.
             */
            trades: number;
            /**
             * Format: decimal
             * @description Market value less cost.
             */
            unrealised: Amount;
            /**
             * Format: decimal
             * @description That, less cost.
             */
            unrealised_base: Amount;
            /** @description That, as a fraction of cost. */
            unrealised_ratio?: number | null;
            /** @description Share of the portfolio's value. */
            weight?: number | null;
        };
        price: {
            /**
             * Format: decimal
             * @description Last price, of what a share then has become since by splits and dividends.
             */
            adjusted_close: Amount;
            /**
             * Format: date-time
             * @description First moment of a bar within the day.
             */
            at?: string | null;
            /**
             * Format: decimal
             * @description Last price.
             */
            close: Amount;
            /**
             * Format: date
             * @description Day of the exchange; of a longer bar, its first.
             */
            date: Day;
            /**
             * Format: decimal
             * @description Highest price.
             */
            high: Amount;
            /**
             * Format: decimal
             * @description Lowest price.
             */
            low: Amount;
            /**
             * Format: decimal
             * @description First price.
             */
            open: Amount;
            /** @description Who says so. */
            source: string;
            /**
             * Format: decimal
             * @description Units traded.
             */
            volume: Amount;
        };
        prices: {
            /** @description Whether all prices are adjusted. */
            adjusted: boolean;
            /** @description Currency. */
            currency: string;
            /**
             * @description How long a bar is.
             * @enum {string}
             */
            interval: "1m" | "5m" | "15m" | "30m" | "1h" | "1d" | "1w" | "1mo";
            /** @description Bars, oldest first. */
            items: components["schemas"]["price"][];
            /** @description Whether they are made up. */
            simulated: boolean;
            /** @description Who says so, of the newest day. */
            source?: string | null;
            /** @description Ticker. */
            symbol: string;
        };
        private_asset: {
            /** @description Currency of its prices. */
            currency: string;
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Kind. */
            kind: string;
            /** @description Name. */
            name: string;
            /** @description Note. */
            note?: string | null;
            /** @description Symbol, with its dot. */
            symbol: string;
            /**
             * Format: int64
             * @description Counts changes.
             */
            version: number;
        };
        private_change: {
            /** @description Another name. */
            name?: string | null;
            /** @description Another note. */
            note?: string | null;
        };
        private_in: {
            /** @description Currency of its prices. */
            currency: string;
            /** @description stock, fund, bond, commodity, property .. */
            kind: string;
            /** @description Name. */
            name: string;
            /** @description Note. */
            note?: string | null;
            /**
             * @description A dot, a letter or digit, then also dots and hyphens.
             * @example .HOUSE
             */
            symbol: string;
        };
        private_price: {
            /**
             * Format: date
             * @description Day.
             */
            date: Day;
            /**
             * Format: decimal
             * @description Price of one unit on that day.
             */
            price: Amount;
        };
        problem: {
            detail: string;
            errors?: {
                code: string;
                detail: string;
                pointer: string;
            }[];
            instance: string;
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        quality: {
            /** @description What is not settled first, then the newest; a hundred at most. */
            findings: components["schemas"]["found"][];
            /** @description Whether its prices are made up. */
            simulated: boolean;
            /** @description Of its daily bars, the newest first. */
            sources: components["schemas"]["bar_source"][];
            /** @description Ticker. */
            symbol: string;
        };
        quote: {
            /**
             * Format: int64
             * @description Seconds since as_of.
             */
            age_s: number;
            /**
             * Format: date-time
             * @description The provider's time.
             */
            as_of: string;
            /**
             * Format: decimal
             * @description Since that close.
             */
            change?: Amount | null;
            /**
             * Format: decimal
             * @description Highest so far.
             */
            high?: Amount | null;
            /**
             * Format: decimal
             * @description Lowest so far.
             */
            low?: Amount | null;
            /**
             * Format: decimal
             * @description First price of the session.
             */
            open?: Amount | null;
            /** @description The same as a fraction. */
            percent_change?: number | null;
            /**
             * Format: decimal
             * @description Close of the session before.
             */
            previous_close?: Amount | null;
            /**
             * Format: decimal
             * @description Last price.
             */
            price: Amount;
            /** @description Provider. */
            source: string;
            /** @description The provider failed; the last good one. */
            stale: boolean;
            /** @description Ticker. */
            symbol: string;
        };
        quotes: {
            /** @description Those that are known. */
            items: components["schemas"]["quote"][];
        };
        rebased: {
            /**
             * Format: date
             * @description Day.
             */
            date: Day;
            /** @description 100 on the first day of all. */
            value: number;
        };
        recorded: {
            /** @description What was recorded. */
            activity: components["schemas"]["activity_row"];
            /** @description The position it leaves. */
            position: components["schemas"]["position"];
        };
        refresh_in: {
            /** @description The one of the last answer; without it the cookie is used. */
            refresh_token?: string | null;
        };
        run: {
            /** @description With which arguments; null where they are not for the caller to see. */
            args?: Record<string, never> | null;
            /**
             * Format: int64
             * @description How many times it began.
             */
            attempt: number;
            /** @description Asked to stop, and has not yet. */
            cancelling: boolean;
            /**
             * Format: date-time
             * @description When it was put into the queue.
             */
            created_at: string;
            /** @description What it is at. */
            doing?: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at?: string | null;
            /** @description Why it failed the last time. */
            error?: string | null;
            /**
             * Format: int64
             * @description How many times it failed.
             */
            failures: number;
            /**
             * Format: int64
             * @description After so many failures it is dead.
             */
            failures_max: number;
            /**
             * Format: uuid
             * @description The run's id.
             */
            id: string;
            /**
             * @description What is run.
             * @example jobs.tidy
             */
            kind: string;
            /**
             * Format: date-time
             * @description The schedule's time that it is for.
             */
            period?: string | null;
            /**
             * Format: int64
             * @description Larger goes first.
             */
            priority: number;
            /** @description 0 to 1. */
            progress: number;
            /** @description What it answered. */
            result?: Record<string, never> | null;
            /**
             * Format: date-time
             * @description Not before.
             */
            run_at: string;
            /**
             * Format: uuid
             * @description The schedule that made it.
             */
            schedule_id?: string | null;
            /** @description The installation's, not the tenant's. */
            shared: boolean;
            /**
             * Format: date-time
             * @description When the last attempt began.
             */
            started_at?: string | null;
            /**
             * @description What has become of it; dead: nobody tries again by itself.
             * @enum {string}
             */
            status: "waiting" | "running" | "done" | "dead" | "cancelled";
        };
        run_in: {
            /** @description Its arguments, as GET /jobs/kinds says. */
            args?: Record<string, never> | null;
            /**
             * @description What to run.
             * @example jobs.tidy
             */
            kind: string;
        };
        run_log: {
            /** @description The newest lines of its log, oldest first. */
            log: components["schemas"]["log_line"][];
            /** @description The run. */
            run: components["schemas"]["run"];
        };
        schedule: {
            /** @description With which arguments. */
            args?: Record<string, never> | null;
            /**
             * @description When: minute, hour, day of the month, month, day of the week.
             * @example 5 16 * * mon-fri
             */
            cron: string;
            /**
             * Format: date-time
             * @description The time it fired for last.
             */
            fired_at?: string | null;
            /**
             * Format: uuid
             * @description The schedule's id.
             */
            id: string;
            /** @description What it runs. */
            kind: string;
            /** @description Name. */
            name: string;
            /**
             * Format: date-time
             * @description When it fires next; null: never, or paused.
             */
            next_at?: string | null;
            /** @description The installation's, not the tenant's. */
            shared: boolean;
            /**
             * @description A paused one does not fire.
             * @enum {string}
             */
            state: "active" | "paused";
            /**
             * Format: int64
             * @description Counts changes.
             */
            version: number;
            /**
             * @description Where: a time zone of IANA's.
             * @example America/New_York
             */
            zone: string;
        };
        schedule_change: {
            /**
             * @description Minute, hour, day of the month, month, day of the week; or @daily and the like.
             * @example 5 16 * * mon-fri
             */
            cron?: string | null;
            /**
             * @description paused stops it from firing; what it missed is not made up for.
             * @enum {string|null}
             */
            state?: "active" | "paused" | null;
            /**
             * @description A time zone of IANA's.
             * @example America/New_York
             */
            zone?: string | null;
        };
        session: {
            /** @description For the header Authorization. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds the access token is valid.
             */
            expires_in: number;
            /** @description Good once, for new tokens. */
            refresh_token: string;
            /**
             * @description What they may do there.
             * @enum {string}
             */
            role: "none" | "viewer" | "member" | "admin" | "owner";
            /** @description Where they work. */
            tenant: components["schemas"]["tenant"];
            /**
             * @description Always bearer.
             * @example bearer
             */
            token_type: string;
            /** @description Who logged in. */
            user: components["schemas"]["user"];
        };
        share: {
            /** @description Of what. */
            name: string;
            /**
             * Format: decimal
             * @description Market value.
             */
            value: Amount;
            /** @description Share of the whole. */
            weight?: number | null;
        };
        store_in: {
            /**
             * @description Which one.
             * @enum {string}
             */
            name: "sma" | "ema" | "rsi" | "daily_return" | "volatility" | "wma" | "dema" | "tema" | "hma" | "kama" | "trix" | "macd" | "slope" | "momentum" | "roc" | "stochastic" | "stochastic_rsi" | "ultimate" | "aroon" | "williams_r" | "cci" | "adx" | "deviation" | "z_score" | "bollinger" | "true_range" | "atr" | "keltner" | "ichimoku" | "sar" | "donchian" | "obv" | "vwap" | "ad" | "chaikin_money_flow" | "chaikin" | "mfi";
            /** @description Its parameters: fast=12,slow=26. */
            params?: string | null;
        };
        stored_row: {
            /**
             * Format: int64
             * @description Bars it was folded from.
             */
            bars: number;
            /** @description Nothing has come since. */
            current: boolean;
            /**
             * Format: date
             * @description The last of them.
             */
            last_day?: Day | null;
            /** @description Name. */
            name: string;
            /** @description Its parameters, in their order: {12,26,9}. */
            params: string;
        };
        study: {
            /** @description Days that have a value, oldest first. */
            items: components["schemas"]["study_point"][];
            /**
             * @description Which one.
             * @enum {string}
             */
            name: "sma" | "ema" | "rsi" | "daily_return" | "volatility" | "wma" | "dema" | "tema" | "hma" | "kama" | "trix" | "macd" | "slope" | "momentum" | "roc" | "stochastic" | "stochastic_rsi" | "ultimate" | "aroon" | "williams_r" | "cci" | "adx" | "deviation" | "z_score" | "bollinger" | "true_range" | "atr" | "keltner" | "ichimoku" | "sar" | "donchian" | "obv" | "vwap" | "ad" | "chaikin_money_flow" | "chaikin" | "mfi";
            /** @description Names of its values. */
            outputs: string[];
            /** @description All its parameters. */
            params: components["schemas"]["study_param"][];
            /**
             * Format: int64
             * @description Days of its window; 1 if it has none.
             */
            period: number;
            /** @description Read as it was stored with the last bar. */
            stored: boolean;
            /** @description Ticker. */
            symbol: string;
        };
        study_param: {
            /** @description Name. */
            name: string;
            /** @description Value. */
            value: number;
        };
        study_point: {
            /**
             * Format: date
             * @description Day.
             */
            date: Day;
            /** @description Value, of several the first; null where there is none. */
            value?: number | null;
            /** @description Of each output, where there are several. */
            values: number[];
        };
        summary_out: {
            /**
             * Format: date-time
             * @description Of the newest price.
             */
            as_of: string;
            /**
             * Format: decimal
             * @description Cash.
             */
            cash: Amount;
            /**
             * Format: decimal
             * @description Of what is held, fees included.
             */
            cost_basis: Amount;
            /** @description Currency of the amounts. */
            currency: string;
            /**
             * Format: decimal
             * @description Gain since the previous close: with what was dealt in today, income and fees; without old prices.
             */
            day_change: Amount;
            /** @description That as a fraction of the value less it. */
            day_change_ratio?: number | null;
            /**
             * Format: decimal
             * @description Fees and taxes that are not in cost.
             */
            fees: Amount;
            /** @description Returns and risk. */
            figures: components["schemas"]["figures_out"];
            /**
             * Format: decimal
             * @description Dividends and interest, gross.
             */
            income: Amount;
            /**
             * Format: decimal
             * @description Paid in less paid out.
             */
            invested: Amount;
            /**
             * Format: decimal
             * @description Of what is held.
             */
            market_value: Amount;
            /**
             * Format: uuid
             * @description Portfolio.
             */
            portfolio_id: string;
            /**
             * Format: decimal
             * @description Gains of what was sold.
             */
            realised: Amount;
            /** @description Why a figure is null, by its name. */
            reasons?: Record<string, never> | null;
            /**
             * Format: decimal
             * @description Value less what was invested: realised + unrealised + income - fees.
             */
            total_gain: Amount;
            /** @description That as a fraction of all that was paid in: the simple return. */
            total_gain_ratio?: number | null;
            /**
             * Format: decimal
             * @description Market value less cost.
             */
            unrealised: Amount;
            /**
             * Format: decimal
             * @description Cash and market value.
             */
            value: Amount;
            /** @description What to know about the figures. */
            warnings?: string[] | null;
        };
        tenant: {
            /**
             * Format: uuid
             * @description For programs.
             */
            id: string;
            /** @description For people. */
            name: string;
        };
        track: {
            /**
             * Format: date-time
             * @description When it was done last.
             */
            done_at?: string | null;
            /** @description Whether it is kept up to date. */
            enabled: boolean;
            /**
             * Format: int64
             * @description In a row.
             */
            failures: number;
            /**
             * Format: date
             * @description First day that is wanted.
             */
            from_day?: Day | null;
            /** @description Of the last time. */
            last_error?: string | null;
            /** @description daily, intraday, events, profile, fundamentals, identity. */
            need: string;
            /**
             * Format: date-time
             * @description When it was asked for and not done yet.
             */
            wanted_at?: string | null;
            /**
             * Format: date
             * @description Last day that is kept.
             */
            watermark?: Day | null;
        };
        track_in: {
            /**
             * Format: date
             * @description First day that is wanted; a provider's whole history when absent.
             */
            from?: Day | null;
            /**
             * @description Only this one; daily, events and profile when absent.
             * @enum {string|null}
             */
            need?: "daily" | "intraday" | "events" | "profile" | "fundamentals" | "identity" | null;
        };
        tracking: {
            /** @description By need. */
            items: components["schemas"]["track"][];
            /** @description Ticker. */
            symbol: string;
        };
        trade_in: {
            /**
             * Format: decimal
             * @description What the broker took; 0 when absent.
             */
            commission?: Amount | null;
            /**
             * @description buy or sell.
             * @example buy
             * @enum {string}
             */
            kind: "buy" | "sell";
            /** @description Of a sale: the lots it takes, up to 200; the cost method's when absent. */
            lots?: components["schemas"]["picked"][] | null;
            /** @description Note. */
            note?: string | null;
            /**
             * Format: decimal
             * @description Price of one unit, in the instrument's currency.
             * @example 175.50
             */
            price: Amount;
            /**
             * Format: decimal
             * @description Units.
             * @example 10
             */
            quantity: Amount;
            /**
             * Format: decimal
             * @description The portfolio's currency for one of the instrument's; the market's of the day when absent.
             */
            rate?: Amount | null;
            /**
             * @description Ticker, as the exchange lists it.
             * @example AAPL
             */
            symbol: string;
            /**
             * Format: date
             * @description Trade date; today when absent.
             */
            traded_on?: Day | null;
        };
        user: {
            /**
             * Format: uuid
             * @description For programs.
             */
            id: string;
            /** @description For people. */
            name: string;
            /** @description What they log in with. */
            username: string;
        };
        worker: {
            /** @description Where it works; for operators. */
            host?: string | null;
            /**
             * Format: uuid
             * @description The worker.
             */
            id: string;
            /**
             * Format: int64
             * @description Its process; for operators.
             */
            pid?: number | null;
            /**
             * Format: int64
             * @description Runs it may have at once.
             */
            places: number;
            /**
             * Format: int64
             * @description Runs it has.
             */
            running: number;
            /**
             * Format: date-time
             * @description When it said last that it lives.
             */
            seen_at: string;
            /**
             * Format: date-time
             * @description Since when it works.
             */
            started_at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAssets: {
        parameters: {
            query?: {
                /** @description Country. */
                country?: string;
                /** @description Of its price. */
                currency?: string;
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description Where it is listed. */
                exchange?: string;
                /** @description stock, etf, fund, index, currency, crypto, commodity, bond. */
                kind?: string;
                limit?: number;
                /** @description Words that symbol, name, ISIN or FIGI begin with. */
                q?: string;
                /** @description Sector. */
                sector?: string;
                /** @description Only those that are kept up to date. */
                tracked?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets by symbol, or those a search finds, best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["asset"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An asset and its profile. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["asset_profile"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    backfillAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track_in"];
            };
        };
        responses: {
            /** @description Have it fetched at the next opportunity, from a day on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracking"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listStoredIndicators: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Indicators that are stored of an asset. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["stored_row"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    storeIndicator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["store_in"];
            };
        };
        responses: {
            /** @description Store one more, and keep it up to date. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["stored_row"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dropIndicator: {
        parameters: {
            query: {
                /** @description Which one. */
                name: "sma" | "ema" | "rsi" | "daily_return" | "volatility" | "wma" | "dema" | "tema" | "hma" | "kama" | "trix" | "macd" | "slope" | "momentum" | "roc" | "stochastic" | "stochastic_rsi" | "ultimate" | "aroon" | "williams_r" | "cci" | "adx" | "deviation" | "z_score" | "bollinger" | "true_range" | "atr" | "keltner" | "ichimoku" | "sar" | "donchian" | "obv" | "vwap" | "ad" | "chaikin_money_flow" | "chaikin" | "mfi";
                /** @description Its parameters: fast=12,slow=26. */
                params?: string;
            };
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Store it no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getQuality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where an asset's prices come from, and what looks wrong with them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["quality"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getTracking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What of an asset is kept up to date, and how far it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracking"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    trackAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track_in"];
            };
        };
        responses: {
            /** @description Keep an asset up to date. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracking"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    untrackAsset: {
        parameters: {
            query?: {
                /** @description Only this one; all when absent. */
                need?: "daily" | "intraday" | "events" | "profile" | "fundamentals" | "identity";
            };
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keep it up to date no longer; what is there stays. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["login_in"];
            };
        };
        responses: {
            /** @description Log in with a user name and a password. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["session"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End this session at once. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who you are, where, and where prices come from. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["me"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["refresh_in"];
            };
        };
        responses: {
            /** @description Exchange a refresh token, or the cookie, for new tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["session"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["login_in"];
                "application/x-www-form-urlencoded": components["schemas"]["login_in"];
            };
        };
        responses: {
            /** @description Log in with a form, as OAuth2 clients do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["session"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getCalendar: {
        parameters: {
            query: {
                /** @description Code or name: XNYS, NASDAQ, Xetra. */
                exchange: string;
                /** @description First day; today when absent. */
                from?: Day;
                /** @description Last day; 30 days later when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When an exchange trades: holidays, early closes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["calendar"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description First ex-day; today when absent. */
                from?: Day;
                /** @description Only such. */
                kind?: "dividend" | "split";
                limit?: number;
                /** @description Only of this one. */
                symbol?: string;
                /** @description Last ex-day; 30 days later when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dividends and splits of all that is traded, by ex-day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["market_event"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listExchanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Exchanges whose calendar is known, and whether they trade now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["exchange_row"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    compareAssets: {
        parameters: {
            query: {
                /** @description All of them in this one; else each in its own. */
                currency?: string;
                /** @description First day; a year before `to` when absent. */
                from?: Day;
                /** @description Most points of each. */
                points?: number;
                /** @description How far back from `to`; instead of `from`. */
                range?: "1d" | "5d" | "1m" | "3m" | "6m" | "ytd" | "1y" | "3y" | "5y" | "10y" | "max";
                /** @description Tickers, separated by commas; at most 12. */
                symbols: string;
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Adjusted closes of several assets, all 100 on one day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["comparison"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardOverview: {
        parameters: {
            query?: {
                /** @description Another one than the default. */
                portfolio?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The portfolio at a glance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["dashboard_overview"];
                        /** @constant */
                        status: "success";
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardPerformance: {
        parameters: {
            query?: {
                /** @description How far back; 30 when absent. */
                days?: number;
                /** @description Another one than the default. */
                portfolio?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Value and return by market day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["performance_day"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardPositions: {
        parameters: {
            query?: {
                /** @description Another one than the default. */
                portfolio?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is held. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["dashboard_position"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The company or fund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["dashboard_profile"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last price. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["dashboard_quote"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    dashboardTrades: {
        parameters: {
            query?: {
                /** @description How many; 50 when absent. */
                limit?: number;
                /** @description Another one than the default. */
                portfolio?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Trades, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["dashboard_trade"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listFundamentals: {
        parameters: {
            query: {
                /** @description Most values, the newest; 100 when absent. */
                limit?: number;
                /** @description Some of them, separated by commas: us-gaap:Revenues, or Revenues of any taxonomy. */
                metric?: string;
                /** @description Only such. */
                period?: "annual" | "quarter" | "instant";
                /** @description Ticker. */
                symbol: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a company reported. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["facts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listRates: {
        parameters: {
            query?: {
                /** @description One unit of this; EUR when absent. */
                base?: string;
                /** @description Day; today when absent. */
                date?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rates of exchange of a day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["fx_table"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    convertAmount: {
        parameters: {
            query: {
                /** @description How much. */
                amount: Amount;
                /** @description Day; today when absent. */
                date?: Day;
                /** @description Its currency. */
                from: string;
                /** @description Another. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An amount in another currency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["fx_conversion"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getRateHistory: {
        parameters: {
            query: {
                /** @description One unit of this. */
                base: string;
                /** @description First day; a year before `to` when absent. */
                from?: Day;
                /** @description In units of this. */
                quote: string;
                /** @description How far back from `to`; instead of `from`. */
                range?: "1d" | "5d" | "1m" | "3m" | "6m" | "ytd" | "1y" | "3y" | "5y" | "10y" | "max";
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A pair's rates, of itself or through the euro. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["fx_history"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the program is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["health"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listIndicatorValues: {
        parameters: {
            query: {
                /** @description First day; a year before `to` when absent. */
                from?: Day;
                /** @description Which one. */
                name: "sma" | "ema" | "rsi" | "daily_return" | "volatility" | "wma" | "dema" | "tema" | "hma" | "kama" | "trix" | "macd" | "slope" | "momentum" | "roc" | "stochastic" | "stochastic_rsi" | "ultimate" | "aroon" | "williams_r" | "cci" | "adx" | "deviation" | "z_score" | "bollinger" | "true_range" | "atr" | "keltner" | "ichimoku" | "sar" | "donchian" | "obv" | "vwap" | "ad" | "chaikin_money_flow" | "chaikin" | "mfi";
                /** @description Others of its parameters: fast=12,slow=26. */
                params?: string;
                /** @description Days of its window; 20 or what is usual. */
                period?: number;
                /** @description How far back from `to`; instead of `from`. */
                range?: "1d" | "5d" | "1m" | "3m" | "6m" | "ytd" | "1y" | "3y" | "5y" | "10y" | "max";
                /** @description Ticker. */
                symbol: string;
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An indicator of an asset's adjusted bars, stored or computed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["study"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listIndicators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Indicators there are, and their parameters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["catalogue_row"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listJobKinds: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["kind_out"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description Only those of this kind. */
                kind?: string;
                limit?: number;
                /** @description Only those of which this has become. */
                status?: "waiting" | "running" | "done" | "dead" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runs of jobs, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["run"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["run_in"];
            };
        };
        responses: {
            /** @description Put a run into the queue, or find the one that is alike. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run's id. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A run and its log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run_log"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run's id. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop a run: at once if it waits, soon if it is at work. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    retryRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run's id. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Try one again, now, that failed, waits or was cancelled. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Schedules, and when each fires next. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["schedule"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The schedule's id. */
                schedule: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One schedule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schedule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    changeSchedule: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what you read. */
                "If-Match": string;
            };
            path: {
                /** @description The schedule's id. */
                schedule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["schedule_change"];
            };
        };
        responses: {
            /** @description Pause it, resume it, or give it other times. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schedule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    runSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The schedule's id. */
                schedule: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run it now, beside its times. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listWorkers: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Workers that live; without one nothing is run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["worker"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the process answers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["alive"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listMovers: {
        parameters: {
            query?: {
                /** @description By what; gainers when absent. Active: by money traded on the last day. */
                kind?: "gainers" | "losers" | "active";
                /** @description Most assets; 10 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets that gained, lost or traded most. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["movers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Measurements as Prometheus text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getOwnFigures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures of a company with a key that the tenant brought, kept nowhere. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_figures"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getOwnPrices: {
        parameters: {
            query?: {
                /** @description First day; a hundred days before the last. */
                from?: Day;
                /** @description Last day; today. */
                to?: Day;
            };
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Daily bars with a key that the tenant brought, kept nowhere. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_prices"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getOwnProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A profile with a key that the tenant brought, as own-quotes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_profile"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getOwnQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A quote with a key that the tenant brought, for its eyes alone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_quote"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    searchOwn: {
        parameters: {
            query: {
                /** @description A symbol or a name. */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A search with a key that the tenant brought, as own-quotes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_match"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listPortfolios: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The portfolios there are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["portfolio"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    createPortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["portfolio_in"];
            };
        };
        responses: {
            /** @description Begin a portfolio. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["portfolio"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getPortfolio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One portfolio. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["portfolio"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    archivePortfolio: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what you read. */
                "If-Match": string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Put a portfolio away. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    changePortfolio: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what you read. */
                "If-Match": string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["portfolio_change"];
            };
        };
        responses: {
            /** @description Change its name, benchmark, cost method, or make it the default. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["portfolio"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listActivities: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description Only those of this kind. */
                kind?: "buy" | "sell" | "deposit" | "withdrawal" | "dividend" | "interest" | "fee" | "tax" | "split" | "short" | "cover" | "transfer_in" | "transfer_out" | "exchange" | "reinvestment" | "coupon" | "stock_dividend" | "spin_off" | "merger" | "rename" | "return_of_capital" | "staking" | "bonus";
                limit?: number;
                /** @description Only those about it. */
                symbol?: string;
            };
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["activity_row"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    recordActivity: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["activity_in"];
            };
        };
        responses: {
            /** @description Record a transfer of units, income in units, or what a company did to what is held. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recorded"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    deleteActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The activity's id. */
                activity: string;
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take back an activity that should not have been recorded. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getAllocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it is made of. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["allocation"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    recordCash: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["cash_in"];
            };
        };
        responses: {
            /** @description Record money that came or went. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cash_recorded"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    recordDividend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["dividend_in"];
            };
        };
        responses: {
            /** @description Record a dividend. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recorded"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getHistory: {
        parameters: {
            query?: {
                /** @description Symbol to compare with, instead of the portfolio's. */
                benchmark?: string;
                /** @description First day, instead of a range. */
                from?: Day;
                /** @description How far back from today. */
                range?: "1M" | "3M" | "6M" | "YTD" | "1Y" | "5Y" | "MAX";
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Value and returns by market day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history_out"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listPositions: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is held, largest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["position"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
                /** @description Symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One holding, sold out or not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["position"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listLots: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
                /** @description Symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a holding is made of, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["held_lot"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it is worth, what it gained, returns and risk. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["summary_out"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    recordTrade: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The portfolio's id. */
                portfolio: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["trade_in"];
            };
        };
        responses: {
            /** @description Record a trade and answer with the position it leaves. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recorded"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listPrices: {
        parameters: {
            query: {
                /** @description All prices in what a share has become since by splits and dividends. */
                adjusted?: boolean;
                /** @description Converted by each day's rate. */
                currency?: string;
                /** @description First day; a year before `to` when absent. */
                from?: Day;
                /** @description How long a bar is; 1d when absent. */
                interval?: "1m" | "5m" | "15m" | "30m" | "1h" | "1d" | "1w" | "1mo";
                /** @description Most bars, the newest of the range. */
                limit?: number;
                /** @description Most bars: of more, those with the extremes of each stretch. */
                points?: number;
                /** @description How far back from `to`; instead of `from`. */
                range?: "1d" | "5d" | "1m" | "3m" | "6m" | "ytd" | "1y" | "3y" | "5y" | "10y" | "max";
                /** @description Ticker. */
                symbol: string;
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prices of an asset: any range, interval and currency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["prices"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    exportPrices: {
        parameters: {
            query: {
                /** @description All prices in what a share has become since by splits and dividends. */
                adjusted?: boolean;
                /** @description Converted by each day's rate. */
                currency?: string;
                /** @description First day; a year before `to` when absent. */
                from?: Day;
                /** @description How long a bar is; 1d when absent. */
                interval?: "1m" | "5m" | "15m" | "30m" | "1h" | "1d" | "1w" | "1mo";
                /** @description Most bars, the newest of the range. */
                limit?: number;
                /** @description Most bars: of more, those with the extremes of each stretch. */
                points?: number;
                /** @description How far back from `to`; instead of `from`. */
                range?: "1d" | "5d" | "1m" | "3m" | "6m" | "ytd" | "1y" | "3y" | "5y" | "10y" | "max";
                /** @description Ticker. */
                symbol: string;
                /** @description Last day; today when absent. */
                to?: Day;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as lines of text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listPrivateAssets: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your own instruments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["private_asset"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    createPrivateAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the same answer again, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["private_in"];
            };
        };
        responses: {
            /** @description An instrument that no exchange lists. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["private_asset"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getPrivateAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of your own. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["private_asset"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    archivePrivateAsset: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what you read. */
                "If-Match": string;
            };
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Put one of your own away. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    changePrivateAsset: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what you read. */
                "If-Match": string;
            };
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["private_change"];
            };
        };
        responses: {
            /** @description Another name or note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["private_asset"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    recordPrivatePrice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Ticker. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["private_price"];
            };
        };
        responses: {
            /** @description Its price of a day, or another one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["private_price"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    deletePrivatePrice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Day. */
                date: Day;
                /** @description Symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a day's price back. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listProviderKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys that the tenant brought; never the keys themselves. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_key"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who brings what, how they are, and what their budgets have left. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_status"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getProviderKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The provider. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the tenant brought a key, and whether it works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_key"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    setProviderKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The provider. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["key_in"];
            };
        };
        responses: {
            /** @description Bring a key; what another one brought before is removed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_key"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    removeProviderKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The provider. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove the key and everything it brought. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    listQuotes: {
        parameters: {
            query: {
                /** @description Tickers, separated by commas. */
                symbols: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What some assets cost now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["quotes"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it can serve: 503 while the database is away. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["health"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
    openStream: {
        parameters: {
            query?: {
                /** @description Tickers, separated by commas; all when absent. */
                symbols?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live quotes as server-sent events: hello, quote, ping, bye; goes on after Last-Event-ID. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["problem"];
                };
            };
        };
    };
}
