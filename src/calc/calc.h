/*
 * calc: the calculators as a command. JSON requests in, one a line; JSON
 * answers out, one a line, in order. No server, no database, no clock.
 */
#ifndef BURSAR_CALC_CALC_H
#define BURSAR_CALC_CALC_H

/*
 * `bursar calc`: answers standard input until it ends; with --list prints
 * the table of functions. The exit code: 0, or 1 when the output could not
 * be written or the words are not understood.
 */
int	calc_run(int argc, char **argv);
/*
 * `bursar ledger`: the exact ledger in the same way; with --list what a
 * request may say as JSON, with --help for people.
 */
int	ledger_run(int argc, char **argv);

#endif
