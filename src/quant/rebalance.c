/*
 * Trades towards weights. They are a proposal in doubles: what is traded is
 * booked by the ledger, exactly.
 */
#include "quant/lane.h"

static enum why
rebalance_fault(const struct rebalance *b, double *whole)
{
	struct sum value = { 0 }, target = { 0 };

	if (b->n == 0)
		return (WHY_INSUFFICIENT_DATA);
	if (!numbers_ok(b->value, b->n) || !numbers_ok(b->target, b->n) ||
	    !isfinite(b->cash) || !(b->band >= 0) || !(b->least >= 0))
		return (WHY_INVALID_INPUT);
	for (size_t i = 0; i < b->n; i++) {
		sum_add(&value, b->value[i]);
		sum_add(&target, b->target[i]);
	}
	if (fabs(sum_of(target) - 1) > 1e-9)
		return (WHY_INVALID_INPUT);
	*whole = sum_of(value) + b->cash;
	return (*whole > 0 ? WHY_OK : WHY_NON_POSITIVE_BASE);
}

/* Without sales the cash goes where it lacks, in proportion. */
static void
rebalance_buy(const struct rebalance *b, double *trade)
{
	double lack = 0, cash = fmax(0, b->cash);

	for (size_t i = 0; i < b->n; i++)
		lack += trade[i] = fmax(0, trade[i]);
	for (size_t i = 0; lack > 0 && i < b->n; i++)
		trade[i] *= fmin(1, cash / lack);
}

enum why
quant_rebalance(const struct rebalance *b, double *trade)
{
	double whole;
	enum why why = rebalance_fault(b, &whole);

	if (why != WHY_OK)
		return (why);
	for (size_t i = 0; i < b->n; i++) {
		trade[i] = b->target[i] * whole - b->value[i];
		if (fabs(trade[i]) <= b->band * whole)
			trade[i] = 0;
	}
	if (b->no_sales)
		rebalance_buy(b, trade);
	for (size_t i = 0; i < b->n; i++)
		if (fabs(trade[i]) < b->least)
			trade[i] = 0;
	return (WHY_OK);
}
