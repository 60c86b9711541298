/*
 * exchange_rule: a holiday as a row. Inner header of market/.
 */
#ifndef BURSAR_MARKET_EXCHANGE_RULE_H
#define BURSAR_MARKET_EXCHANGE_RULE_H

#include "market/exchange.h"

enum rule_sort {
	RULE_END,
	RULE_FIXED,		/* the n-th of the month */
	RULE_NTH,		/* the n-th such weekday of the month */
	RULE_LAST,		/* the last such weekday of the month */
	RULE_EASTER,		/* n days after Easter Sunday */
	RULE_SPRING,		/* n days after the equinox in Japan */
	RULE_AUTUMN,
	RULE_LUNAR,		/* n days after a day of the Chinese calendar:
				   `month` is an enum lunar */
	RULE_CHINGMING		/* Ching Ming, as reckoned for 2000 to 2099 */
};

/* Where a fixed day goes that falls on a weekend. */
enum rule_shift {
	SHIFT_NONE,		/* nowhere: it is not observed */
	SHIFT_SUNDAY,		/* Sunday to Monday */
	SHIFT_MONDAY,		/* both to Monday */
	SHIFT_NEAREST,		/* Saturday to Friday, Sunday to Monday */
	SHIFT_FRIDAY,		/* both to Friday */
	/* Sunday, and a day that is another such holiday already, to the next
	 * day that is neither; so it may be days away. */
	SHIFT_NEXT
};

enum lunar { NEW_YEAR, BUDDHA, TUEN_NG, MID_AUTUMN, CHUNG_YEUNG };
#define LUNAR_FROM	2012
#define LUNAR_TO	2049

#define ON_MON	(1 << 0)
#define ON_TUE	(1 << 1)
#define ON_WED	(1 << 2)
#define ON_THU	(1 << 3)
#define ON_FRI	(1 << 4)

struct exchange_rule {
	enum rule_sort	 sort;
	const char	*name;
	int		 month, n;
	int		 weekday;	/* of NTH and LAST; 0 = Monday */
	enum rule_shift	 shift;
	int		 from, to;	/* years; 0: always */
	bool		 half;		/* closes early instead */
	int		 on;		/* only on these weekdays; 0: all */
};

extern const struct exchange_rule rules_us[], rules_london[], rules_xetra[],
    rules_euronext[], rules_swiss[], rules_toronto[], rules_tokyo[],
    rules_hong_kong[], rules_sydney[];
extern const char *const closed_us[], *const closed_london[],
    *const closed_xetra[], *const closed_toronto[], *const closed_tokyo[],
    *const closed_hong_kong[], *const closed_sydney[];
/* Month * 100 + day of each enum lunar, in years LUNAR_FROM to LUNAR_TO. */
extern const short lunar_days[][5];

/* Easter Sunday of the Gregorian calendar. */
day	easter(int year);

#endif
