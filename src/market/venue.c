/*
 * Exchanges as tables: hours, zone, and two lists of rules, for days that are
 * closed and for days that close early. A rule of one year is an exception
 * that was made. Sources: what the exchanges published each year.
 */
#include "market/holiday.h"
#include "market/venue.h"

enum zone { ZONE_NEW_YORK, ZONE_LONDON, ZONE_EUROPE, ZONE_TOKYO };

struct venue {
	const char		*mic, *name;
	const char		*known[6];	/* other names, upper case */
	enum zone		 zone;
	const char		*zone_name;
	int			 since;
	int			 opens, closes, early;	/* hhmm, local */
	const struct rule	*closed, *shortened;
};

#define FIXED(m, d, moved_, name_)					\
	{ RULE_FIXED, (m), (d), 0, 0, 0, (moved_), (name_) }
#define FIXED_IN(m, d, from, to, moved_, name_)				\
	{ RULE_FIXED, (m), (d), 0, (from), (to), (moved_), (name_) }
#define ONCE(y, m, d, name_)						\
	{ RULE_FIXED, (m), (d), 0, (y), (y), MOVED_NOT, (name_) }
#define NTH(m, nth, wd, name_)						\
	{ RULE_NTH, (m), (nth), (wd), 0, 0, MOVED_NOT, (name_) }
#define NTH_IN(m, nth, wd, from, to, name_)				\
	{ RULE_NTH, (m), (nth), (wd), (from), (to), MOVED_NOT, (name_) }
#define EASTER(days, name_)						\
	{ RULE_EASTER, 0, (days), 0, 0, 0, MOVED_NOT, (name_) }
#define EASTER_IN(days, from, to, name_)				\
	{ RULE_EASTER, 0, (days), 0, (from), (to), MOVED_NOT, (name_) }
#define BEFORE(m, d, name_)						\
	{ RULE_BEFORE, (m), (d), 0, 0, 0, MOVED_NOT, (name_) }
#define RULES_END	{ .name = NULL }
enum { MON, TUE, WED, THU, FRI };

/* ---- New York ------------------------------------------------------------ */

static const struct rule new_york[] = {
	FIXED(1, 1, MOVED_SUNDAY, "New Year's Day"),
	NTH_IN(1, 3, MON, 1998, 0, "Martin Luther King Day"),
	NTH(2, 3, MON, "Washington's Birthday"),
	EASTER(-2, "Good Friday"),
	NTH(5, -1, MON, "Memorial Day"),
	FIXED_IN(6, 19, 2022, 0, MOVED_NEAREST, "Juneteenth"),
	FIXED(7, 4, MOVED_NEAREST, "Independence Day"),
	NTH(9, 1, MON, "Labor Day"),
	NTH(11, 4, THU, "Thanksgiving"),
	FIXED(12, 25, MOVED_NEAREST, "Christmas"),
	ONCE(2001, 9, 11, "Attacks"), ONCE(2001, 9, 12, "Attacks"),
	ONCE(2001, 9, 13, "Attacks"), ONCE(2001, 9, 14, "Attacks"),
	ONCE(2004, 6, 11, "Mourning"), ONCE(2007, 1, 2, "Mourning"),
	ONCE(2012, 10, 29, "Hurricane"), ONCE(2012, 10, 30, "Hurricane"),
	ONCE(2018, 12, 5, "Mourning"), ONCE(2025, 1, 9, "Mourning"),
	RULES_END
};

static const struct rule new_york_short[] = {
	{ RULE_FIXED, 7, 3, 0, 2013, 0, MOVED_NOT, "Independence Day's eve" },
	{ RULE_FIXED, 12, 24, 0, 0, 0, MOVED_NOT, "Christmas Eve" },
	/* The Friday after the fourth Thursday. */
	{ RULE_NTH, 11, 4, THU, 0, 0, MOVED_NOT, "After Thanksgiving" },
	RULES_END
};

/* ---- Toronto ------------------------------------------------------------- */

static const struct rule toronto[] = {
	FIXED(1, 1, MOVED_NEXT, "New Year's Day"),
	NTH_IN(2, 3, MON, 2008, 0, "Family Day"),
	EASTER(-2, "Good Friday"),
	{ RULE_MONDAY, 5, 25, 0, 0, 0, MOVED_NOT, "Victoria Day" },
	FIXED(7, 1, MOVED_NEXT, "Canada Day"),
	NTH(8, 1, MON, "Civic Holiday"),
	NTH(9, 1, MON, "Labour Day"),
	NTH(10, 2, MON, "Thanksgiving"),
	FIXED(12, 25, MOVED_NEXT, "Christmas"),
	FIXED(12, 26, MOVED_NEXT, "Boxing Day"),
	RULES_END
};

static const struct rule toronto_short[] = {
	FIXED(12, 24, MOVED_NOT, "Christmas Eve"),
	RULES_END
};

/* ---- London -------------------------------------------------------------- */

static const struct rule london[] = {
	FIXED(1, 1, MOVED_NEXT, "New Year's Day"),
	EASTER(-2, "Good Friday"),
	EASTER(1, "Easter Monday"),
	NTH_IN(5, 1, MON, 0, 2019, "Early May bank holiday"),
	ONCE(2020, 5, 8, "Early May bank holiday"),
	NTH_IN(5, 1, MON, 2021, 0, "Early May bank holiday"),
	NTH_IN(5, -1, MON, 0, 2001, "Spring bank holiday"),
	ONCE(2002, 6, 3, "Jubilee"), ONCE(2002, 6, 4, "Spring bank holiday"),
	NTH_IN(5, -1, MON, 2003, 2011, "Spring bank holiday"),
	ONCE(2012, 6, 4, "Spring bank holiday"), ONCE(2012, 6, 5, "Jubilee"),
	NTH_IN(5, -1, MON, 2013, 2021, "Spring bank holiday"),
	ONCE(2022, 6, 2, "Spring bank holiday"), ONCE(2022, 6, 3, "Jubilee"),
	NTH_IN(5, -1, MON, 2023, 0, "Spring bank holiday"),
	NTH(8, -1, MON, "Summer bank holiday"),
	FIXED(12, 25, MOVED_NEXT, "Christmas"),
	FIXED(12, 26, MOVED_NEXT, "Boxing Day"),
	ONCE(2011, 4, 29, "Royal wedding"), ONCE(2022, 9, 19, "Mourning"),
	ONCE(2023, 5, 8, "Coronation"),
	RULES_END
};

static const struct rule london_short[] = {
	BEFORE(12, 25, "Christmas Eve"),
	BEFORE(13, 1, "New Year's Eve"),
	RULES_END
};

/* ---- the continent ------------------------------------------------------- */

static const struct rule frankfurt[] = {
	FIXED(1, 1, MOVED_NOT, "New Year's Day"),
	EASTER(-2, "Good Friday"),
	EASTER(1, "Easter Monday"),
	FIXED(5, 1, MOVED_NOT, "Labour Day"),
	EASTER_IN(50, 2015, 2021, "Whit Monday"),
	FIXED_IN(10, 3, 2014, 2021, MOVED_NOT, "German Unity"),
	FIXED(12, 24, MOVED_NOT, "Christmas Eve"),
	FIXED(12, 25, MOVED_NOT, "Christmas"),
	FIXED(12, 26, MOVED_NOT, "Christmas"),
	FIXED(12, 31, MOVED_NOT, "New Year's Eve"),
	RULES_END
};

static const struct rule frankfurt_short[] = {
	BEFORE(12, 31, "Last session of the year"),
	RULES_END
};

static const struct rule euronext[] = {
	FIXED(1, 1, MOVED_NOT, "New Year's Day"),
	EASTER(-2, "Good Friday"),
	EASTER(1, "Easter Monday"),
	FIXED(5, 1, MOVED_NOT, "Labour Day"),
	FIXED(12, 25, MOVED_NOT, "Christmas"),
	FIXED(12, 26, MOVED_NOT, "Christmas"),
	RULES_END
};

static const struct rule euronext_short[] = {
	FIXED(12, 24, MOVED_NOT, "Christmas Eve"),
	FIXED(12, 31, MOVED_NOT, "New Year's Eve"),
	RULES_END
};

static const struct rule zurich[] = {
	FIXED(1, 1, MOVED_NOT, "New Year's Day"),
	FIXED(1, 2, MOVED_NOT, "Berchtold's Day"),
	EASTER(-2, "Good Friday"),
	EASTER(1, "Easter Monday"),
	FIXED(5, 1, MOVED_NOT, "Labour Day"),
	EASTER(39, "Ascension"),
	EASTER(50, "Whit Monday"),
	FIXED(8, 1, MOVED_NOT, "National Day"),
	FIXED(12, 24, MOVED_NOT, "Christmas Eve"),
	FIXED(12, 25, MOVED_NOT, "Christmas"),
	FIXED(12, 26, MOVED_NOT, "St Stephen's Day"),
	FIXED(12, 31, MOVED_NOT, "New Year's Eve"),
	RULES_END
};

static const struct rule none[] = { RULES_END };

/* ---- Tokyo --------------------------------------------------------------- */

static const struct rule tokyo[] = {
	FIXED(1, 1, MOVED_NOT, "New Year"),
	FIXED(1, 2, MOVED_NOT, "New Year"),
	FIXED(1, 3, MOVED_NOT, "New Year"),
	NTH(1, 2, MON, "Coming of Age Day"),
	FIXED(2, 11, MOVED_JAPAN, "Foundation Day"),
	FIXED_IN(2, 23, 2020, 0, MOVED_JAPAN, "Emperor's Birthday"),
	{ RULE_SPRING, 0, 0, 0, 0, 0, MOVED_JAPAN, "Vernal equinox" },
	FIXED(4, 29, MOVED_JAPAN, "Showa Day"),
	FIXED(5, 3, MOVED_JAPAN, "Constitution Day"),
	FIXED(5, 4, MOVED_JAPAN, "Greenery Day"),
	FIXED(5, 5, MOVED_JAPAN, "Children's Day"),
	NTH_IN(7, 3, MON, 0, 2019, "Marine Day"),
	ONCE(2020, 7, 23, "Marine Day"), ONCE(2020, 7, 24, "Sports Day"),
	ONCE(2020, 8, 10, "Mountain Day"), ONCE(2021, 7, 22, "Marine Day"),
	ONCE(2021, 7, 23, "Sports Day"), ONCE(2021, 8, 9, "Mountain Day"),
	NTH_IN(7, 3, MON, 2022, 0, "Marine Day"),
	FIXED_IN(8, 11, 2016, 2019, MOVED_JAPAN, "Mountain Day"),
	FIXED_IN(8, 11, 2022, 0, MOVED_JAPAN, "Mountain Day"),
	NTH(9, 3, MON, "Respect for the Aged Day"),
	{ RULE_AUTUMN, 0, 0, 0, 0, 0, MOVED_JAPAN, "Autumnal equinox" },
	NTH_IN(10, 2, MON, 0, 2019, "Sports Day"),
	NTH_IN(10, 2, MON, 2022, 0, "Sports Day"),
	FIXED(11, 3, MOVED_JAPAN, "Culture Day"),
	FIXED(11, 23, MOVED_JAPAN, "Labour Thanksgiving Day"),
	FIXED_IN(12, 23, 0, 2018, MOVED_JAPAN, "Emperor's Birthday"),
	FIXED(12, 31, MOVED_NOT, "Market holiday"),
	ONCE(2019, 4, 30, "Abdication"), ONCE(2019, 5, 1, "Accession"),
	ONCE(2019, 5, 2, "Citizens' holiday"),
	ONCE(2019, 10, 22, "Enthronement"),
	RULES_END
};

/* ---- the table ----------------------------------------------------------- */

static const struct venue venues[] = {
	{ "XNYS", "New York Stock Exchange", { "NYSE", "NYSE ARCA", "ARCX",
	    "NYSEARCA", "AMEX" }, ZONE_NEW_YORK, "America/New_York", 2001,
	    930, 1600, 1300, new_york, new_york_short },
	{ "XNAS", "Nasdaq", { "NASDAQ", "NASDAQ NMS - GLOBAL MARKET", "BATS",
	    "NMS" }, ZONE_NEW_YORK, "America/New_York", 2001,
	    930, 1600, 1300, new_york, new_york_short },
	{ "XTSE", "Toronto Stock Exchange", { "TSX", "TORONTO" },
	    ZONE_NEW_YORK, "America/Toronto", 2008,
	    930, 1600, 1300, toronto, toronto_short },
	{ "XLON", "London Stock Exchange", { "LSE", "LONDON" }, ZONE_LONDON,
	    "Europe/London", 2001, 800, 1630, 1230, london, london_short },
	{ "XETR", "Xetra", { "XETRA", "XFRA", "FRANKFURT", "FSE", "GER" },
	    ZONE_EUROPE, "Europe/Berlin", 2014,
	    900, 1730, 1400, frankfurt, frankfurt_short },
	{ "XPAR", "Euronext Paris", { "EURONEXT", "PARIS", "PAR" },
	    ZONE_EUROPE, "Europe/Paris", 2010,
	    900, 1730, 1405, euronext, euronext_short },
	{ "XAMS", "Euronext Amsterdam", { "AMSTERDAM", "AMS", "AEX" },
	    ZONE_EUROPE, "Europe/Amsterdam", 2010,
	    900, 1730, 1405, euronext, euronext_short },
	{ "XBRU", "Euronext Brussels", { "BRUSSELS", "BRU" },
	    ZONE_EUROPE, "Europe/Brussels", 2010,
	    900, 1730, 1405, euronext, euronext_short },
	{ "XSWX", "SIX Swiss Exchange", { "SIX", "EBS", "SWX", "ZURICH" },
	    ZONE_EUROPE, "Europe/Zurich", 2005, 900, 1730, 1730, zurich, none },
	{ "XTKS", "Tokyo Stock Exchange", { "TSE", "TYO", "JPX", "TOKYO" },
	    ZONE_TOKYO, "Asia/Tokyo", 2007, 900, 1530, 1530, tokyo, none },
};

#define VENUES	(sizeof(venues) / sizeof(venues[0]))

const struct venue *
venue_at(size_t i)
{
	return (i < VENUES ? &venues[i] : NULL);
}

const struct venue *
venue_find(str name)
{
	size_t i, k;

	for (i = 0; i < VENUES; i++) {
		if (str_eq_nocase(name, str_of(venues[i].mic)) ||
		    str_eq_nocase(name, str_of(venues[i].name)))
			return (&venues[i]);
		for (k = 0; k < 6 && venues[i].known[k] != NULL; k++)
			if (str_eq_nocase(name, str_of(venues[i].known[k])))
				return (&venues[i]);
	}
	return (NULL);
}

const char *
venue_mic(const struct venue *v)
{
	return (v->mic);
}

const char *
venue_name(const struct venue *v)
{
	return (v->name);
}

const char *
venue_zone(const struct venue *v)
{
	return (v->zone_name);
}

int
venue_since(const struct venue *v)
{
	return (v->since);
}

/* ---- clocks -------------------------------------------------------------- */

static day
sunday_of(int year, int month, int n)
{
	day d = day_of(year, month, 1);

	if (n < 0) {
		d = day_add(day_add_months(d, 1), -1);
		return (day_add(d, -((day_weekday(d) + 1) % 7)));
	}
	return (day_add(d, 6 - day_weekday(d) + 7 * (n - 1)));
}

/* Minutes east of Greenwich at the hours of trading; clocks are changed on
 * Sundays, when nobody trades. */
static int
zone_minutes(enum zone z, day d)
{
	int year, month, dom, standard, summer;
	day begins, ends;

	day_civil(d, &year, &month, &dom);
	if (z == ZONE_TOKYO)
		return (9 * 60);
	if (z == ZONE_NEW_YORK) {
		begins = year < 2007 ? sunday_of(year, 4, 1) :
		    sunday_of(year, 3, 2);
		ends = year < 2007 ? sunday_of(year, 10, -1) :
		    sunday_of(year, 11, 1);
		standard = -5 * 60;
	} else {
		begins = sunday_of(year, 3, -1);
		ends = sunday_of(year, 10, -1);
		standard = z == ZONE_LONDON ? 0 : 60;
	}
	summer = day_cmp(d, begins) >= 0 && day_cmp(d, ends) < 0;
	return (standard + 60 * summer);
}

static instant
local(const struct venue *v, day d, int hhmm)
{
	instant t = instant_of_day(d);
	int minutes = hhmm / 100 * 60 + hhmm % 100 - zone_minutes(v->zone, d);

	t.us += (int64_t)minutes * 60000000;
	return (t);
}

/* ---- sessions ------------------------------------------------------------ */

static const char *
named_on(const struct rule *rules, day d)
{
	struct holiday v[HOLIDAYS_MAX];
	int year, month, dom;
	size_t i, n;

	day_civil(d, &year, &month, &dom);
	n = holidays_of(rules, year, v);
	for (i = 0; i < n; i++)
		if (day_cmp(v[i].day, d) == 0)
			return (v[i].name);
	return (NULL);
}

/* The third of New York's rules is of the day before the short one. */
static const char *
short_on(const struct venue *v, day d)
{
	const char *name = named_on(v->shortened, d);
	int year, month, dom;

	if (v->shortened != new_york_short)
		return (name);
	day_civil(d, &year, &month, &dom);
	if (month == 11)
		return (day_weekday(d) == FRI ?
		    named_on(v->shortened, day_add(d, -1)) : NULL);
	return (name);
}

/* Tokyo closed half an hour earlier until November 2024. */
static int
closes_at(const struct venue *v, day d, bool early)
{
	if (early)
		return (v->early);
	if (v->zone == ZONE_TOKYO && day_cmp(d, day_of(2024, 11, 5)) < 0)
		return (1500);
	return (v->closes);
}

void
venue_session(const struct venue *v, day d, struct session *out)
{
	*out = (struct session){ .day = d, .opens = INSTANT_NONE,
	    .closes = INSTANT_NONE };
	if (day_weekday(d) > FRI)
		return;
	out->holiday = named_on(v->closed, d);
	if (out->holiday != NULL)
		return;
	out->open = true;
	out->holiday = short_on(v, d);
	out->early = out->holiday != NULL;
	out->opens = local(v, d, v->opens);
	out->closes = local(v, d, closes_at(v, d, out->early));
}

void
venue_next(const struct venue *v, instant at, struct session *out)
{
	day d = day_add(day_of_instant(at), -1);

	do {
		venue_session(v, d, out);
		d = day_add(d, 1);
	} while (!out->open || out->closes.us <= at.us);
}
