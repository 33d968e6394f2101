package dev.kyma.catalog.archive;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ForwardingCatalog;
import java.util.List;

/** A catalog with a mark of its own of what is archived, from zero; all else is another's. */
final class UnarchivedCatalog extends ForwardingCatalog {
  private long archived;

  UnarchivedCatalog(Catalog catalog) {
    super(catalog);
  }

  @Override
  public List<CommitRecord> commits(long after, int limit) {
    return catalog.commits(after, Math.min(limit, 4));
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
  public void close() {}
}
