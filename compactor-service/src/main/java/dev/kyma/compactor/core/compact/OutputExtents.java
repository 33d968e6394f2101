package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.compactor.core.ExtentObjects;
import dev.kyma.compactor.core.WriteGrants;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, which come in order, into extents one after another; each is stored as soon as it is
 * full, so that the rows of at most one are held. Used by one thread.
 */
final class OutputExtents {

  /** What all extents have in common. */
  record Shape(TableDef table, TableSchema stored, ExtentOptions options) {}

  /** Where extents go. */
  record Target(
      SegmentFormat format, ExtentObjects objects, WriteGrants grants, WriteGrant grant) {}

  /** An extent that is stored. */
  record Written(ExtentRef extent, List<ExtentFilter> filters) {}

  private final Shape shape;
  private final Target target;
  private final RowAccounts accounts;
  private final int maxRows;
  private final long maxBytes;
  private final List<Written> written = new ArrayList<>();
  private int[] ends = new int[8];
  private @Nullable ExtentWriter writer;
  private HeldBytes held = new HeldBytes();
  private int rows;

  /**
   * @param maxRows the most rows of an extent
   * @param maxBytes the most memory the rows of an extent may take before they are written
   */
  OutputExtents(Shape shape, Target target, RowAccounts accounts, int maxRows, long maxBytes) {
    this.shape = shape;
    this.target = target;
    this.accounts = accounts;
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** Adds rows behind all others. */
  void append(Batch batch) {
    int from = 0;
    while (from < batch.rowCount()) {
      int count = room(batch, from);
      Batch part = Slice.of(batch, from, count);
      ExtentWriter open = writer;
      if (open == null) {
        open = target.format().write(shape.stored(), shape.options());
        writer = open;
      }
      open.append(part);
      held.add(part);
      rows += count;
      from += count;
      if (rows == maxRows || held.bytes() >= maxBytes) {
        cut();
      }
    }
  }

  /** How many of the rows from a place on still go into this extent, at least one. */
  private int room(Batch batch, int from) {
    int left = batch.rowCount() - from;
    long width = Math.max(1, HeldBytes.of(batch) / batch.rowCount());
    long fitting = Math.max(1, (maxBytes - held.bytes() + width - 1) / width);
    return (int) Math.min(Math.min(left, maxRows - rows), fitting);
  }

  /** Writes what is left and answers all extents in the order of their rows. */
  List<Written> finish() {
    cut();
    return List.copyOf(written);
  }

  /** Ends the extent that is being written, if there is one. */
  void cut() {
    ExtentWriter open = writer;
    if (open == null) {
      return;
    }
    WrittenExtent extent = open.finish();
    ExtentRef ref =
        new ExtentRef(
            target.grants().newKey(target.grant(), shape.table().id()),
            shape.table().id(),
            target.format().name(),
            extent.length(),
            shape.table().schemaVersion(),
            extent.summary());
    if (!target.objects().store(ref.key(), extent)) {
      throw new KeyTakenException(ref.key());
    }
    accounts.wrote(extent.summary());
    if (written.size() == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    int before = written.isEmpty() ? 0 : ends[written.size() - 1];
    ends[written.size()] = before + rows;
    written.add(new Written(ref, extent.filters()));
    writer = null;
    held = new HeldBytes();
    rows = 0;
  }

  /** In which extent a row is, by its place among all rows written. */
  int extentOf(int place) {
    int found = Arrays.binarySearch(ends, 0, written.size(), place);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The place among all rows written of an extent's first row. */
  int firstPlace(int extent) {
    return extent == 0 ? 0 : ends[extent - 1];
  }
}
