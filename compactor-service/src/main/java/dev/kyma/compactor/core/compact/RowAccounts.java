package dev.kyma.compactor.core.compact;

import dev.kyma.format.ExtentSummary;
import dev.kyma.format.stats.RowHashes;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;

/**
 * What a task took in and what it wrote or dropped, as numbers of rows and as the hash of their
 * multiset: both must be the same before anything is committed. Used by one thread.
 */
final class RowAccounts {
  private final TableSchema stored;
  private long rowsIn;
  private long hashIn;
  private long rowsOut;
  private long hashOut;
  private long dropped;
  private long expired;

  /**
   * @param stored the columns of all batches
   */
  RowAccounts(TableSchema stored) {
    this.stored = stored;
  }

  /** Takes in an extent whose columns still have the types it was written with. */
  void takeIn(ExtentSummary summary) {
    rowsIn += summary.rows();
    hashIn += summary.rowsHash();
  }

  /** Takes in rows whose hash is not known, because a wider type may hash otherwise. */
  void takeIn(Batch rows) {
    rowsIn += rows.rowCount();
    hashIn += RowHashes.of(rows, stored);
  }

  /** Rows that are not written because they are too old. */
  void expire(Batch rows) {
    expired += rows.rowCount();
    drop(rows);
  }

  /** How many rows were too old. */
  long expired() {
    return expired;
  }

  /** Rows that are not written. */
  void drop(Batch rows) {
    dropped += rows.rowCount();
    rowsOut += rows.rowCount();
    hashOut += RowHashes.of(rows, stored);
  }

  /** An extent was written. */
  void wrote(ExtentSummary summary) {
    rowsOut += summary.rows();
    hashOut += summary.rowsHash();
  }

  long rowsIn() {
    return rowsIn;
  }

  long dropped() {
    return dropped;
  }

  /**
   * Compares.
   *
   * @throws RowsChangedException if a row was lost, doubled or changed
   */
  void check() {
    if (rowsIn != rowsOut || hashIn != hashOut) {
      throw new RowsChangedException(
          rowsIn
              + " rows of hash "
              + Long.toHexString(hashIn)
              + " became "
              + rowsOut
              + " of "
              + Long.toHexString(hashOut));
    }
  }
}
