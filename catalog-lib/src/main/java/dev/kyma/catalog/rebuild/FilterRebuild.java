package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The filters of live extents, which are no part of the archive, from the extents themselves. They
 * only speed reading up: an extent whose filters cannot be read goes without. Used by one thread.
 */
final class FilterRebuild {
  private static final int EXTENTS_PER_WRITE = 100;
  private static final int PROGRESS_EVERY = 5_000;

  private final ObjectStore store;
  private final Map<String, SegmentFormat> formats;
  private final Catalog catalog;
  private final Consumer<String> progress;
  private long unread;

  FilterRebuild(
      ObjectStore store,
      Map<String, SegmentFormat> formats,
      Catalog catalog,
      Consumer<String> progress) {
    this.store = store;
    this.formats = formats;
    this.catalog = catalog;
    this.progress = progress;
  }

  /** Stores them; answers of how many extents they could not be read. */
  long run() {
    Snapshot snapshot = catalog.snapshot();
    long done = 0;
    for (TableDef table : snapshot.tables()) {
      Map<String, List<ExtentFilter>> filters = new HashMap<>();
      for (ExtentRef extent : snapshot.extents(table.id())) {
        List<ExtentFilter> read = read(extent);
        if (!read.isEmpty()) {
          filters.put(extent.key(), read);
        }
        if (filters.size() == EXTENTS_PER_WRITE) {
          catalog.storeFilters(table.id(), filters);
          filters.clear();
        }
        if (++done % PROGRESS_EVERY == 0) {
          progress.accept("read the filters of " + done + " extents");
        }
      }
      if (!filters.isEmpty()) {
        catalog.storeFilters(table.id(), filters);
      }
    }
    return unread;
  }

  private List<ExtentFilter> read(ExtentRef extent) {
    SegmentFormat format = formats.get(extent.format());
    if (format == null) {
      unread++;
      return List.of();
    }
    try {
      return format.open(store, extent.key(), extent.length()).filters();
    } catch (CorruptExtentException | ObjectStoreException.NotFound e) {
      unread++;
      return List.of();
    }
  }
}
