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

  /**
   * @param names the name as written
   * @param asOf the state to read
   * @param versions the versions to read
   */
  public TableIdentifier(List<String> names, SqlParserPos pos, AsOf asOf, RowVersions versions) {
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
    AsOf NOW = new Current();

    /** See {@link #NOW}. */
    record Current() implements AsOf {}

    /** A snapshot. */
    record Snapshot(long number) implements AsOf {}

    /** The state at a time: an expression over no columns. */
    record At(SqlNode time) implements AsOf {}
  }
}
