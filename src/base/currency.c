/*
 * ISO 4217 list one: how many decimals a currency's money has, and the quote
 * units that exchanges use for a hundredth of one. A few codes withdrawn
 * since 2020 stay, for old statements. Metals, funds' baskets and test codes
 * have no minor unit there and are not known here.
 */
#include <stdlib.h>
#include <string.h>

#include "base/dec.h"

/* Codes in order, each with a blank after it. */
static const struct {
	int		 places;
	const char	*codes;
} currencies[] = {
	{ 2,
	    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD "
	    "BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
	    "COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD "
	    "FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS "
	    "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
	    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD "
	    "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB "
	    "SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP "
	    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED "
	    "VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL " },
	{ 0,
	    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF "
	    "XOF XPF " },
	{ 3,
	    "BHD IQD JOD KWD LYD OMR TND " },
	{ 4,
	    "CLF UYW " },
};

static const struct {
	str	quote;
	str	major;
} hundredths[] = {
	{ { "GBX", 3 }, { "GBP", 3 } },
	{ { "GBp", 3 }, { "GBP", 3 } },
	{ { "ZAc", 3 }, { "ZAR", 3 } },
	{ { "ILA", 3 }, { "ILS", 3 } },
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define CODE_BYTES	3

static int
code_cmp(const void *a, const void *b)
{
	return (memcmp(a, b, CODE_BYTES));
}

int
currency_places(str code)
{
	const size_t stride = CODE_BYTES + 1;
	const char *codes;
	size_t i;

	if (code.n != CODE_BYTES)
		return (-1);
	for (i = 0; i < COUNT(currencies); i++) {
		codes = currencies[i].codes;
		if (bsearch(code.p, codes, strlen(codes) / stride, stride,
		    code_cmp) != NULL)
			return (currencies[i].places);
	}
	return (-1);
}

bool
currency_minor(str code, str *major, dec *factor)
{
	size_t i;

	for (i = 0; i < COUNT(hundredths); i++)
		if (str_eq(code, hundredths[i].quote)) {
			*major = hundredths[i].major;
			*factor = dec_units(1, 2);
			return (true);
		}
	return (false);
}
