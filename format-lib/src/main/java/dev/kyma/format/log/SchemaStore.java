package dev.kyma.format.log;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.type.TableSchema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Schemas as objects named by fingerprint. Each is written once and remembered once seen. Safe for
 * use by many threads.
 */
public final class SchemaStore implements SchemaSource {
  /** More than any schema's text has; a larger object is not read. */
  private static final int MAX_BYTES = 16 << 20;

  private final ObjectStore store;
  private final ConcurrentMap<SchemaFingerprint, TableSchema> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<TableSchema, SchemaFingerprint> written = new ConcurrentHashMap<>();

  public SchemaStore(ObjectStore store) {
    this.store = store;
  }

  /**
   * Makes sure that a schema is stored, which must be so before a frame names it.
   *
   * @throws dev.kyma.format.io.ObjectStoreException if that could not be made sure
   */
  public SchemaFingerprint store(TableSchema schema) {
    SchemaFingerprint before = written.get(schema);
    if (before != null) {
      return before;
    }
    byte[] text = SchemaCodec.text(schema);
    SchemaFingerprint fingerprint = SchemaCodec.fingerprint(text);
    // Created or there already: the name says the content.
    store.create(fingerprint.objectKey(), List.of(ByteBuffer.wrap(text)));
    known.put(fingerprint, schema);
    written.put(schema, fingerprint);
    return fingerprint;
  }

  @Override
  public TableSchema schema(SchemaFingerprint fingerprint) {
    TableSchema schema = known.get(fingerprint);
    if (schema == null) {
      schema = read(fingerprint);
      known.put(fingerprint, schema);
    }
    return schema;
  }

  private TableSchema read(SchemaFingerprint fingerprint) {
    ObjectStore.Suffix object = store.readSuffix(fingerprint.objectKey(), MAX_BYTES);
    byte[] text = new byte[object.bytes().remaining()];
    object.bytes().get(text);
    if (!SchemaCodec.fingerprint(text).equals(fingerprint)) {
      throw new CorruptSchemaException(fingerprint + " has another content");
    }
    return SchemaCodec.parse(text);
  }
}
