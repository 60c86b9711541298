/*
 * Doubles in ascending order, in place: quicksort on the middle of three,
 * heaps where it goes wrong, so that no order of input makes it slow.
 */
#include "quant/lane.h"

enum { FEW = 24 };

static void
swap(double *x, size_t i, size_t j)
{
	double t = x[i];

	x[i] = x[j];
	x[j] = t;
}

static void
sort_few(double *x, size_t n)
{
	double t;
	size_t j;

	for (size_t i = 1; i < n; i++) {
		t = x[i];
		for (j = i; j > 0 && x[j - 1] > t; j--)
			x[j] = x[j - 1];
		x[j] = t;
	}
}

static void
heap_sink(double *x, size_t at, size_t n)
{
	size_t child;

	while ((child = 2 * at + 1) < n) {
		if (child + 1 < n && x[child + 1] > x[child])
			child++;
		if (x[at] >= x[child])
			return;
		swap(x, at, child);
		at = child;
	}
}

static void
sort_heap(double *x, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		heap_sink(x, i, n);
	for (size_t i = n; i-- > 1;) {
		swap(x, 0, i);
		heap_sink(x, 0, i);
	}
}

/* Splits about the middle of three; what is before the answer is no more. */
static size_t
split(double *x, size_t n)
{
	size_t i = 0, j = n - 1;
	double pivot;

	if (x[n / 2] < x[0])
		swap(x, n / 2, 0);
	if (x[n - 1] < x[0])
		swap(x, n - 1, 0);
	if (x[n - 1] < x[n / 2])
		swap(x, n - 1, n / 2);
	pivot = x[n / 2];
	for (;;) {
		while (x[i] < pivot)
			i++;
		while (x[j] > pivot)
			j--;
		if (i >= j)
			return (j + 1);
		swap(x, i++, j--);
	}
}

static void
sort_depth(double *x, size_t n, int depth)
{
	size_t cut;

	while (n > FEW) {
		if (depth-- == 0) {
			sort_heap(x, n);
			return;
		}
		cut = split(x, n);
		if (cut < n - cut) {
			sort_depth(x, cut, depth);
			x += cut;
			n -= cut;
		} else {
			sort_depth(x + cut, n - cut, depth);
			n = cut;
		}
	}
	sort_few(x, n);
}

void
numbers_sort(double *x, size_t n)
{
	int depth = 0;

	for (size_t m = n; m > 1; m /= 2)
		depth += 2;
	sort_depth(x, n, depth);
}
