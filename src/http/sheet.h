/*
 * sheet: what http itself asks of a text that answers share; the rest is in
 * http.h. Inner header of http/.
 */
#ifndef BURSAR_HTTP_SHEET_H
#define BURSAR_HTTP_SHEET_H

#include "http/http.h"

/* What it is compressed; STR_NONE: nobody has done it yet. */
str	sheet_gzip(const struct sheet *s);
/* It is this compressed; copied. */
void	sheet_squeezed(struct sheet *s, str gzip);

#endif
