package dev.kyma.query.core.plan;

/**
 * Functions of one row, with Postgres' semantics.
 *
 * <p>Unless said otherwise: the answer is NULL where an argument is NULL; "same type" means equal
 * {@link dev.kyma.format.type.LogicalType}s, conversions having been written as {@link Expr.Cast};
 * text positions count code points from 1; the answer's type is the call's.
 */
public enum Function {

  // ---- arithmetic

  /**
   * Sum of two arguments of the call's type. Integers and decimals past their range are an error;
   * floats follow IEEE 754, but finite arguments giving an infinity are an error.
   */
  ADD,
  /** Difference, as {@link #ADD}. */
  SUBTRACT,
  /**
   * Product, as {@link #ADD}; decimals of any precision and scale give the exact product rounded
   * half away from zero to the call's scale.
   */
  MULTIPLY,
  /**
   * Quotient; zero as divisor is an error. Integers truncate towards zero; decimals of any
   * precision and scale give the exact quotient rounded half away from zero to the call's scale.
   */
  DIVIDE,
  /**
   * Remainder with the sign of the dividend; zero as divisor is an error. Both arguments and the
   * answer have one type, integer, decimal or FLOAT64.
   */
  MODULO,
  /** The argument with its sign turned; the least integer is an error. */
  NEGATE,
  /** The argument without its sign; the least integer is an error. */
  ABS,
  /** -1, 0 or 1 in the argument's type. */
  SIGN,
  /** The least whole number at or above; DECIMAL or FLOAT64, same type. */
  CEIL,
  /** The greatest whole number at or below; DECIMAL or FLOAT64, same type. */
  FLOOR,
  /**
   * Rounded to argument 1 (INT32, may be negative, absent for 0) digits after the point: DECIMAL
   * half away from zero, FLOAT64 (no argument 1) half to even.
   */
  ROUND,
  /** As {@link #ROUND}, towards zero. */
  TRUNCATE,
  /** Square root of a FLOAT64; of a negative number an error. */
  SQRT,
  /** Cube root of a FLOAT64. */
  CBRT,
  /** Argument 0 to the power of argument 1, FLOAT64; an undefined power is an error. */
  POWER,
  /** e to the power of a FLOAT64. */
  EXP,
  /** Natural logarithm of a FLOAT64; not above zero is an error. */
  LN,
  /** Logarithm to base 10 of a FLOAT64; not above zero is an error. */
  LOG10,
  /** Logarithm to the base argument 0 of argument 1, FLOAT64; not above zero is an error. */
  LOG,
  SIN,
  COS,
  TAN,
  COT,
  ASIN,
  ACOS,
  ATAN,
  ATAN2,
  DEGREES,
  RADIANS,
  /** A FLOAT64 from 0 to below 1, another for each row. */
  RANDOM,
  /** Bitwise and of integers of one type. */
  BIT_AND,
  /** Bitwise or of integers of one type. */
  BIT_OR,
  /** Bitwise exclusive or of integers of one type. */
  BIT_XOR,

  // ---- comparison: two arguments of the same type, BOOL

  /**
   * Equal. Floats: NaN equals NaN and -0 equals 0. DYNAMIC: equal JSON values, numbers by value,
   * objects without order.
   */
  EQUAL,
  NOT_EQUAL,
  /** Before in the order of {@link SortKey}. */
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /** Not equal, NULL equal to NULL and different from the rest; never NULL. */
  IS_DISTINCT_FROM,
  /** The opposite of {@link #IS_DISTINCT_FROM}; never NULL. */
  IS_NOT_DISTINCT_FROM,

  // ---- logic: BOOL

  /** Three-valued and of two or more: false if any is false, else NULL if any is NULL. */
  AND,
  /** Three-valued or of two or more: true if any is true, else NULL if any is NULL. */
  OR,
  NOT,
  /** Whether the argument, of any type, is NULL; DYNAMIC also where it is JSON null. Never NULL. */
  IS_NULL,
  /** The opposite of {@link #IS_NULL}. */
  IS_NOT_NULL,
  /** True for true, false for false and NULL. */
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,

  // ---- choice: all arguments and the answer of one type

  /** The first argument that is not NULL. */
  COALESCE,
  /** Argument 0, or NULL where it equals argument 1. */
  NULLIF,
  /** The greatest argument that is not NULL. */
  GREATEST,
  /** The least argument that is not NULL. */
  LEAST,

  // ---- text

  /** The texts one after the other. NULL if one is. */
  CONCAT_OPERATOR,
  /** The texts one after the other, NULLs left out; never NULL. */
  CONCAT,
  /** Arguments 1… joined by argument 0, NULLs among them left out. */
  CONCAT_WS,
  /**
   * Whether argument 0 matches the LIKE pattern argument 1: {@code %} any text, {@code _} one code
   * point, argument 2 the escape character (empty for none; absent for backslash). BOOL.
   */
  LIKE,
  /** As {@link #LIKE}, by Unicode simple case folding. */
  ILIKE,
  /** Whether the whole of argument 0 matches the SQL regular expression argument 1. BOOL. */
  SIMILAR_TO,
  /** Whether argument 0 holds a match of the regular expression argument 1. BOOL. */
  REGEX_MATCH,
  /** As {@link #REGEX_MATCH}, ignoring case. */
  REGEX_MATCH_IGNORE_CASE,
  /**
   * Argument 0 with matches of argument 1 replaced by argument 2 ({@code \1} for groups, {@code \&}
   * for all): the first, or every one if the flags of argument 3 hold {@code g}; {@code i} ignores
   * case.
   */
  REGEXP_REPLACE,
  /** The first match of argument 1 in argument 0, NULL without one. */
  REGEXP_SUBSTR,
  /** How many matches of argument 1 argument 0 holds. INT64. */
  REGEXP_COUNT,
  UPPER,
  LOWER,
  /** First letter of each word in upper case, the rest in lower case. */
  INITCAP,
  /** Code points of a text, bytes of a BINARY. INT64. */
  LENGTH,
  /** Bytes of the UTF-8 form. INT64. */
  OCTET_LENGTH,
  /**
   * Of argument 0 from position argument 1 (INT64, may lie before 1) as many code points as
   * argument 2 says (absent for all); a negative length is an error.
   */
  SUBSTRING,
  /** Position of argument 1 in argument 0, 0 if it is not there. INT64. */
  POSITION,
  /** Without the characters of argument 1 (absent for spaces) at both ends. */
  TRIM,
  /** As {@link #TRIM} at the beginning only. */
  LTRIM,
  /** As {@link #TRIM} at the end only. */
  RTRIM,
  /** Filled at the beginning to the length argument 1 with argument 2 (absent for a space). */
  LPAD,
  /** Filled at the end to the length argument 1 with argument 2 (absent for a space). */
  RPAD,
  /** The first argument 1 characters; if negative all but the last so many. */
  LEFT,
  /** The last argument 1 characters; if negative all but the first so many. */
  RIGHT,
  /** Argument 0 with every argument 1 replaced by argument 2. */
  REPLACE,
  /** Each character of argument 0 found in argument 1 replaced by argument 2's at that place. */
  TRANSLATE,
  REVERSE,
  /** Argument 0 so many times as argument 1 says. */
  REPEAT,
  /** The argument 2-th (from 1, negative from the end) part of argument 0 cut at argument 1. */
  SPLIT_PART,
  /** Whether argument 0 begins with argument 1. BOOL. */
  STARTS_WITH,
  /** Whether argument 0 ends with argument 1. BOOL. */
  ENDS_WITH,
  /** The code point of the first character, 0 for none. INT32. */
  ASCII,
  /** The character of a code point. */
  CHR,
  /** MD5 of a text's UTF-8 form, in lower-case hex. */
  MD5,
  /** Whether argument 0 holds every token of argument 1 as a whole token. BOOL. */
  HAS,
  /** Whether argument 0 holds argument 1 anywhere, case-sensitively. BOOL. */
  CONTAINS,

  // ---- date and time; a time zone is an IANA name, constant, TEXT

  /** The time at which the statement began, one for the whole statement. TIMESTAMP. */
  NOW,
  /** A TIMESTAMP and INT64 nanoseconds added. Past the range an error. */
  ADD_NANOS,
  /** A TIMESTAMP or DATE and INT64 months added, the day cut to the month's last. */
  ADD_MONTHS,
  /** A DATE and INT64 days added. */
  ADD_DAYS,
  /** Nanoseconds from TIMESTAMP argument 1 to argument 0. INT64. */
  NANOS_BETWEEN,
  /** Days from DATE argument 1 to argument 0. INT32. */
  DAYS_BETWEEN,
  /**
   * TIMESTAMP argument 1 cut to the unit argument 0 (constant TEXT: microseconds, milliseconds,
   * second, minute, hour, day, week, month, quarter, year, decade, century, millennium), in the
   * time zone argument 2 (absent for UTC).
   */
  DATE_TRUNC,
  /**
   * TIMESTAMP argument 1 cut to a multiple of INT64 nanoseconds argument 0 counted from TIMESTAMP
   * argument 2. Not above zero is an error.
   */
  DATE_BIN,
  /** As {@link #DATE_BIN} with INT64 months as argument 0. */
  DATE_BIN_MONTHS,
  /**
   * A field (argument 0, constant TEXT: nanosecond, microsecond, millisecond, second, minute, hour,
   * day, month, quarter, year, decade, century, millennium, epoch, dow, isodow, doy, week, isoyear)
   * of a TIMESTAMP, DATE or TIME. FLOAT64 for epoch and second, which keep fractions, else INT64.
   */
  EXTRACT,
  /** TIMESTAMP argument 0 in UTC as the wall clock of zone argument 1 shows it. TIMESTAMP. */
  AT_TIME_ZONE,
  /** TIMESTAMP in Postgres' {@code to_char} format argument 1. TEXT. */
  TO_CHAR,
  /** TEXT in Postgres' {@code to_timestamp} format argument 1. TIMESTAMP. */
  TO_TIMESTAMP,
  /** Seconds since 1970 as FLOAT64 to TIMESTAMP. */
  EPOCH_TO_TIMESTAMP,
  /** INT64 nanoseconds as an interval's text in Postgres' form. TEXT. */
  NANOS_TO_TEXT,
  /** INT64 months as an interval's text in Postgres' form. TEXT. */
  MONTHS_TO_TEXT,

  // ---- dynamic (JSON)

  /**
   * The value in argument 0 (DYNAMIC) under the keys arguments 1… (TEXT), outside in, longest key
   * first as {@link dev.kyma.format.predicate.ColumnPath} says. DYNAMIC; NULL where there is none.
   */
  DYNAMIC_GET,
  /** The element of the array argument 0 at INT64 argument 1, from 0, negative from the end. */
  DYNAMIC_ELEMENT,
  /** Elements of an array; NULL if it is none. INT64. */
  DYNAMIC_LENGTH,
  /** string, number, boolean, object, array or null. TEXT. */
  DYNAMIC_TYPE,
  /** Whether the object argument 0 has the key argument 1. BOOL. */
  DYNAMIC_HAS_KEY,
  /** TEXT parsed as JSON; text that is none is an error. DYNAMIC. */
  PARSE_JSON,

  // ---- vectors; lengths are checked while planning

  /** 1 − cosine of the angle between two VECTORs. FLOAT64. */
  COSINE_DISTANCE,
  /** Euclidean distance of two VECTORs. FLOAT64. */
  L2_DISTANCE,
  /** Inner product of two VECTORs. FLOAT64. */
  INNER_PRODUCT
}
