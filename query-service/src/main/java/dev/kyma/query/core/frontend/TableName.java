package dev.kyma.query.core.frontend;

/**
 * The full name of a table, as stored: already folded, quotes removed.
 *
 * @param database the database
 * @param table the table in it
 */
public record TableName(String database, String table) {
  @Override
  public String toString() {
    return database + "." + table;
  }
}
