package dev.kyma.query.statement;

import java.util.Set;

/**
 * Words that are no names unless quoted. They are Postgres' reserved words less those that nothing
 * here needs; {@code timestamp}, {@code value}, {@code count}, {@code type} and all others are
 * names.
 */
final class ReservedWords {
  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "asymmetric",
          "between",
          "both",
          "case",
          "cast",
          "cross",
          "current_date",
          "current_time",
          "current_timestamp",
          "default",
          "desc",
          "distinct",
          "else",
          "end",
          "except",
          "exists",
          "false",
          "fetch",
          "for",
          "from",
          "full",
          "group",
          "having",
          "ilike",
          "in",
          "inner",
          "intersect",
          "into",
          "is",
          "isnull",
          "join",
          "lateral",
          "leading",
          "left",
          "like",
          "limit",
          "localtimestamp",
          "natural",
          "not",
          "notnull",
          "null",
          "offset",
          "on",
          "only",
          "or",
          "order",
          "outer",
          "primary",
          "references",
          "right",
          "select",
          "similar",
          "some",
          "symmetric",
          "table",
          "tablesample",
          "then",
          "trailing",
          "true",
          "union",
          "unique",
          "using",
          "values",
          "when",
          "where",
          "window",
          "with");

  private ReservedWords() {}

  /** Whether a word in lower case is reserved. */
  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }
}
