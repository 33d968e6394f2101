package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.FormatException;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.query.core.QueryException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens extents in whatever format they are in. Safe for use by many threads.
 *
 * @param store where extents lie
 * @param formats the formats by name
 * @param exclusion which extents need not be opened
 */
public record Extents(
    ObjectStore store, Map<String, SegmentFormat> formats, ExtentExclusion exclusion) {
  public Extents {
    formats = Map.copyOf(formats);
  }

  /** Extents that only their statistics can rule out. */
  public Extents(ObjectStore store, Map<String, SegmentFormat> formats) {
    this(store, formats, ExtentExclusion.NONE);
  }

  ExtentReader open(ExtentRef extent) {
    SegmentFormat format = formats.get(extent.format());
    if (format == null) {
      throw QueryException.unsupported("the extent format " + extent.format());
    }
    return guarded(
        extent,
        () -> format.open(store, extent.key(), extent.length(), extent.summary().footerChecksum()));
  }

  ScanCursor scan(ExtentRef extent, ExtentReader reader, ScanRequest request) {
    return guarded(extent, () -> reader.scan(request));
  }

  /** Runs a read and says faults of stored bytes in the query's terms. */
  static <T> T guarded(ExtentRef extent, Supplier<T> read) {
    try {
      return read.get();
    } catch (ObjectStoreException.NotFound e) {
      throw new QueryException(
          QueryException.Code.EXTENT_GONE,
          "extent " + extent.key() + " was removed while the query ran",
          e);
    } catch (ObjectStoreException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE, "the object store does not answer", e);
    } catch (CorruptExtentException e) {
      throw new QueryException(QueryException.Code.DATA_CORRUPT, String.valueOf(e.getMessage()), e);
    } catch (FormatException e) {
      throw new QueryException(
          QueryException.Code.DATA_CORRUPT, "extent " + extent.key() + ": " + e.getMessage(), e);
    }
  }
}
