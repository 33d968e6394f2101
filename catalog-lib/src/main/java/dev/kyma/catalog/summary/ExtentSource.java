package dev.kyma.catalog.summary;

import dev.kyma.catalog.ExtentRef;
import java.util.List;
import java.util.Map;

/** Where extents are that memory holds summaries of only. Safe for use by many threads. */
@FunctionalInterface
public interface ExtentSource {
  /**
   * The extents with some keys.
   *
   * @return all that are known, by key
   * @throws dev.kyma.catalog.CatalogException.Unavailable if it cannot be asked
   */
  Map<String, ExtentRef> read(List<String> keys);
}
