package dev.kyma.catalog.rebuild;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.flush;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A catalog at work, whose database will be lost: random commits, and the objects they name. */
final class LostCatalog {
  private final Catalog catalog;
  private final ObjectStore store;
  private final long seed;
  private final Random random;
  private final List<TableDef> tables = new ArrayList<>();
  private WriteGrant grant;
  private int objects;

  LostCatalog(Catalog catalog, ObjectStore store, long seed) {
    this.catalog = catalog;
    this.store = store;
    this.seed = seed;
    this.random = new Random(seed);
    this.grant = catalog.openGrant("extents");
    this.tables.addAll(catalog.snapshot().tables());
  }

  void put(String key) {
    store.create(key, List.of(ByteBuffer.wrap(key.getBytes(UTF_8))));
  }

  /** Applies commits until the snapshot has a number. */
  void commitTo(long number) {
    while (catalog.snapshot().number() < number) {
      step();
    }
  }

  private void step() {
    int dice = tables.isEmpty() ? 0 : random.nextInt(20);
    if (dice == 0) {
      tables.add(create(catalog, "t" + seed + "-" + objects++, 1 + random.nextInt(3)));
      return;
    }
    TableDef table = tables.get(random.nextInt(tables.size()));
    switch (dice) {
      case 1 -> {
        if (tables.size() > 2) {
          commit(Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))));
          tables.remove(table);
        }
      }
      case 2 -> {
        List<Field> fields = new ArrayList<>(table.schema().fields());
        fields.add(new Field(fields.size() + 1, "c" + fields.size(), LogicalType.INT64, true));
        TableSchema wider = new TableSchema(fields);
        commit(
            Commit.ofTables(
                Kind.WIDEN_SCHEMA,
                List.of(new TableChange.Widen(table.id(), table.schemaVersion(), wider))));
        tables.set(tables.indexOf(table), table.withSchema(wider));
      }
      case 3 -> grant = catalog.openGrant("extents");
      case 4, 5, 6 -> compactSome(table);
      case 7, 8, 9 -> maskSome(table);
      default -> flushSome(table);
    }
  }

  private void commit(Commit commit) {
    committed(catalog.commit(commit, PATIENCE));
  }

  private void flushSome(TableDef table) {
    int log = table.log().ordinal(random.nextInt(table.log().partitions()));
    SourceCursor at = catalog.snapshot().cursor(log).orElseThrow();
    String object = "t" + table.id() + "-" + objects++;
    put(grant.keyPrefix() + object);
    commit(flush(table, grant, at, at.nextOffset() + 1 + random.nextInt(50), object));
  }

  private void compactSome(TableDef table) {
    List<ExtentRef> live = catalog.snapshot().extents(table.id());
    if (live.size() < 2) {
      return;
    }
    Snapshot snapshot = catalog.snapshot();
    List<Removal> inputs =
        live.subList(0, 2).stream()
            .map(extent -> new Removal(extent.key(), snapshot.deleted(extent.key()).cardinality()))
            .toList();
    String key = grant.keyPrefix() + "c" + objects++;
    put(key);
    commit(
        new Commit(
            UUID.randomUUID(),
            Kind.COMPACT,
            grant,
            List.of(extent(table, key, table.log().firstOrdinal(), 0, 5)),
            inputs,
            List.of(),
            List.of(),
            List.of()));
  }

  private void maskSome(TableDef table) {
    List<ExtentRef> live = catalog.snapshot().extents(table.id());
    if (!live.isEmpty()) {
      String key = live.get(random.nextInt(live.size())).key();
      commit(Commit.ofMasks(List.of(new Mask(key, DeletionVector.of(random.nextInt(5))))));
    }
  }
}
