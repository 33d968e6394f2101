package dev.kyma.compactor.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kyma.compactor.core.PartitionState;
import dev.kyma.compactor.core.PartitionStatus;
import dev.kyma.compactor.core.Upkeep;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.compactor.core.gc.Cleanup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the compactor is doing.
 *
 * @param partitions every log partition this process flushes
 * @param archive how far the archive of commits is
 * @param compaction what is being merged
 * @param gc what was taken away
 */
public record StatusAnswer(
    List<Partition> partitions,
    @Nullable Archive archive,
    @Nullable Compaction compaction,
    @Nullable Gc gc) {

  /** One log partition. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Partition(
      String table,
      @JsonProperty("table_id") long tableId,
      String topic,
      int partition,
      int log,
      long cursor,
      @JsonProperty("end_offset") long endOffset,
      long lag,
      @JsonProperty("waiting_rows") long waitingRows,
      @JsonProperty("oldest_append") @Nullable String oldestAppend,
      String state,
      @Nullable String code,
      @Nullable String detail,
      @JsonProperty("last_error") @Nullable String lastError) {

    static Partition of(PartitionStatus status) {
      PartitionState state = status.state();
      return new Partition(
          status.tableName(),
          status.table(),
          status.topic(),
          status.partition(),
          status.log(),
          status.cursor(),
          status.endOffset(),
          status.lag(),
          status.waitingRows(),
          status.oldestAppend().map(Object::toString).orElse(null),
          state.id(),
          code(state),
          detail(state),
          status.lastError().orElse(null));
    }

    private static @Nullable String code(PartitionState state) {
      return switch (state) {
        case PartitionState.BackingOff off -> off.code();
        case PartitionState.Stopped stopped -> stopped.code();
        case PartitionState.Loading _, PartitionState.Reading _, PartitionState.Flushing _ -> null;
      };
    }

    private static @Nullable String detail(PartitionState state) {
      return switch (state) {
        case PartitionState.BackingOff off -> off.detail();
        case PartitionState.Stopped stopped -> stopped.detail();
        case PartitionState.Loading _, PartitionState.Reading _, PartitionState.Flushing _ -> null;
      };
    }
  }

  /** How far the archive is. */
  public record Archive(
      @JsonProperty("archived_through") long archivedThrough,
      long newest,
      @JsonProperty("lag_seconds") double lagSeconds) {

    static Archive of(Upkeep.Status status) {
      return new Archive(
          status.archivedThrough(), status.newest(), status.lag().toMillis() / 1_000.0);
    }
  }

  /** What is being merged and what has been since the start. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Compaction(
      List<Merge> running,
      long committed,
      long discarded,
      long rows,
      @JsonProperty("bytes_written") long bytesWritten,
      @JsonProperty("flushed_extents") long flushedExtents,
      long extents,
      @JsonProperty("last_error") @Nullable String lastError) {

    static Compaction of(CompactionStatus status) {
      return new Compaction(
          status.running().stream().map(Merge::of).toList(),
          status.committed(),
          status.discarded(),
          status.rows(),
          status.bytesWritten(),
          status.flushRuns(),
          status.extents(),
          status.lastError().orElse(null));
    }
  }

  /** A merge under way. */
  public record Merge(
      @JsonProperty("table_id") long tableId,
      String order,
      String reason,
      int inputs,
      String step,
      @JsonProperty("rows_done") long rowsDone,
      @JsonProperty("rows_total") long rowsTotal,
      String since) {

    static Merge of(CompactionStatus.Running running) {
      return new Merge(
          running.table(),
          running.order(),
          running.reason(),
          running.inputs(),
          running.step(),
          running.rowsDone(),
          running.rowsTotal(),
          running.since().toString());
    }
  }

  /** What was taken away since the start. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gc(
      @JsonProperty("garbage_removed") long garbageRemoved,
      @JsonProperty("orphans_removed") long orphansRemoved,
      long refused,
      @JsonProperty("extents_expired") long extentsExpired,
      @JsonProperty("last_error") @Nullable String lastError) {

    static Gc of(Cleanup.Status status) {
      return new Gc(
          status.removed().garbage(),
          status.removed().orphans(),
          status.removed().refused(),
          status.expired(),
          status.lastError().orElse(null));
    }
  }
}
