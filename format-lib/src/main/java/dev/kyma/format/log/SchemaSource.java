package dev.kyma.format.log;

import dev.kyma.format.type.TableSchema;

/** Where frames' schemas are looked up. Safe for use by many threads. */
@FunctionalInterface
public interface SchemaSource {
  /**
   * The schema with a fingerprint.
   *
   * @throws dev.kyma.format.io.ObjectStoreException.NotFound if there is none
   * @throws dev.kyma.format.io.ObjectStoreException.Unavailable if that cannot be found out now
   * @throws CorruptSchemaException if what is stored is not that schema
   */
  TableSchema schema(SchemaFingerprint fingerprint);
}
