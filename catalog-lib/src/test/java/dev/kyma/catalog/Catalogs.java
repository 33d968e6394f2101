package dev.kyma.catalog;

import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables, extents and commits for tests. */
public final class Catalogs {
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private Catalogs() {}

  public static TableDef table(Catalog catalog, String name, int partitions) {
    long id = catalog.allocateTableId();
    return table(id, name, catalog.allocateLogOrdinals(partitions), partitions);
  }

  public static TableDef table(long id, String name, int firstLog, int partitions) {
    return new TableDef(
        id,
        "default",
        name,
        1,
        TableSchema.of(
            new Field(1, "ts", LogicalType.TIMESTAMP, false),
            new Field(2, "body", LogicalType.TEXT, true)),
        1,
        0,
        List.of(1),
        new FlushPolicy(1_000, 1 << 20, Duration.ofSeconds(5)),
        new LogBinding("kyma.t." + id, "topic-" + id, partitions, firstLog),
        Map.of("RETENTION", "30d"));
  }

  /** A table whose rows have a primary key. */
  public static TableDef keyedTable(long id, String name, int firstLog, int partitions) {
    TableDef table = table(id, name, firstLog, partitions);
    return new TableDef(
        id,
        table.database(),
        name,
        table.schemaVersion(),
        table.schema(),
        table.timeColumn(),
        table.overflowColumn(),
        table.sortColumns(),
        List.of(2, 1),
        table.flushPolicy(),
        table.log(),
        Map.of("retention", "P30D", "default.1", "now()"));
  }

  public static TableDef create(Catalog catalog, String name, int partitions) {
    TableDef table = table(catalog, name, partitions);
    committed(
        catalog.commit(
            Commit.ofTables(Kind.CREATE_TABLE, List.of(new TableChange.Create(table))), PATIENCE));
    return table;
  }

  public static CommitRecord committed(CommitOutcome outcome) {
    if (outcome instanceof CommitOutcome.Committed committed) {
      return committed.record();
    }
    throw new AssertionError(outcome);
  }

  public static ExtentRef extent(TableDef table, String key, int log, long from, long to) {
    ColumnStats body =
        new ColumnStats(
            2,
            LogicalType.TEXT,
            to - from,
            0,
            Constant.of("a"),
            Constant.of("z"),
            false,
            9,
            List.of());
    return new ExtentRef(
        key,
        table.id(),
        "tlm",
        1_000 + from,
        table.schemaVersion(),
        new ExtentSummary(
            to - from,
            (int) from,
            1,
            List.of(1),
            List.of(new LogInterval(log, from, to)),
            from << 20,
            to << 20,
            from * 31,
            List.of(body),
            RowOrder.TABLE,
            0,
            0));
  }

  /** An extent of versions that were replaced, with one tombstone among them. */
  public static ExtentRef historyExtent(TableDef table, String key, int log, long from, long to) {
    ExtentRef extent = extent(table, key, log, from, to);
    ExtentSummary summary = extent.summary();
    return new ExtentRef(
        key,
        table.id(),
        extent.format(),
        extent.length(),
        extent.schemaVersion(),
        new ExtentSummary(
            summary.rows(),
            summary.footerChecksum(),
            summary.timeColumn(),
            summary.sortColumns(),
            summary.logs(),
            summary.minSeq(),
            summary.maxSeq(),
            summary.rowsHash(),
            summary.columns(),
            RowOrder.HISTORY,
            1,
            1));
  }

  /** A flush of the log's records up to an offset into one extent. */
  public static Commit flush(
      TableDef table, WriteGrant grant, SourceCursor at, long to, String object) {
    return new Commit(
        UUID.randomUUID(),
        Kind.FLUSH,
        grant,
        List.of(extent(table, grant.keyPrefix() + object, at.log(), at.nextOffset(), to)),
        List.of(),
        List.of(new CursorMove(at, moved(at, to))),
        List.of(),
        List.of());
  }

  public static SourceCursor moved(SourceCursor cursor, long to) {
    return new SourceCursor(cursor.log(), cursor.topicId(), to, 3, 0);
  }

  public static Commit compact(
      @Nullable WriteGrant grant, List<ExtentRef> add, List<String> remove) {
    return replace(grant, add, remove.stream().map(key -> new Removal(key, 0)).toList());
  }

  /** Extents in the place of others of which some rows may be deleted. */
  public static Commit replace(
      @Nullable WriteGrant grant, List<ExtentRef> add, List<Removal> remove) {
    return new Commit(
        UUID.randomUUID(), Kind.COMPACT, grant, add, remove, List.of(), List.of(), List.of());
  }

  public static Commit mask(String extent, int... rows) {
    return Commit.ofMasks(List.of(new Mask(extent, DeletionVector.of(rows))));
  }
}
