package dev.kyma.format;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.type.TableSchema;

/**
 * A way to store extents: the port through which everything above writes and reads them.
 *
 * <p>Planner, engine, catalog and flush know this interface and never a format's own classes.
 * Implementations are stateless and safe for use by many threads.
 */
public interface SegmentFormat {

  /** The name under which the catalog records which format an extent is in, for example "tlm". */
  String name();

  /**
   * Starts an extent.
   *
   * @param schema the columns of the batches that will be appended: the table's own followed by
   *     {@link dev.kyma.format.type.SystemColumns#LOG} and {@link
   *     dev.kyma.format.type.SystemColumns#SEQ}
   * @param options what to record and how much work to spend
   */
  ExtentWriter write(TableSchema schema, ExtentOptions options);

  /**
   * Opens an extent for reading. Reads the footer only, with one suffix read unless it is cached.
   *
   * @param store where the object lies
   * @param key the object's key
   * @param length the object's length in bytes as the catalog knows it
   * @throws CorruptExtentException if the object is not a whole extent of this format
   * @throws dev.kyma.format.io.ObjectStoreException if the object cannot be read
   */
  ExtentReader open(ObjectStore store, String key, long length);

  /**
   * Reads the whole object and compares every byte with what its checksums say, whatever was read
   * of it before.
   *
   * @throws CorruptExtentException if a byte is not what was written
   * @throws dev.kyma.format.io.ObjectStoreException if the object cannot be read
   */
  void verify(ObjectStore store, String key, long length);

  /** This format, remembering nothing of what it reads: for checking what is really stored. */
  SegmentFormat uncached();

  /**
   * Opens an extent whose footer is known: an object that was swapped for another whole extent is
   * refused too.
   *
   * @param footerChecksum {@link ExtentSummary#footerChecksum} as the catalog knows it
   * @throws CorruptExtentException if the object is not that extent
   * @throws dev.kyma.format.io.ObjectStoreException if the object cannot be read
   */
  default ExtentReader open(ObjectStore store, String key, long length, int footerChecksum) {
    ExtentReader reader = open(store, key, length);
    int found = reader.summary().footerChecksum();
    if (found != footerChecksum) {
      throw new CorruptExtentException(
          key,
          length,
          "footer checksum " + Integer.toHexString(footerChecksum),
          Integer.toHexString(found));
    }
    return reader;
  }
}
