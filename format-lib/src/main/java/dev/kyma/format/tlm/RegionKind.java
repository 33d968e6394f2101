package dev.kyma.format.tlm;

/**
 * What a region holds. Version 1 writes {@link #COLUMN} only, version 2 indexes too; the codes of
 * the others are taken, so that readers pass over them when the footer does not say they are
 * required.
 */
enum RegionKind {
  COLUMN(1),
  /** Token fingerprints of a text column and the rows that hold them. */
  TOKEN_INDEX(2),
  /** Templates of log text that columns refer to. */
  TEMPLATES(3),
  /** Long row lists of a token index. */
  POSTINGS(4),
  /** Split-block bloom filters of a column. */
  BLOOM(5),
  /** Dictionary places in the order of their rows, for point lookups. */
  PERMUTATION(6),
  /** Primary keys and their rows. */
  PRIMARY_KEYS(7),
  /** Mergeable states of aggregates. */
  PARTIAL_STATES(8),
  /** The tenants that have rows here. */
  TENANTS(9),
  /** Which paths occur in a dynamic column. */
  PATHS(10),
  /** One pool of identifiers shared by several columns. */
  ID_POOL(11),
  /** Which vectors hold each value of a column. */
  VALUES(12);

  private final int code;

  RegionKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
