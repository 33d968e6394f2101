package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.index.ExtentFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a merge has stored, and where the rows of its inputs have gone.
 *
 * @param kind what the exchange is: {@code COMPACT}, or {@code RETENTION} when rows were too old
 * @param grant the grant under which the extents were written
 * @param inputs the extents that were merged
 * @param figures what it took
 * @param outputs where the rows that are not deleted are, in their order
 * @param written the extents of {@code outputs}
 * @param history the extents with the deleted rows, if they are kept
 */
record Merged(
    Commit.Kind kind,
    WriteGrant grant,
    List<InputRun> inputs,
    OutputExtents outputs,
    List<OutputExtents.Written> written,
    List<OutputExtents.Written> history,
    CompactionResult.Figures figures) {

  /**
   * The exchange as a commit on a snapshot: it expects the rows to be deleted that are there, and
   * deletes in the new extents what was deleted since the merge began.
   */
  Commit commit(Snapshot newest) {
    List<Removal> removals = new ArrayList<>();
    List<int[]> gone = new ArrayList<>();
    for (InputRun input : inputs) {
      String key = input.extent().key();
      DeletionVector deleted = newest.deleted(key);
      removals.add(new Removal(key, deleted.cardinality()));
      gone.add(input.placesOf(deleted.minus(input.deleted())));
    }
    List<Mask> masks = masks(gone.stream().flatMapToInt(Arrays::stream).sorted().toArray());
    List<ExtentRef> added = new ArrayList<>();
    written.forEach(w -> added.add(w.extent()));
    history.forEach(w -> added.add(w.extent()));
    return new Commit(
        UUID.randomUUID(),
        kind,
        added.isEmpty() ? null : grant,
        added,
        removals,
        masks,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * The masks of the new extents.
   *
   * @param places places among all rows written, ascending
   */
  private List<Mask> masks(int[] places) {
    List<Mask> masks = new ArrayList<>();
    int from = 0;
    while (from < places.length) {
      int extent = outputs.extentOf(places[from]);
      int first = outputs.firstPlace(extent);
      int to = from;
      while (to < places.length && outputs.extentOf(places[to]) == extent) {
        to++;
      }
      int[] rows = Arrays.copyOfRange(places, from, to);
      for (int i = 0; i < rows.length; i++) {
        rows[i] -= first;
      }
      masks.add(new Mask(written.get(extent).extent().key(), DeletionVector.of(rows)));
      from = to;
    }
    return masks;
  }

  /** The filters of the new extents, by key. */
  Map<String, List<ExtentFilter>> filters() {
    Map<String, List<ExtentFilter>> filters = new HashMap<>();
    written.forEach(w -> filters.put(w.extent().key(), w.filters()));
    history.forEach(w -> filters.put(w.extent().key(), w.filters()));
    return filters;
  }
}
