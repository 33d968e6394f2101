package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.RowOrder;
import java.util.List;
import java.util.Locale;

/**
 * Extents of one table that are to be replaced by others.
 *
 * @param table the table's id
 * @param order the order all of them are in
 * @param reason why
 * @param inputs the extents
 */
public record CompactionTask(long table, RowOrder order, Reason reason, List<ExtentRef> inputs) {

  /** Why extents are merged. */
  public enum Reason {
    /** There are many extents that flush wrote. */
    RUNS,
    /** Many rows lie in extents that flush wrote. */
    ROWS,
    /** An extent that flush wrote has been waiting for long. */
    AGE,
    /** There are many extents of one size. */
    SIZE,
    /** Many rows are deleted. */
    DELETED,
    /** The rows are not in the order the table has today. */
    ORDER,
    /** Someone asked for it. */
    ASKED;

    /** The stable name of the reason. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CompactionTask {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("nothing to merge");
    }
  }

  /** How many rows the inputs hold, deleted ones included. */
  public long rows() {
    return inputs.stream().mapToLong(input -> input.summary().rows()).sum();
  }

  /** How many bytes the inputs have. */
  public long bytes() {
    return inputs.stream().mapToLong(ExtentRef::length).sum();
  }
}
