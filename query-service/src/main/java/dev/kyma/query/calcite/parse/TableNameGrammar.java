package dev.kyma.query.calcite.parse;

import dev.kyma.query.statement.TokenCursor;
import org.apache.calcite.sql.SqlIdentifier;

/** The name of the table that a statement is about. */
final class TableNameGrammar {
  private final TokenCursor cursor;
  private final FromGrammar from;

  TableNameGrammar(TokenCursor cursor, QueryGrammar queries) {
    this.cursor = cursor;
    this.from = new FromGrammar(cursor, queries);
  }

  SqlIdentifier table() {
    if (!cursor.atName() && !cursor.at("default")) {
      throw cursor.unexpected("a table");
    }
    return PrimaryGrammar.identifier(cursor, from.name());
  }
}
