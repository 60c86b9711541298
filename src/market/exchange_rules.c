/*
 * The exchanges and their holidays, as they publish them. What a parliament
 * or a storm decided for one day is a date.
 */
#include "market/exchange_rule.h"

#define AT(hour, minute) ((hour) * 60 + (minute))
#define FIXED(name_, month_, n_, ...) \
	{ .sort = RULE_FIXED, .name = (name_), .month = (month_), .n = (n_), \
	  __VA_ARGS__ }
#define NTH(name_, month_, n_, weekday_, ...) \
	{ .sort = RULE_NTH, .name = (name_), .month = (month_), .n = (n_), \
	  .weekday = (weekday_), ##__VA_ARGS__ }
#define LAST(name_, month_, weekday_, ...) \
	{ .sort = RULE_LAST, .name = (name_), .month = (month_), \
	  .weekday = (weekday_), ##__VA_ARGS__ }
#define EASTER(name_, n_, ...) \
	{ .sort = RULE_EASTER, .name = (name_), .n = (n_), ##__VA_ARGS__ }
#define END { .sort = RULE_END }

/* New York: a New Year's Day on a Saturday is not kept at all. */
const struct exchange_rule rules_us[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_SUNDAY),
	NTH("Martin Luther King Jr. Day", 1, 3, 0, .from = 1998),
	NTH("Washington's Birthday", 2, 3, 0),
	EASTER("Good Friday", -2),
	LAST("Memorial Day", 5, 0),
	FIXED("Juneteenth", 6, 19, .shift = SHIFT_NEAREST, .from = 2022),
	FIXED("Independence Day", 7, 4, .shift = SHIFT_NEAREST),
	NTH("Labor Day", 9, 1, 0),
	NTH("Thanksgiving Day", 11, 4, 3),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NEAREST),
	FIXED("Eve of Independence Day", 7, 3, .half = true,
	    .on = ON_MON | ON_TUE | ON_WED | ON_THU, .from = 2013),
	FIXED("Eve of Independence Day", 7, 3, .half = true,
	    .on = ON_MON | ON_TUE | ON_THU, .from = 1995, .to = 2012),
	FIXED("Christmas Eve", 12, 24, .half = true, .from = 1999,
	    .on = ON_MON | ON_TUE | ON_WED | ON_THU),
	/* The Friday after the fourth Thursday is the 23rd to the 29th. */
	FIXED("Day after Thanksgiving", 11, 23, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 24, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 25, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 26, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 27, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 28, .half = true, .on = ON_FRI,
	    .from = 1993),
	FIXED("Day after Thanksgiving", 11, 29, .half = true, .on = ON_FRI,
	    .from = 1993),
	END
};

const char *const closed_us[] = {
	"1985-09-27", "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13",
	"2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29", "2012-10-30",
	"2018-12-05", "2025-01-09", NULL
};

/* London: Christmas and Boxing Day on a weekend are made up for on the 27th
 * and 28th. Bank holidays were moved for jubilees. */
const struct exchange_rule rules_london[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_MONDAY),
	EASTER("Good Friday", -2),
	EASTER("Easter Monday", 1),
	NTH("Early May Bank Holiday", 5, 1, 0, .from = 1978, .to = 1994),
	NTH("Early May Bank Holiday", 5, 1, 0, .from = 1996, .to = 2019),
	NTH("Early May Bank Holiday", 5, 1, 0, .from = 2021),
	LAST("Spring Bank Holiday", 5, 0, .to = 2001),
	LAST("Spring Bank Holiday", 5, 0, .from = 2003, .to = 2011),
	LAST("Spring Bank Holiday", 5, 0, .from = 2013, .to = 2021),
	LAST("Spring Bank Holiday", 5, 0, .from = 2023),
	LAST("Summer Bank Holiday", 8, 0),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("Christmas Day, made up for", 12, 27, .on = ON_MON | ON_TUE),
	FIXED("Boxing Day, made up for", 12, 28, .on = ON_MON | ON_TUE),
	FIXED("Christmas Eve", 12, 24, .half = true, .shift = SHIFT_FRIDAY),
	FIXED("New Year's Eve", 12, 31, .half = true, .shift = SHIFT_FRIDAY),
	END
};

const char *const closed_london[] = {
	"1995-05-08", "1999-12-31", "2002-06-03", "2002-06-04", "2011-04-29",
	"2012-06-04", "2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03",
	"2022-09-19", "2023-05-08", NULL
};

const struct exchange_rule rules_xetra[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_NONE),
	EASTER("Good Friday", -2),
	EASTER("Easter Monday", 1),
	FIXED("Labour Day", 5, 1, .shift = SHIFT_NONE),
	EASTER("Whit Monday", 50, .from = 2015, .to = 2021),
	FIXED("Day of German Unity", 10, 3, .from = 2014, .to = 2021),
	FIXED("Christmas Eve", 12, 24, .shift = SHIFT_NONE),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("New Year's Eve", 12, 31, .shift = SHIFT_NONE),
	FIXED("Last session of the year", 12, 30, .half = true, .from = 2010,
	    .shift = SHIFT_FRIDAY),
	END
};

const char *const closed_xetra[] = { "2007-05-28", "2017-10-31", NULL };

/* Paris, Amsterdam, Brussels, Lisbon: one calendar since 2002. */
const struct exchange_rule rules_euronext[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_NONE),
	EASTER("Good Friday", -2),
	EASTER("Easter Monday", 1),
	FIXED("Labour Day", 5, 1, .shift = SHIFT_NONE),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("Christmas Eve", 12, 24, .half = true, .from = 2002),
	FIXED("New Year's Eve", 12, 31, .half = true, .from = 2002),
	END
};

const struct exchange_rule rules_swiss[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_NONE),
	FIXED("Berchtold's Day", 1, 2, .shift = SHIFT_NONE),
	EASTER("Good Friday", -2),
	EASTER("Easter Monday", 1),
	FIXED("Labour Day", 5, 1, .shift = SHIFT_NONE),
	EASTER("Ascension Day", 39),
	EASTER("Whit Monday", 50),
	FIXED("National Day", 8, 1, .from = 2006),
	FIXED("Christmas Eve", 12, 24, .shift = SHIFT_NONE),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("New Year's Eve", 12, 31, .shift = SHIFT_NONE),
	END
};

const struct exchange_rule rules_toronto[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_MONDAY),
	NTH("Family Day", 2, 3, 0, .from = 2008),
	EASTER("Good Friday", -2),
	/* The Monday before the 25th is the 18th to the 24th. */
	FIXED("Victoria Day", 5, 18, .on = ON_MON),
	FIXED("Victoria Day", 5, 19, .on = ON_MON),
	FIXED("Victoria Day", 5, 20, .on = ON_MON),
	FIXED("Victoria Day", 5, 21, .on = ON_MON),
	FIXED("Victoria Day", 5, 22, .on = ON_MON),
	FIXED("Victoria Day", 5, 23, .on = ON_MON),
	FIXED("Victoria Day", 5, 24, .on = ON_MON),
	FIXED("Canada Day", 7, 1, .shift = SHIFT_MONDAY),
	NTH("Civic Holiday", 8, 1, 0),
	NTH("Labour Day", 9, 1, 0),
	NTH("Thanksgiving Day", 10, 2, 0),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("Christmas Day, made up for", 12, 27, .on = ON_MON | ON_TUE),
	FIXED("Boxing Day, made up for", 12, 28, .on = ON_MON | ON_TUE),
	FIXED("Christmas Eve", 12, 24, .half = true, .from = 2010),
	END
};

const char *const closed_toronto[] = { "2001-09-11", "2001-09-12", NULL };

#define NEW_YORK .currency = "USD", .zone = "America/New_York", \
	.utc_minutes = -300, .summer = SUMMER_US, .opens = AT(9, 30), \
	.closes = AT(16, 0), .closes_early = AT(13, 0), .rules = rules_us, \
	.closed = closed_us
#define EURONEXT .currency = "EUR", .utc_minutes = 60, .summer = SUMMER_EU, \
	.opens = AT(9, 0), .closes = AT(17, 30), .closes_early = AT(14, 5), \
	.rules = rules_euronext

const struct exchange exchanges[] = {
	{ .mic = "XNYS", .name = "New York Stock Exchange", NEW_YORK },
	{ .mic = "XNAS", .name = "Nasdaq", NEW_YORK },
	{ .mic = "ARCX", .name = "NYSE Arca", NEW_YORK },
	{ .mic = "BATS", .name = "Cboe BZX", NEW_YORK },
	{ .mic = "XTSE", .name = "Toronto Stock Exchange", .currency = "CAD",
	  .zone = "America/Toronto", .utc_minutes = -300,
	  .summer = SUMMER_US, .opens = AT(9, 30), .closes = AT(16, 0),
	  .closes_early = AT(13, 0), .rules = rules_toronto,
	  .closed = closed_toronto },
	{ .mic = "XLON", .name = "London Stock Exchange", .currency = "GBP",
	  .zone = "Europe/London", .summer = SUMMER_EU, .opens = AT(8, 0),
	  .closes = AT(16, 30), .closes_early = AT(12, 30),
	  .rules = rules_london, .closed = closed_london },
	{ .mic = "XETR", .name = "Xetra", .currency = "EUR",
	  .zone = "Europe/Berlin", .utc_minutes = 60, .summer = SUMMER_EU,
	  .opens = AT(9, 0), .closes = AT(17, 30), .closes_early = AT(14, 0),
	  .rules = rules_xetra, .closed = closed_xetra },
	{ .mic = "XPAR", .name = "Euronext Paris", .zone = "Europe/Paris",
	  EURONEXT },
	{ .mic = "XAMS", .name = "Euronext Amsterdam",
	  .zone = "Europe/Amsterdam", EURONEXT },
	{ .mic = "XBRU", .name = "Euronext Brussels",
	  .zone = "Europe/Brussels", EURONEXT },
	{ .mic = "XSWX", .name = "SIX Swiss Exchange", .currency = "CHF",
	  .zone = "Europe/Zurich", .utc_minutes = 60, .summer = SUMMER_EU,
	  .opens = AT(9, 0), .closes = AT(17, 30),
	  .closes_early = AT(17, 30), .rules = rules_swiss },
	{ .mic = "XTKS", .name = "Tokyo Stock Exchange", .currency = "JPY",
	  .zone = "Asia/Tokyo", .utc_minutes = 540, .opens = AT(9, 0),
	  .closes = AT(15, 30), .closes_early = AT(15, 30),
	  .rules = rules_tokyo, .closed = closed_tokyo, .known_from = 2010,
	  .known_to = 2099 },
	{ .mic = "XHKG", .name = "Hong Kong Exchange", .currency = "HKD",
	  .zone = "Asia/Hong_Kong", .utc_minutes = 480, .opens = AT(9, 30),
	  .closes = AT(16, 0), .closes_early = AT(12, 0),
	  .rules = rules_hong_kong, .closed = closed_hong_kong,
	  .known_from = LUNAR_FROM, .known_to = LUNAR_TO },
	{ .mic = "XASX", .name = "Australian Securities Exchange",
	  .currency = "AUD", .zone = "Australia/Sydney", .utc_minutes = 600,
	  .summer = SUMMER_AU, .opens = AT(10, 0), .closes = AT(16, 0),
	  .closes_early = AT(14, 10), .rules = rules_sydney,
	  .closed = closed_sydney, .known_from = 2012, .known_to = 2099 },
	{ .mic = "24/5", .name = "Weekdays", .zone = "UTC",
	  .closes = AT(22, 0), .weekdays_only = true },
	{ .mic = "24/7", .name = "Every day", .zone = "UTC",
	  .closes = AT(24, 0), .every_day = true },
	{ .mic = NULL }
};
