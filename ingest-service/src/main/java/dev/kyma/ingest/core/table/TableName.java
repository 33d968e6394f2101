package dev.kyma.ingest.core.table;

import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.service.problem.KymaException;

/**
 * The full name of a table.
 *
 * @param database the database
 * @param table the name within it
 */
public record TableName(String database, String table) {
  /** The database of requests that name none. */
  public static final String DEFAULT_DATABASE = "default";

  /** The database of Kyma's own tables. */
  private static final String SYSTEM_DATABASE = "system";

  private static final int MAX_LENGTH = 128;

  /**
   * @throws KymaException.Rejected if a name is empty, too long or has characters other than
   *     letters, digits, {@code _}, {@code -}, {@code .} and {@code $}, a letter or {@code _} first
   */
  public TableName {
    check("database", database);
    check("table", table);
  }

  /**
   * The name of a table that a client may write to or make.
   *
   * @throws KymaException.Rejected if there can be no such table, or only Kyma writes to it
   */
  public static TableName ofClient(String database, String table) {
    TableName name = new TableName(database, table);
    if (database.equals(SYSTEM_DATABASE)) {
      throw new KymaException.Rejected(
          IngestProblems.INVALID_NAME, "The database " + database + " is Kyma's own.");
    }
    return name;
  }

  private static void check(String what, String name) {
    boolean valid = !name.isEmpty() && name.length() <= MAX_LENGTH;
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid =
          Character.isLetter(c)
              || c == '_'
              || i > 0 && (Character.isDigit(c) || c == '-' || c == '.' || c == '$');
    }
    if (!valid) {
      throw new KymaException.Rejected(
          IngestProblems.INVALID_NAME,
          "A "
              + what
              + " name has 1 to "
              + MAX_LENGTH
              + " letters, digits, '_', '-', '.' or '$' and starts with a letter or '_'.");
    }
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
