package dev.kyma.query.core.plan;

/**
 * How rows of several inputs are combined. Rows are compared as wholes, NULL equal to NULL. The
 * {@code ALL} kinds keep repeats as in SQL; the others answer each row once.
 */
public enum SetKind {
  UNION_ALL,
  UNION,
  INTERSECT_ALL,
  INTERSECT,
  EXCEPT_ALL,
  EXCEPT
}
