package dev.kyma.query.core;

import dev.kyma.format.type.Field;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.read.VirtualTables;
import java.util.Optional;
import java.util.TreeSet;

/** The answers of statements about tables. Stateless. */
final class Answers {
  private Answers() {}

  static RowsAnswer describe(TableShape table) {
    RowsAnswer answer =
        new RowsAnswer()
            .text("column_name")
            .text("data_type")
            .text("is_nullable")
            .text("column_default")
            .text("key");
    for (Field field : table.schema().fields()) {
      int place = table.primaryKey().indexOf(field.id());
      answer.row(
          field.name(),
          field.type().sqlName(),
          field.nullable() ? "YES" : "NO",
          table.defaults().get(field.id()),
          place < 0 ? null : table.primaryKey().size() == 1 ? "PRIMARY" : "PRIMARY " + (place + 1));
    }
    return answer;
  }

  static RowsAnswer tables(Schemas schemas, Optional<String> database) {
    RowsAnswer answer = new RowsAnswer().text("database").text("table");
    for (TableName name : schemas.tables()) {
      boolean wanted = database.map(name.database()::equals).orElse(!isVirtual(name.database()));
      if (wanted) {
        answer.row(name.database(), name.table());
      }
    }
    return answer;
  }

  static RowsAnswer databases(Schemas schemas) {
    TreeSet<String> databases = new TreeSet<>();
    databases.add(Schemas.DEFAULT_DATABASE);
    schemas.tables().forEach(name -> databases.add(name.database()));
    RowsAnswer answer = new RowsAnswer().text("database");
    databases.forEach(answer::row);
    return answer;
  }

  private static boolean isVirtual(String database) {
    return database.equals(VirtualTables.DATABASE);
  }
}
