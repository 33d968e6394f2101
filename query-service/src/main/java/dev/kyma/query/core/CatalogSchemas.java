package dev.kyma.query.core;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.TableRef;
import dev.kyma.query.core.read.VirtualTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The tables of a snapshot, and those of {@code information_schema}, as planning sees them. */
public final class CatalogSchemas implements Schemas {
  /** The column in which bare names are looked up beside the overflow column. */
  private static final String ATTRIBUTES = "attributes";

  private final Snapshot snapshot;
  private final long version;

  public CatalogSchemas(Snapshot snapshot) {
    this.snapshot = snapshot;
    long hash = 1;
    for (TableDef table : snapshot.tables()) {
      // A sum does not depend on the order of tables; ids never come back.
      long own = table.id() * 0x9E3779B97F4A7C15L + table.schemaVersion();
      hash += (own ^ own >>> 29) * 0xBF58476D1CE4E5B9L;
    }
    this.version = hash;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Optional<TableShape> table(TableName name) {
    Optional<TableShape> virtual = VirtualTables.shape(name);
    return virtual.isPresent()
        ? virtual
        : snapshot.table(name.database(), name.table()).map(this::shape);
  }

  private TableShape shape(TableDef table) {
    List<Integer> overflow = new ArrayList<>();
    if (table.overflowColumn() != 0) {
      overflow.add(table.overflowColumn());
    }
    for (Field field : table.schema().fields()) {
      if (field.name().equals(ATTRIBUTES)
          && field.type().kind() == LogicalType.Kind.DYNAMIC
          && field.id() != table.overflowColumn()) {
        overflow.add(field.id());
      }
    }
    return new TableShape(
        new TableRef(Long.toString(table.id()), table.database(), table.name()),
        table.schema(),
        table.timeColumn() == 0 ? OptionalInt.empty() : OptionalInt.of(table.timeColumn()),
        overflow,
        snapshot.storedRows(table.id()),
        table.primaryKey(),
        defaults(table));
  }

  private static Map<Integer, String> defaults(TableDef table) {
    Map<Integer, String> defaults = new HashMap<>();
    try {
      TableSettings.of(table).defaults().forEach((id, value) -> defaults.put(id, value.text()));
    } catch (IllegalArgumentException unknownSettings) {
      // Settings that mean nothing must not keep rows from being read.
      return Map.of();
    }
    return defaults;
  }

  @Override
  public List<TableName> tables() {
    List<TableName> names = new ArrayList<>();
    for (TableDef table : VirtualTables.sorted(snapshot)) {
      names.add(new TableName(table.database(), table.name()));
    }
    names.addAll(VirtualTables.names());
    return names;
  }
}
