package dev.kyma.ingest.store;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaFingerprint;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.vector.Batch;
import dev.kyma.ingest.core.log.FrameEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Encodes frames once the schema they name is an object and their table is in the archive as it is:
 * with the catalog's database lost, rows in the log of a table nobody knows would be lost as well.
 */
@ApplicationScoped
class StoredSchemaFrames implements FrameEncoder {
  private final SchemaStore schemas;
  private final Catalog catalog;
  private final Archiver archiver;

  // The newest schema of each table: comparing versions is cheaper than comparing schemas.
  private final ConcurrentHashMap<Long, Known> newest = new ConcurrentHashMap<>();

  private record Known(int version, SchemaFingerprint fingerprint) {}

  @Inject
  StoredSchemaFrames(ObjectStore store, Catalog catalog) {
    this.schemas = new SchemaStore(store);
    this.catalog = catalog;
    this.archiver = new Archiver(catalog, store);
  }

  @Override
  public byte[] encode(TableDef table, Batch batch, List<KeyedRows> keys) {
    return FrameWriter.write(
        new LogFrame(
            keys, List.of(new LogFrame.TableRows(table.id(), fingerprint(table), 0, batch))));
  }

  private SchemaFingerprint fingerprint(TableDef table) {
    Known known = newest.get(table.id());
    if (known != null && known.version() == table.schemaVersion()) {
      return known.fingerprint();
    }
    SchemaFingerprint fingerprint = schemas.store(RowShape.inLog(table));
    archiver.through(catalog.snapshot().number());
    newest.put(table.id(), new Known(table.schemaVersion(), fingerprint));
    return fingerprint;
  }
}
