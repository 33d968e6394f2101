package dev.kyma.query.core.plan;

/**
 * Functions of many rows.
 *
 * <p>Unless said otherwise rows whose argument is NULL are left out, and over no rows at all the
 * answer is NULL.
 */
public enum AggregateFunction {
  /** Rows whose arguments are all not NULL; all rows without arguments. INT64; 0 over no rows. */
  COUNT,
  /**
   * The sum. INT16 and INT32 give INT64; INT64 gives DECIMAL(38,0); DECIMAL(p,s) gives
   * DECIMAL(38,s); floats give FLOAT64. Past the range of the answer's type it is an error.
   */
  SUM,
  /**
   * The mean. Floats give FLOAT64; integers and decimals give the call's decimal type, the exact
   * quotient rounded half away from zero.
   */
  AVG,
  /** The least value in the order of {@link SortKey}; the argument's type. */
  MIN,
  /** The greatest value in the order of {@link SortKey}; the argument's type. */
  MAX,
  /** True where no row is false. BOOL. */
  BOOL_AND,
  /** True where some row is true. BOOL. */
  BOOL_OR,
  /** Bitwise and of integers; the argument's type. */
  BIT_AND,
  /** Bitwise or of integers; the argument's type. */
  BIT_OR,
  /** Bitwise exclusive or of integers; the argument's type. */
  BIT_XOR,
  /** Sample standard deviation, NULL for fewer than two rows. Argument and answer FLOAT64. */
  STDDEV_SAMP,
  /** Population standard deviation. Argument and answer FLOAT64. */
  STDDEV_POP,
  /** Sample variance, NULL for fewer than two rows. Argument and answer FLOAT64. */
  VAR_SAMP,
  /** Population variance. Argument and answer FLOAT64. */
  VAR_POP,
  /**
   * The value at a fraction of the ordered rows, interpolated between neighbours. Argument and
   * answer FLOAT64; one parameter, a FLOAT64 from 0 to 1; the argument's order is the call's one
   * sort key.
   */
  PERCENTILE_CONT,
  /**
   * The first value whose place among the ordered rows is at or past a fraction. Any ordered type;
   * parameter and order as for {@link #PERCENTILE_CONT}.
   */
  PERCENTILE_DISC,
  /** A sketch's answer to {@link #PERCENTILE_CONT}: FLOAT64 argument, one FLOAT64 parameter. */
  APPROX_PERCENTILE,
  /** A sketch's answer to a distinct count. INT64; 0 over no rows. */
  APPROX_COUNT_DISTINCT,
  /** The argument in the first row in the call's order, NULLs taken too. */
  FIRST_VALUE,
  /** The argument in the last row in the call's order, NULLs taken too. */
  LAST_VALUE,
  /** Some row's value, NULL only where all are. */
  ANY_VALUE,
  /** The arguments in the call's order, joined by the one TEXT parameter. TEXT. */
  STRING_AGG,
  /** The arguments as a JSON array in the call's order, NULLs taken too. DYNAMIC. */
  ARRAY_AGG,
  /**
   * Which of the grouping columns are rolled up in a row: one bit per argument, the last argument
   * the lowest bit, 1 where the column is not part of the row's grouping set. INT64. The arguments
   * are places in the input, all of them grouping keys.
   */
  GROUPING,
  /**
   * The single value of a scalar subquery: NULL over no rows, the value of one, and an error over
   * more.
   */
  SINGLE_VALUE
}
