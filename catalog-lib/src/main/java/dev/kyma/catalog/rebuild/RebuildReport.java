package dev.kyma.catalog.rebuild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rebuild found and made.
 *
 * @param snapshot the number of the newest snapshot, which is the last archived commit's
 * @param time when that commit was applied
 * @param oldest the oldest snapshot that can be read again
 * @param checkpoint the checkpoint the state was taken from, 0 when from the first commit on
 * @param tables how many tables there are
 * @param extents how many extents are live
 * @param missing keys of live extents that are not in the bucket: rows that are lost
 * @param garbage how many objects are named by past snapshots only
 * @param orphans how many objects lie under write grants and are named by no archived commit
 * @param revokedGrants how many write grants of the lost catalog are known and revoked
 * @param setAside objects of the archive that could not be used, under their old keys
 * @param notes what the operator should know, a sentence each
 */
public record RebuildReport(
    long snapshot,
    Instant time,
    long oldest,
    long checkpoint,
    int tables,
    long extents,
    List<String> missing,
    long garbage,
    long orphans,
    int revokedGrants,
    List<String> setAside,
    List<String> notes) {
  public RebuildReport {
    missing = List.copyOf(missing);
    setAside = List.copyOf(setAside);
    notes = List.copyOf(notes);
  }

  RebuildReport withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new RebuildReport(
        snapshot,
        time,
        oldest,
        checkpoint,
        tables,
        extents,
        missing,
        garbage,
        orphans,
        revokedGrants,
        setAside,
        more);
  }
}
