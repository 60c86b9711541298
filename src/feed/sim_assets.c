/*
 * What is traded on the simulated market. Names, sectors, exchanges and
 * first trading days are those of the real companies and funds; every price
 * is made up, which is why everything from here says "simulated". Shares fit
 * the simulated prices: NVDA has not split here.
 */
#include <stddef.h>

#include "feed/sim.h"

#define NASDAQ  "NASDAQ", "US", "USD"
#define NYSE    "NYSE", "US", "USD"
#define ARCA    "NYSE Arca", "US", "USD"
#define MILLION INT64_C(1000000)

static const struct sim_asset assets[] = {
	{ "AAPL", "Apple Inc.", "stock", "Technology", "Consumer Electronics",
	    "https://www.apple.com", NASDAQ, "1980-12-12", 14900 * MILLION },
	{ "MSFT", "Microsoft Corporation", "stock", "Technology", "Software",
	    "https://www.microsoft.com", NASDAQ, "1986-03-13", 7430 * MILLION },
	{ "GOOGL", "Alphabet Inc. Class A", "stock", "Communication Services",
	    "Internet Content", "https://abc.xyz", NASDAQ, "2004-08-19",
	    12100 * MILLION },
	{ "TSLA", "Tesla, Inc.", "stock", "Consumer Discretionary",
	    "Automobiles", "https://www.tesla.com", NASDAQ, "2010-06-29",
	    3300 * MILLION },
	{ "NVDA", "NVIDIA Corporation", "stock", "Technology", "Semiconductors",
	    "https://www.nvidia.com", NASDAQ, "1999-01-22", 2440 * MILLION },
	{ "AMZN", "Amazon.com, Inc.", "stock", "Consumer Discretionary",
	    "Broadline Retail", "https://www.amazon.com", NASDAQ, "1997-05-15",
	    10700 * MILLION },
	{ "META", "Meta Platforms, Inc.", "stock", "Communication Services",
	    "Internet Content", "https://about.meta.com", NASDAQ, "2012-05-18",
	    2520 * MILLION },
	{ "NFLX", "Netflix, Inc.", "stock", "Communication Services",
	    "Entertainment", "https://www.netflix.com", NASDAQ, "2002-05-23",
	    4240 * MILLION },
	{ "JPM", "JPMorgan Chase & Co.", "stock", "Financials", "Banks",
	    "https://www.jpmorganchase.com", NYSE, NULL, 2720 * MILLION },
	{ "V", "Visa Inc.", "stock", "Financials", "Payments",
	    "https://www.visa.com", NYSE, "2008-03-19", 1930 * MILLION },
	{ "BRK.B", "Berkshire Hathaway Inc. Class B", "stock", "Financials",
	    "Insurance", "https://www.berkshirehathaway.com", NYSE,
	    "1996-05-09", 2160 * MILLION },
	{ "JNJ", "Johnson & Johnson", "stock", "Health Care", "Pharmaceuticals",
	    "https://www.jnj.com", NYSE, "1944-09-25", 2410 * MILLION },
	{ "UNH", "UnitedHealth Group Incorporated", "stock", "Health Care",
	    "Managed Health Care", "https://www.unitedhealthgroup.com", NYSE,
	    "1984-10-17", 906 * MILLION },
	{ "PG", "The Procter & Gamble Company", "stock", "Consumer Staples",
	    "Household Products", "https://us.pg.com", NYSE, NULL,
	    2340 * MILLION },
	{ "KO", "The Coca-Cola Company", "stock", "Consumer Staples",
	    "Beverages", "https://www.coca-colacompany.com", NYSE, "1919-09-05",
	    4300 * MILLION },
	{ "WMT", "Walmart Inc.", "stock", "Consumer Staples",
	    "Consumer Staples Retail", "https://www.walmart.com", NASDAQ,
	    "1970-10-01", 8000 * MILLION },
	{ "XOM", "Exxon Mobil Corporation", "stock", "Energy",
	    "Integrated Oil & Gas", "https://corporate.exxonmobil.com", NYSE,
	    "1920-03-25", 4300 * MILLION },
	{ "DIS", "The Walt Disney Company", "stock", "Communication Services",
	    "Entertainment", "https://thewaltdisneycompany.com", NYSE,
	    "1957-11-12", 1800 * MILLION },
	{ "HD", "The Home Depot, Inc.", "stock", "Consumer Discretionary",
	    "Home Improvement Retail", "https://www.homedepot.com", NYSE,
	    "1981-09-22", 995 * MILLION },
	{ "SPY", "SPDR S&P 500 ETF Trust", "etf", "US Equity", "Large Blend",
	    "https://www.ssga.com", ARCA, "1993-01-29", 0 },
	{ "QQQ", "Invesco QQQ Trust", "etf", "US Equity", "Large Growth",
	    "https://www.invesco.com", NASDAQ, "1999-03-10", 0 },
	{ "VTI", "Vanguard Total Stock Market ETF", "etf", "US Equity",
	    "Total Market", "https://investor.vanguard.com", ARCA, "2001-05-31",
	    0 },
	{ "TLT", "iShares 20+ Year Treasury Bond ETF", "etf", "Bonds",
	    "Long Government", "https://www.ishares.com", NASDAQ, "2002-07-30",
	    0 },
	{ "GLD", "SPDR Gold Shares", "etf", "Commodities", "Gold",
	    "https://www.spdrgoldshares.com", ARCA, "2004-11-18", 0 },
	{ .symbol = NULL },
};
_Static_assert(sizeof(assets) / sizeof(assets[0]) == SIM_ASSETS + 1,
    "SIM_ASSETS counts the rows");

const struct sim_model sim_models[SIM_ASSETS] = {
	{ "AAPL", 1.15, SIM_TECH, .8, .0095, .13, 0, 25, 1, 2021, 55400000 },
	{ "MSFT", 1.10, SIM_TECH, .8, .0080, .12, 0, 75, 1, 2021, 21800000 },
	{ "GOOGL", 1.10, SIM_COMM, .7, .0110, .13, 0, 20, 2, 2024, 28300000 },
	{ "TSLA", 1.60, SIM_RETAIL, .9, .0250, .12, 0, 0, 0, 0, 98200000 },
	{ "NVDA", 1.60, SIM_TECH, 1.4, .0180, .22, 0, 4, 2, 2021, 41500000 },
	{ "AMZN", 1.20, SIM_RETAIL, .8, .0120, .12, 0, 0, 0, 0, 42600000 },
	{ "META", 1.20, SIM_COMM, .9, .0150, .14, 34630, 50, 2, 2024,
	    15900000 },
	{ "NFLX", 1.10, SIM_COMM, .8, .0160, .15, 46850, 0, 0, 0, 3900000 },
	{ "JPM", 1.05, SIM_FINANCE, .9, .0080, .10, 17210, 115, 1, 2021,
	    9400000 },
	{ "V", .95, SIM_FINANCE, .6, .0075, .09, 25890, 52, 1, 2021, 6300000 },
	{ "BRK.B", .80, SIM_FINANCE, .6, .0055, .09, 36270, 0, 0, 0, 3700000 },
	{ "JNJ", .50, SIM_HEALTH, .7, .0070, .05, 15980, 124, 1, 2021,
	    7600000 },
	{ "UNH", .65, SIM_HEALTH, .8, .0100, .05, 53820, 210, 2, 2021,
	    3500000 },
	{ "PG", .50, SIM_STAPLES, .8, .0065, .05, 14870, 101, 1, 2021,
	    6700000 },
	{ "KO", .50, SIM_STAPLES, .8, .0060, .05, 5980, 49, 2, 2021, 13600000 },
	{ "WMT", .55, SIM_STAPLES, .7, .0080, .11, 5340, 21, 2, 2021,
	    17200000 },
	{ "XOM", .80, SIM_ENERGY, 1.2, .0090, .06, 10240, 96, 1, 2021,
	    16400000 },
	{ "DIS", 1.10, SIM_COMM, .6, .0110, .06, 9070, 0, 0, 0, 10200000 },
	{ "HD", 1.00, SIM_RETAIL, .7, .0080, .07, 34420, 225, 2, 2021,
	    3400000 },
	{ "SPY", 1.00, SIM_BROAD, 0, .0003, .09, 47260, 165, 2, 2021,
	    72500000 },
	{ "QQQ", 1.15, SIM_TECH, .5, .0020, .115, 40250, 68, 2, 2021,
	    46100000 },
	{ "VTI", 1.00, SIM_BROAD, 0, .0006, .09, 23580, 88, 2, 2021, 3300000 },
	{ "TLT", -.15, SIM_BONDS, 1.0, .0030, .01, 9880, 95, 1, 2021,
	    37800000 },
	{ "GLD", .05, SIM_GOLD, 1.0, .0030, .07, 19090, 0, 0, 0, 8100000 },
};

const struct sim_anchor sim_anchors[] = {
	{ "TSLA", "2024-01-02", "245.80" },
	{ "AMZN", "2024-01-04", "144.00" },
	{ "MSFT", "2024-01-04", "380.25" },
	{ "NVDA", "2024-01-05", "495.60" },
	{ "GOOGL", "2024-01-12", "142.30" },
	{ "AAPL", "2024-03-05", "175.50" },
	{ "AMZN", "2024-09-16", "158.50" },
	{ NULL, NULL, NULL },
};

const struct sim_split sim_splits[] = {
	{ "NFLX", "2025-11-17", 10, 1 },
	{ NULL, NULL, 0, 0 },
};

const struct sim_asset *
sim_assets(void)
{
	return (assets);
}

int
sim_find(str symbol)
{
	for (int i = 0; i < SIM_ASSETS; i++)
		if (str_eqz(symbol, assets[i].symbol))
			return (i);
	return (-1);
}
