package dev.kyma.query.core.frontend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of a table to be created or altered; empty ones are left as they are, or to the
 * service's defaults.
 *
 * @param flush when unflushed rows are written to an extent
 * @param retention how long rows are kept by event time
 * @param historyRetention how long replaced versions of a keyed table's rows are kept
 * @param orderBy the columns rows are sorted by in extents
 */
public record TableOptions(
    FlushLimits flush,
    Optional<Keep> retention,
    Optional<Keep> historyRetention,
    List<String> orderBy) {
  /** No option given. */
  public static final TableOptions NONE =
      new TableOptions(FlushLimits.NONE, Optional.empty(), Optional.empty(), List.of());

  public TableOptions {
    orderBy = List.copyOf(orderBy);
  }

  /** For how long something is kept. */
  public sealed interface Keep {
    /** Always. */
    record Forever() implements Keep {}

    /** For a span of time, which may be zero. */
    record For(Duration time) implements Keep {}
  }

  /**
   * Limits of which the first one reached causes a flush.
   *
   * @param rows unflushed rows
   * @param bytes unflushed bytes
   * @param interval age of the oldest unflushed row
   */
  public record FlushLimits(OptionalLong rows, OptionalLong bytes, Optional<Duration> interval) {
    /** No limit given. */
    public static final FlushLimits NONE =
        new FlushLimits(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
