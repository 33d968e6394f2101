package dev.kyma.compactor.core.compact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What compaction is doing in this process.
 *
 * @param running tasks under way
 * @param committed how many tasks were committed since the start
 * @param discarded how many were discarded because others had changed the same extents
 * @param rows how many rows were read by committed tasks
 * @param bytesWritten how many bytes were written by committed tasks
 * @param flushRuns how many live extents, over all tables, are as flush wrote them
 * @param extents how many extents are live over all tables
 * @param lastError the last thing that went wrong, kept for people; empty when nothing did
 */
public record CompactionStatus(
    List<Running> running,
    long committed,
    long discarded,
    long rows,
    long bytesWritten,
    long flushRuns,
    long extents,
    Optional<String> lastError) {

  /** Before anything was done. */
  public static final CompactionStatus NONE =
      new CompactionStatus(List.of(), 0, 0, 0, 0, 0, 0, Optional.empty());

  public CompactionStatus {
    running = List.copyOf(running);
  }

  /**
   * A task under way.
   *
   * @param table the table's id
   * @param order the order of its extents
   * @param reason why it is done
   * @param inputs how many extents are merged
   * @param step what it does, a word
   * @param rowsDone how many rows are done
   * @param rowsTotal of how many
   * @param since when it began
   */
  public record Running(
      long table,
      String order,
      String reason,
      int inputs,
      String step,
      long rowsDone,
      long rowsTotal,
      Instant since) {}
}
