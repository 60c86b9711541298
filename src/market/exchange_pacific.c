/*
 * The holidays of Tokyo, Hong Kong and Sydney. Those of Hong Kong that follow
 * the moon are a table: a new moon near midnight in Beijing decides a day, and
 * no short formula is sure of it. What a typhoon decided is a date.
 */
#include "market/exchange_rule.h"

#define FIXED(name_, month_, n_, ...) \
	{ .sort = RULE_FIXED, .name = (name_), .month = (month_), .n = (n_), \
	  __VA_ARGS__ }
#define NTH(name_, month_, n_, weekday_, ...) \
	{ .sort = RULE_NTH, .name = (name_), .month = (month_), .n = (n_), \
	  .weekday = (weekday_), ##__VA_ARGS__ }
#define LUNAR(name_, which_, n_, ...) \
	{ .sort = RULE_LUNAR, .name = (name_), .month = (which_), .n = (n_), \
	  __VA_ARGS__ }
#define OTHER(sort_, name_, n_, ...) \
	{ .sort = (sort_), .name = (name_), .n = (n_), ##__VA_ARGS__ }
#define END { .sort = RULE_END }
#define NEXT .shift = SHIFT_NEXT

/* Games moved three holidays of 2020 and 2021. */
const struct exchange_rule rules_tokyo[] = {
	FIXED("New Year's Day", 1, 1, NEXT),
	FIXED("Market Holiday", 1, 2, .shift = SHIFT_NONE),
	FIXED("Market Holiday", 1, 3, .shift = SHIFT_NONE),
	NTH("Coming of Age Day", 1, 2, 0),
	FIXED("Foundation Day", 2, 11, NEXT),
	FIXED("Emperor's Birthday", 2, 23, NEXT, .from = 2020),
	OTHER(RULE_SPRING, "Vernal Equinox", 0, NEXT),
	FIXED("Showa Day", 4, 29, NEXT),
	FIXED("Constitution Day", 5, 3, NEXT),
	FIXED("Greenery Day", 5, 4, NEXT),
	FIXED("Children's Day", 5, 5, NEXT),
	NTH("Marine Day", 7, 3, 0, .to = 2019),
	FIXED("Marine Day", 7, 23, .from = 2020, .to = 2020),
	FIXED("Marine Day", 7, 22, .from = 2021, .to = 2021),
	NTH("Marine Day", 7, 3, 0, .from = 2022),
	FIXED("Mountain Day", 8, 11, NEXT, .from = 2016, .to = 2019),
	FIXED("Mountain Day", 8, 10, NEXT, .from = 2020, .to = 2020),
	FIXED("Mountain Day", 8, 8, NEXT, .from = 2021, .to = 2021),
	FIXED("Mountain Day", 8, 11, NEXT, .from = 2022),
	NTH("Respect for the Aged Day", 9, 3, 0),
	/* Between two holidays: the Tuesday before a Wednesday. */
	OTHER(RULE_AUTUMN, "Between Holidays", -1, .on = ON_TUE),
	OTHER(RULE_AUTUMN, "Autumnal Equinox", 0, NEXT),
	NTH("Sports Day", 10, 2, 0, .to = 2019),
	FIXED("Sports Day", 7, 24, .from = 2020, .to = 2020),
	FIXED("Sports Day", 7, 23, .from = 2021, .to = 2021),
	NTH("Sports Day", 10, 2, 0, .from = 2022),
	FIXED("Culture Day", 11, 3, NEXT),
	FIXED("Labour Thanksgiving Day", 11, 23, NEXT),
	FIXED("Emperor's Birthday", 12, 23, NEXT, .to = 2018),
	FIXED("Market Holiday", 12, 31, .shift = SHIFT_NONE),
	END
};

/* An emperor's accession; a day on which the system failed. */
const char *const closed_tokyo[] = {
	"2019-04-30", "2019-05-01", "2019-05-02", "2019-10-22", "2020-10-01",
	NULL
};

const struct exchange_rule rules_hong_kong[] = {
	FIXED("New Year's Day", 1, 1, NEXT),
	LUNAR("Lunar New Year's Day", NEW_YEAR, 0, NEXT),
	LUNAR("Second day of Lunar New Year", NEW_YEAR, 1, NEXT),
	LUNAR("Third day of Lunar New Year", NEW_YEAR, 2, NEXT),
	OTHER(RULE_CHINGMING, "Ching Ming Festival", 0, NEXT),
	OTHER(RULE_EASTER, "Good Friday", -2, NEXT),
	OTHER(RULE_EASTER, "Day after Good Friday", -1, NEXT),
	OTHER(RULE_EASTER, "Easter Monday", 1, NEXT),
	FIXED("Labour Day", 5, 1, NEXT),
	LUNAR("Buddha's Birthday", BUDDHA, 0, NEXT),
	LUNAR("Tuen Ng Festival", TUEN_NG, 0, NEXT),
	FIXED("Establishment Day", 7, 1, NEXT),
	LUNAR("Day after Mid-Autumn Festival", MID_AUTUMN, 1, NEXT),
	FIXED("National Day", 10, 1, NEXT),
	LUNAR("Chung Yeung Festival", CHUNG_YEUNG, 0, NEXT),
	FIXED("Christmas Day", 12, 25, NEXT),
	FIXED("Day after Christmas", 12, 26, NEXT),
	LUNAR("Lunar New Year's Eve", NEW_YEAR, -1, .half = true),
	FIXED("Christmas Eve", 12, 24, .half = true),
	FIXED("New Year's Eve", 12, 31, .half = true),
	END
};

/* A victory's seventieth year; typhoons and rain until 2024. */
const char *const closed_hong_kong[] = {
	"2013-08-14", "2015-09-03", "2016-08-02", "2016-10-21", "2017-08-23",
	"2020-10-13", "2021-10-13", "2023-07-17", "2023-09-01", "2023-09-08",
	"2024-09-06", NULL
};

/* Anzac Day on a weekend is not made up for. */
const struct exchange_rule rules_sydney[] = {
	FIXED("New Year's Day", 1, 1, .shift = SHIFT_MONDAY),
	FIXED("Australia Day", 1, 26, .shift = SHIFT_MONDAY),
	OTHER(RULE_EASTER, "Good Friday", -2),
	OTHER(RULE_EASTER, "Easter Monday", 1),
	FIXED("Anzac Day", 4, 25, .shift = SHIFT_NONE),
	NTH("King's Birthday", 6, 2, 0),
	FIXED("Christmas Day", 12, 25, .shift = SHIFT_NONE),
	FIXED("Boxing Day", 12, 26, .shift = SHIFT_NONE),
	FIXED("Christmas Day, made up for", 12, 27, .on = ON_MON | ON_TUE),
	FIXED("Boxing Day, made up for", 12, 28, .on = ON_MON | ON_TUE),
	FIXED("Last session before Christmas", 12, 24, .half = true,
	    .shift = SHIFT_FRIDAY),
	FIXED("Last session of the year", 12, 31, .half = true,
	    .shift = SHIFT_FRIDAY),
	END
};

/* A queen's mourning. */
const char *const closed_sydney[] = { "2022-09-22", NULL };

/* New moons after Meeus, Astronomical Algorithms, ch. 49; days in Beijing. */
const short lunar_days[][5] = {
	{ 123, 428, 623, 930, 1023 },	/* 2012 */
	{ 210, 517, 612, 919, 1013 },	/* 2013 */
	{ 131, 506, 602, 908, 1002 },	/* 2014 */
	{ 219, 525, 620, 927, 1021 },	/* 2015 */
	{ 208, 514, 609, 915, 1009 },	/* 2016 */
	{ 128, 503, 530, 1004, 1028 },	/* 2017 */
	{ 216, 522, 618, 924, 1017 },	/* 2018 */
	{ 205, 512, 607, 913, 1007 },	/* 2019 */
	{ 125, 430, 625, 1001, 1025 },	/* 2020 */
	{ 212, 519, 614, 921, 1014 },	/* 2021 */
	{ 201, 508, 603, 910, 1004 },	/* 2022 */
	{ 122, 526, 622, 929, 1023 },	/* 2023 */
	{ 210, 515, 610, 917, 1011 },	/* 2024 */
	{ 129, 505, 531, 1006, 1029 },	/* 2025 */
	{ 217, 524, 619, 925, 1018 },	/* 2026 */
	{ 206, 513, 609, 915, 1008 },	/* 2027 */
	{ 126, 502, 528, 1003, 1026 },	/* 2028 */
	{ 213, 520, 616, 922, 1016 },	/* 2029 */
	{ 203, 509, 605, 912, 1005 },	/* 2030 */
	{ 123, 528, 624, 1001, 1024 },	/* 2031 */
	{ 211, 516, 612, 919, 1012 },	/* 2032 */
	{ 131, 506, 601, 908, 1001 },	/* 2033 */
	{ 219, 525, 620, 927, 1020 },	/* 2034 */
	{ 208, 515, 610, 916, 1009 },	/* 2035 */
	{ 128, 503, 530, 1004, 1027 },	/* 2036 */
	{ 215, 522, 618, 924, 1017 },	/* 2037 */
	{ 204, 511, 607, 913, 1007 },	/* 2038 */
	{ 124, 430, 527, 1002, 1026 },	/* 2039 */
	{ 212, 518, 614, 920, 1014 },	/* 2040 */
	{ 201, 507, 603, 910, 1003 },	/* 2041 */
	{ 122, 526, 622, 928, 1022 },	/* 2042 */
	{ 210, 516, 611, 917, 1011 },	/* 2043 */
	{ 130, 505, 531, 1005, 1029 },	/* 2044 */
	{ 217, 524, 619, 925, 1018 },	/* 2045 */
	{ 206, 513, 608, 915, 1008 },	/* 2046 */
	{ 126, 502, 529, 1004, 1027 },	/* 2047 */
	{ 214, 520, 615, 922, 1016 },	/* 2048 */
	{ 202, 509, 604, 911, 1005 },	/* 2049 */
};
