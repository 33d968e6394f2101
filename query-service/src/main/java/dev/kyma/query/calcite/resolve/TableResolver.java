package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.statement.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * Resolves names of tables: {@code table}, {@code database.table}, {@code kyma.database.table}. A
 * name of three parts with another first one belongs to a source: its database is the first two.
 */
public final class TableResolver {
  private static final String CATALOG = "kyma";

  private TableResolver() {}

  /** The full name that some words mean, if there are not too many of them. */
  static Optional<TableName> name(List<String> words) {
    return switch (words.size()) {
      case 1 -> Optional.of(new TableName(Schemas.DEFAULT_DATABASE, words.getFirst()));
      case 2 -> Optional.of(new TableName(words.get(0), words.get(1)));
      case 3 ->
          Optional.of(
              new TableName(
                  words.get(0).equals(CATALOG) ? words.get(1) : words.get(0) + "." + words.get(1),
                  words.get(2)));
      default -> Optional.empty();
    };
  }

  /** The full name of a table to be created, dropped or filled. */
  public static TableName name(SqlIdentifier id) {
    return name(id.names)
        .orElseThrow(
            () ->
                StatementException.at(
                    Code.INVALID,
                    Places.start(id.getParserPosition()),
                    "A table's name has at most three parts: kyma.database.table."));
  }

  /**
   * The table of a name.
   *
   * @throws StatementException if there is none
   */
  public static TableShape table(SqlIdentifier id, Schemas schemas) {
    TableName name = name(id);
    return schemas.table(name).orElseThrow(() -> unknown(id, name, schemas));
  }

  private static StatementException unknown(SqlIdentifier id, TableName name, Schemas schemas) {
    List<String> known = new ArrayList<>();
    for (TableName table : schemas.tables()) {
      boolean same = table.database().equals(Schemas.DEFAULT_DATABASE);
      known.add(same && id.names.size() == 1 ? table.table() : table.toString());
    }
    String wanted = id.names.size() == 1 ? name.table() : name.toString();
    List<String> near = new ArrayList<>(NearNames.of(wanted, known));
    // The right name in another database is the likeliest of all.
    schemas.tables().stream()
        .filter(table -> table.table().equals(name.table()))
        .map(TableName::toString)
        .filter(table -> !near.contains(table))
        .limit(2)
        .forEach(near::addFirst);
    return new StatementException(
        Code.UNKNOWN_TABLE,
        "There is no table \"" + String.join(".", id.names) + "\"." + NearNames.hint(near),
        Optional.of(Places.start(id.getParserPosition())),
        near);
  }
}
