package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StorageView;
import dev.kyma.query.core.frontend.StorageWork;
import dev.kyma.query.statement.NearNames;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** STORAGE, SHOW and KILL. */
final class StorageGrammar {
  private static final List<String> SHOWN =
      List.of("TABLES", "DATABASES", "COLUMNS", "MANIFEST", "EXTENTS", "CURSORS", "TAIL", "JOBS");
  private static final List<String> WORK = List.of("FLUSH", "COMPACT", "CHECK", "ADOPT");

  private final TokenCursor cursor;
  private final TableNameGrammar names;

  StorageGrammar(TokenCursor cursor, TableNameGrammar names) {
    this.cursor = cursor;
    this.names = names;
  }

  ParsedStatement show() {
    cursor.next();
    Token what = cursor.expectLabel("TABLES, DATABASES, COLUMNS, EXTENTS or JOBS");
    return switch (what.text()) {
      case "tables" -> new ParsedStatement.ShowTables(database());
      case "databases", "schemas" -> new ParsedStatement.ShowDatabases();
      case "columns" -> {
        if (!cursor.accept("from")) {
          cursor.expect("in");
        }
        yield new ParsedStatement.Describe(names.table());
      }
      case "manifest" -> storage(StorageView.MANIFEST);
      case "extents" -> storage(StorageView.EXTENTS);
      case "cursors" -> storage(StorageView.CURSORS);
      case "tail" -> storage(StorageView.TAIL);
      case "jobs" -> new ParsedStatement.ShowJobs();
      default -> throw unknown("SHOW", what, SHOWN);
    };
  }

  private ParsedStatement storage(StorageView view) {
    if (!cursor.accept("from") && !cursor.accept("of")) {
      cursor.accept("table");
    }
    return new ParsedStatement.ShowStorage(view, names.table());
  }

  private Optional<String> database() {
    if (!cursor.accept("in") && !cursor.accept("from")) {
      return Optional.empty();
    }
    return Optional.of(databaseName().getSimple());
  }

  /** The name of a database, with or without {@code kyma.} before it. */
  private SqlIdentifier databaseName() {
    Token name = cursor.expectLabel("a database");
    if (cursor.acceptSymbol(".")) {
      name = cursor.expectLabel("a database");
    }
    return new SqlIdentifier(name.text(), Places.of(name));
  }

  private static StatementException unknown(String verb, Token what, List<String> known) {
    String word = what.text().toUpperCase(Locale.ROOT);
    List<String> near = NearNames.of(word, known);
    return new StatementException(
        Code.UNSUPPORTED,
        verb + " " + word + " is not supported." + NearNames.hint(near),
        Optional.of(what.start()),
        near);
  }

  ParsedStatement work() {
    cursor.next();
    Token what = cursor.expectLabel("FLUSH, COMPACT, CHECK or ADOPT LOG");
    return switch (what.text()) {
      case "flush" -> flush();
      case "compact" -> {
        cursor.accept("table");
        yield new ParsedStatement.Compact(names.table());
      }
      case "check" -> check();
      case "adopt" -> {
        cursor.expect("log");
        cursor.accept("table");
        yield new ParsedStatement.AdoptLog(names.table());
      }
      default -> throw unknown("STORAGE", what, WORK);
    };
  }

  private ParsedStatement flush() {
    if (cursor.accept("all")) {
      Optional<SqlIdentifier> database =
          cursor.accept("in") ? Optional.of(databaseName()) : Optional.empty();
      return new ParsedStatement.FlushAll(database);
    }
    cursor.accept("table");
    return new ParsedStatement.FlushTable(names.table());
  }

  private ParsedStatement check() {
    ParsedStatement.CheckTarget target;
    if (cursor.accept("all")) {
      target = new ParsedStatement.CheckTarget.All();
    } else if (cursor.at("storage") && !cursor.peek(1).isSymbol(".")) {
      cursor.next();
      target = new ParsedStatement.CheckTarget.Storage();
    } else {
      cursor.accept("table");
      target = new ParsedStatement.CheckTarget.Table(names.table());
    }
    return new ParsedStatement.Check(
        target, cursor.accept("extended") ? StorageWork.Depth.EXTENDED : StorageWork.Depth.NORMAL);
  }

  ParsedStatement kill() {
    cursor.next();
    Token what = cursor.peek();
    if (!what.is("job")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          what.start(),
          "KILL " + what.text().toUpperCase(Locale.ROOT) + " is not supported; KILL JOB is.");
    }
    cursor.next();
    return new ParsedStatement.KillJob(cursor.expectInteger());
  }
}
