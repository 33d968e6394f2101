package dev.kyma.query.core.storage;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.service.report.Report;
import dev.kyma.service.report.StorageReports;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What SHOW answers about storage and jobs. Safe for use by many threads. */
public final class StorageViews {
  private static final int MOST_JOBS = 1_000;

  private final Catalog catalog;
  private final TailLog log;

  public StorageViews(Catalog catalog, TailLog log) {
    this.catalog = catalog;
    this.log = log;
  }

  /**
   * One view of one table.
   *
   * @param snapshot what is shown
   * @param tailRows how many rows of each of a table's log partitions, by ordinal, are in no extent
   *     yet; only asked for where that is shown
   */
  public Report show(
      Statement.ShowStorage statement,
      Snapshot snapshot,
      Function<TableDef, Map<Integer, Long>> tailRows) {
    TableDef table = snapshot.table(Long.parseLong(statement.table().table().id())).orElseThrow();
    return switch (statement.view()) {
      case MANIFEST -> StorageReports.manifest(snapshot, table);
      case EXTENTS -> StorageReports.extents(snapshot, table);
      case CURSORS -> StorageReports.cursors(snapshot, table, log.ends(List.of(table.log())));
      case TAIL -> tail(snapshot, table, tailRows.apply(table));
    };
  }

  private Report tail(Snapshot snapshot, TableDef table, Map<Integer, Long> rows) {
    Map<Integer, Long> ends = log.ends(List.of(table.log()));
    Report.Builder report =
        Report.of()
            .integer("partition")
            .integer("log")
            .integer("from_offset")
            .integer("end_offset")
            .integer("rows");
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      int ordinal = table.log().ordinal(partition);
      long from = snapshot.cursor(ordinal).map(SourceCursor::nextOffset).orElse(0L);
      report.row(
          partition,
          ordinal,
          from,
          Math.max(from, ends.getOrDefault(ordinal, from)),
          rows.getOrDefault(ordinal, 0L));
    }
    return report.build();
  }

  /** The newest jobs, newest first. */
  public Report jobs(Snapshot snapshot) {
    try {
      return StorageReports.jobs(catalog.jobs().list(MOST_JOBS), snapshot);
    } catch (CatalogException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE, "the catalog does not answer", e);
    }
  }
}
