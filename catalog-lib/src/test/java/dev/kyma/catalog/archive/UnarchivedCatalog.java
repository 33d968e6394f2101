package dev.kyma.catalog.archive;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.WriteGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A catalog with a mark of its own of what is archived, from zero; all else is another's. */
final class UnarchivedCatalog implements Catalog {
  private final Catalog catalog;
  private long archived;

  UnarchivedCatalog(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Snapshot snapshot() {
    return catalog.snapshot();
  }

  @Override
  public Snapshot snapshot(Duration maxAge) {
    return catalog.snapshot(maxAge);
  }

  @Override
  public CommitOutcome commit(Commit commit, Duration patience) {
    return catalog.commit(commit, patience);
  }

  @Override
  public Optional<CommitRecord> find(UUID commitId) {
    return catalog.find(commitId);
  }

  @Override
  public List<CommitRecord> commits(long after, int limit) {
    return catalog.commits(after, Math.min(limit, 4));
  }

  @Override
  public long allocateTableId() {
    return catalog.allocateTableId();
  }

  @Override
  public int allocateLogOrdinals(int partitions) {
    return catalog.allocateLogOrdinals(partitions);
  }

  @Override
  public WriteGrant openGrant(String purpose) {
    return catalog.openGrant(purpose);
  }

  @Override
  public void closeGrant(WriteGrant grant) {
    catalog.closeGrant(grant);
  }

  @Override
  public List<WriteGrant> revokeGrantsOpenedBefore(Instant instant) {
    return catalog.revokeGrantsOpenedBefore(instant);
  }

  @Override
  public long archivedThrough() {
    return archived;
  }

  @Override
  public void archivedThrough(long snapshotNumber) {
    archived = Math.max(archived, snapshotNumber);
  }

  @Override
  public Instant now() {
    return catalog.now();
  }

  @Override
  public void close() {}
}
