package dev.kyma.catalog;

import dev.kyma.format.index.ExtentFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A catalog that hands everything to another; subclasses change single answers. */
public abstract class ForwardingCatalog implements Catalog {
  protected final Catalog catalog;

  protected ForwardingCatalog(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Snapshot snapshot() {
    return catalog.snapshot();
  }

  @Override
  public Snapshot snapshot(Duration fresh, Duration stale) {
    return catalog.snapshot(fresh, stale);
  }

  @Override
  public CommitOutcome commit(
      Commit commit, Map<String, List<ExtentFilter>> filters, Duration patience) {
    return catalog.commit(commit, filters, patience);
  }

  @Override
  public Set<String> excluded(long table, int column, long hash) {
    return catalog.excluded(table, column, hash);
  }

  @Override
  public void storeFilters(long table, Map<String, List<ExtentFilter>> filters) {
    catalog.storeFilters(table, filters);
  }

  @Override
  public Snapshot at(long number) {
    return catalog.at(number);
  }

  @Override
  public Snapshot at(Instant instant) {
    return catalog.at(instant);
  }

  @Override
  public void pin(String name, long number) {
    catalog.pin(name, number);
  }

  @Override
  public void unpin(String name) {
    catalog.unpin(name);
  }

  @Override
  public List<Pin> pins() {
    return catalog.pins();
  }

  @Override
  public List<Garbage> garbage(Duration minAge, int limit) {
    return catalog.garbage(minAge, limit);
  }

  @Override
  public void collected(List<String> keys) {
    catalog.collected(keys);
  }

  @Override
  public Set<String> addedBefore(long table, Instant instant) {
    return catalog.addedBefore(table, instant);
  }

  @Override
  public Set<String> named(List<String> keys) {
    return catalog.named(keys);
  }

  @Override
  public Optional<CommitRecord> find(UUID commitId) {
    return catalog.find(commitId);
  }

  @Override
  public List<CommitRecord> commits(long after, int limit) {
    return catalog.commits(after, limit);
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
  public List<WriteGrant> revokedGrants() {
    return catalog.revokedGrants();
  }

  @Override
  public void forgetGrant(WriteGrant grant) {
    catalog.forgetGrant(grant);
  }

  @Override
  public Jobs jobs() {
    return catalog.jobs();
  }

  @Override
  public long archivedThrough() {
    return catalog.archivedThrough();
  }

  @Override
  public void archivedThrough(long snapshotNumber) {
    catalog.archivedThrough(snapshotNumber);
  }

  @Override
  public Instant now() {
    return catalog.now();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
