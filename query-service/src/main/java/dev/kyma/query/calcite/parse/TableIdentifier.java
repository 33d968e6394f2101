package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.plan.RowVersions;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The name of a table in FROM, with the state it is read at. */
public final class TableIdentifier extends SqlIdentifier {
  private final transient AsOf asOf;
  private final transient RowVersions versions;

  TableIdentifier(List<String> names, SqlParserPos pos, AsOf asOf, RowVersions versions) {
    super(names, pos);
    this.asOf = asOf;
    this.versions = versions;
  }

  /** The state asked for. */
  public AsOf asOf() {
    return asOf;
  }

  /** The versions asked for. */
  public RowVersions versions() {
    return versions;
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    return new TableIdentifier(names, pos, asOf, versions);
  }

  /** A state of a table as written. */
  public sealed interface AsOf {
    /** The state the statement fixes. */
    AsOf NOW = new Before(0);

    /** A snapshot. */
    record Snapshot(long number) implements AsOf {}

    /** The state at a time, in nanoseconds since 1970. */
    record At(long epochNanos) implements AsOf {}

    /** The state so many nanoseconds before the statement began; 0 for the current one. */
    record Before(long nanos) implements AsOf {}
  }
}
