package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.jdbc.CatalogRestore;
import dev.kyma.catalog.jdbc.CatalogRestore.Counters;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the catalog of a bucket anew: the newest checkpoint of its archive and the commits after it
 * are the state; commits before it are history. Rows behind the archived cursors are still in the
 * log and are flushed again under grants of the new catalog.
 *
 * <p>No service of this catalog may run meanwhile, nor one that still uses the lost database.
 */
public final class CatalogRebuild {
  private final ObjectStore store;
  private final CommitArchive archive;
  private final JdbcCatalogConfig database;
  private final Map<String, SegmentFormat> formats;
  private final Consumer<String> progress;
  private final NamedIds ids = new NamedIds();
  private final ObjectCensus census = new ObjectCensus();

  private CatalogRebuild(
      ObjectStore store,
      Map<String, SegmentFormat> formats,
      JdbcCatalogConfig database,
      Consumer<String> progress) {
    this.store = store;
    this.formats = formats;
    this.archive = new CommitArchive(store);
    this.database = database;
    this.progress = progress;
  }

  /**
   * Rebuilds a catalog.
   *
   * @param formats what extents are written in, by name
   * @param database an empty database, or one that does not exist yet
   * @param progress is told from time to time what is being done
   * @throws dev.kyma.catalog.CatalogException.NotEmpty if a catalog is in the database
   * @throws dev.kyma.catalog.CatalogException.Corrupt if there is no archive, or it contradicts
   *     itself; the database stays empty
   * @throws dev.kyma.catalog.CatalogException.Unavailable if the database fails
   * @throws dev.kyma.format.io.ObjectStoreException if the bucket fails
   */
  public static RebuildReport run(
      ObjectStore store,
      Map<String, SegmentFormat> formats,
      JdbcCatalogConfig database,
      Consumer<String> progress) {
    CatalogRebuild rebuild = new CatalogRebuild(store, formats, database, progress);
    RebuildReport report = rebuild.run();
    return rebuild.withFilters(report);
  }

  /** The catalog is whole by now; whoever dies here has a catalog that reads more than it must. */
  private RebuildReport withFilters(RebuildReport report) {
    progress.accept("reading the filters of extents");
    try (Catalog catalog = JdbcCatalog.open(database)) {
      long unread = new FilterRebuild(store, formats, catalog, progress).run();
      return unread == 0
          ? report
          : report.withNote("The filters of " + unread + " extents could not be read.");
    }
  }

  private RebuildReport run() {
    try (CatalogRestore restore = CatalogRestore.begin(database)) {
      progress.accept("reading the archive");
      ArchiveReading reading = new ArchiveReading(archive, progress);
      RebuildMarks marks = new RebuildMarks(store);
      marks.newest().ifPresent(ids::add);
      reading.run(
          new ArchiveReading.Target() {
            @Override
            public void commit(FoldedSnapshot before, CommitRecord record) {
              ids.add(record.commit());
              census.add(before, record);
              restore.commit(record);
            }

            @Override
            public void restart() {
              census.restart();
              restore.forgetCommits();
            }
          });
      FoldedSnapshot newest = reading.newest();
      ids.add(reading.oldest());
      ids.add(newest);
      progress.accept("listing the bucket");
      census.count(newest, store, ids, restore.now());
      Counters counters = ids.next();
      long mark = marks.create(newest.number(), counters);
      List<String> unusable = reading.unusable();
      unusable.forEach(key -> setAside(key, mark));
      List<WriteGrant> grants = ids.grants();
      progress.accept("writing the database");
      long horizon = Math.max(census.horizon(), reading.oldest().number());
      restore.finish(
          new CatalogRestore.State(
              reading.oldest(),
              newest,
              counters,
              grants,
              census.added(),
              census.garbage(),
              horizon));
      return new RebuildReport(
          newest.number(),
          newest.time(),
          horizon,
          reading.believed().number(),
          newest.tables().size(),
          newest.extentCount(),
          census.missing(),
          census.garbage().size(),
          census.orphans(),
          grants.size(),
          unusable,
          reading.notes());
    }
  }

  /** Moves an object of the archive to where nobody looks for it. */
  private void setAside(String key, long mark) {
    long length = store.stat(key).orElseThrow().length();
    List<ByteBuffer> content = List.of(store.read(key, 0, Math.toIntExact(length)));
    String aside = String.format(Locale.ROOT, "_setaside/%020d/%s", mark, key);
    store.create(aside, content);
    store.delete(List.of(key));
  }
}
