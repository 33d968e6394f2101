package dev.kyma.catalog.jdbc;

import java.util.Optional;

/**
 * Where the catalog's database is and how it is used.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql://<host>/<database>}
 * @param user the database user, for Postgres
 * @param password the user's password, for Postgres
 * @param checkpointEvery after how many commits the whole snapshot is stored, so that opening the
 *     catalog reads no more commits than this; all processes on one database should agree
 * @param maxGroup how many commits of this process are applied in one transaction at most
 * @param maxExtentBytes what whole extents may take in memory, by estimate; of all others only
 *     summaries stay, and they are fetched from the database when they are needed
 */
public record JdbcCatalogConfig(
    String url,
    Optional<String> user,
    Optional<String> password,
    int checkpointEvery,
    int maxGroup,
    long maxExtentBytes) {
  private static final int CHECKPOINT_EVERY = 1_000;
  private static final int MAX_GROUP = 256;
  private static final long MAX_EXTENT_BYTES = 96L << 20;

  public JdbcCatalogConfig {
    if (checkpointEvery < 1 || maxGroup < 1 || maxExtentBytes < 0) {
      throw new IllegalArgumentException(
          checkpointEvery + " commits, groups of " + maxGroup + ", " + maxExtentBytes + " bytes");
    }
  }

  /** With the usual memory for extents. */
  public JdbcCatalogConfig(
      String url,
      Optional<String> user,
      Optional<String> password,
      int checkpointEvery,
      int maxGroup) {
    this(url, user, password, checkpointEvery, maxGroup, MAX_EXTENT_BYTES);
  }

  /** The same with another bound on extents in memory. */
  public JdbcCatalogConfig withMaxExtentBytes(long bytes) {
    return new JdbcCatalogConfig(url, user, password, checkpointEvery, maxGroup, bytes);
  }

  /** A database that needs no password. */
  public static JdbcCatalogConfig of(String url) {
    return new JdbcCatalogConfig(
        url, Optional.empty(), Optional.empty(), CHECKPOINT_EVERY, MAX_GROUP);
  }

  /** A database with a user. */
  public static JdbcCatalogConfig of(String url, String user, String password) {
    return new JdbcCatalogConfig(
        url, Optional.of(user), Optional.of(password), CHECKPOINT_EVERY, MAX_GROUP);
  }

  /** The URL alone: a record's own form would show the password. */
  @Override
  public String toString() {
    return url;
  }
}
