package dev.kyma.compactor.core;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.FormatException;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rows in live extents that new versions of their keys hide. Extents stay open from flush
 * to flush, so what they keep of their footers and key indexes is read once. Safe for use by many
 * threads.
 */
final class ReplacedRows {
  private static final int OPEN_EXTENTS = 512;

  private final ObjectStore store;
  private final SegmentFormat format;
  private final Map<String, ExtentReader> open =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExtentReader> eldest) {
          return size() > OPEN_EXTENTS;
        }
      };

  ReplacedRows(ObjectStore store, SegmentFormat format) {
    this.store = store;
    this.format = format;
  }

  /**
   * The masks of the rows of a snapshot's extents that hold some keys and are not deleted yet.
   *
   * @param log the log partition all versions of the keys come through
   * @throws FormatException if an extent cannot be read, be it because it was removed meanwhile
   */
  List<Mask> masks(Snapshot snapshot, long table, int log, SortedKeys keys) {
    List<Mask> masks = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table)) {
      if (!SortedKeys.mayHold(extent, log)) {
        continue;
      }
      SortedKeys.Run run = keys.within(extent);
      if (run.keys().rowCount() == 0) {
        continue;
      }
      KeyMatches found = reader(extent).find(run.keys());
      DeletionVector hidden = DeletionVector.of(found.rows()).minus(snapshot.deleted(extent.key()));
      if (!hidden.isEmpty()) {
        masks.add(new Mask(extent.key(), hidden));
      }
    }
    return masks;
  }

  private ExtentReader reader(ExtentRef extent) {
    synchronized (open) {
      ExtentReader known = open.get(extent.key());
      if (known != null) {
        return known;
      }
    }
    if (!extent.format().equals(format.name())) {
      throw new IllegalStateException("extent " + extent.key() + " in format " + extent.format());
    }
    ExtentReader reader =
        format.open(store, extent.key(), extent.length(), extent.summary().footerChecksum());
    synchronized (open) {
      open.put(extent.key(), reader);
    }
    return reader;
  }
}
