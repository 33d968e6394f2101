package dev.kyma.query.core.read;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.Pipeline;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.ScanColumn;
import dev.kyma.query.core.plan.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables of {@code information_schema}, made from the snapshot. Stateless. */
public final class VirtualTables {
  /** The database they are in. */
  public static final String DATABASE = "information_schema";

  /** The name of the one catalog. */
  public static final String CATALOG = "kyma";

  private static final String TABLES = "tables";
  private static final String COLUMNS = "columns";
  private static final String SCHEMATA = "schemata";

  private VirtualTables() {}

  /** Their names. */
  public static List<TableName> names() {
    return List.of(
        new TableName(DATABASE, SCHEMATA),
        new TableName(DATABASE, TABLES),
        new TableName(DATABASE, COLUMNS));
  }

  /** What planning knows of one of them. */
  public static Optional<TableShape> shape(TableName name) {
    if (!name.database().equals(DATABASE)) {
      return Optional.empty();
    }
    return schema(name.table())
        .map(
            schema ->
                new TableShape(
                    new TableRef(name.toString(), DATABASE, name.table()),
                    schema,
                    OptionalInt.empty(),
                    List.of(),
                    1_000));
  }

  private static Optional<TableSchema> schema(String table) {
    return switch (table) {
      case SCHEMATA -> Optional.of(texts("catalog_name", "schema_name"));
      case TABLES ->
          Optional.of(texts("table_catalog", "table_schema", "table_name", "table_type"));
      case COLUMNS ->
          Optional.of(
              texts(
                      "table_catalog",
                      "table_schema",
                      "table_name",
                      "column_name",
                      "is_nullable",
                      "data_type")
                  .plus(List.of(new Field(7, "ordinal_position", LogicalType.INT32, false))));
      default -> Optional.empty();
    };
  }

  private static TableSchema texts(String... names) {
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(new Field(fields.size() + 1, name, LogicalType.TEXT, false));
    }
    return new TableSchema(fields);
  }

  static boolean isVirtual(TableRef table) {
    return table.id().startsWith(DATABASE + ".");
  }

  static Pipeline scan(Plan.Scan scan, Snapshot snapshot) {
    String name = scan.table().name();
    TableSchema schema = schema(name).orElseThrow();
    List<ColumnPath> columns = scan.columns().stream().map(ScanColumn::source).toList();
    return new Rows(schema, name, columns, scan.predicate(), snapshot);
  }

  /** One of the tables, whole, in one part. */
  private record Rows(
      TableSchema schema,
      String name,
      List<ColumnPath> columns,
      Predicate predicate,
      Snapshot snapshot)
      implements Pipeline {

    @Override
    public void prepare() {}

    @Override
    public int parts() {
      return 1;
    }

    @Override
    public Operator open(int part) {
      Batch all = rows();
      Selection selection =
          new PredicateEvaluator(predicate).select(path -> column(all, path), all.rowCount());
      List<ColumnVector> wanted = columns.stream().map(path -> column(all, path)).toList();
      return new Operator() {
        private boolean done = selection.isEmpty();

        @Override
        public @Nullable Chunk next() {
          if (done) {
            return null;
          }
          done = true;
          return new Chunk(new Batch(wanted, all.rowCount()), selection);
        }
      };
    }

    private ColumnVector column(Batch all, ColumnPath path) {
      return all.column(schema.indexOfId(path.column()));
    }

    private Batch rows() {
      List<VectorBuilder> builders = new ArrayList<>();
      schema.fields().forEach(field -> builders.add(VectorBuilder.of(field.type(), 64)));
      int rows =
          switch (name) {
            case SCHEMATA -> schemata(builders);
            case TABLES -> tables(builders);
            default -> columns(builders);
          };
      List<ColumnVector> vectors = new ArrayList<>();
      builders.forEach(builder -> vectors.add(builder.build()));
      return new Batch(vectors, rows);
    }

    private int schemata(List<VectorBuilder> builders) {
      TreeSet<String> databases = new TreeSet<>(List.of("default", DATABASE));
      snapshot.tables().forEach(table -> databases.add(table.database()));
      databases.forEach(database -> row(builders, CATALOG, database));
      return databases.size();
    }

    private int tables(List<VectorBuilder> builders) {
      List<TableDef> tables = sorted(snapshot);
      for (TableDef table : tables) {
        row(builders, CATALOG, table.database(), table.name(), "BASE TABLE");
      }
      for (TableName virtual : names()) {
        row(builders, CATALOG, virtual.database(), virtual.table(), "VIEW");
      }
      return tables.size() + names().size();
    }

    private int columns(List<VectorBuilder> builders) {
      int rows = 0;
      for (TableDef table : sorted(snapshot)) {
        rows += columns(builders, table.database(), table.name(), table.schema());
      }
      for (TableName virtual : names()) {
        rows +=
            columns(
                builders,
                virtual.database(),
                virtual.table(),
                VirtualTables.schema(virtual.table()).orElseThrow());
      }
      return rows;
    }

    private static int columns(
        List<VectorBuilder> builders, String database, String table, TableSchema schema) {
      int position = 0;
      for (Field field : schema.fields()) {
        row(
            builders,
            CATALOG,
            database,
            table,
            field.name(),
            field.nullable() ? "YES" : "NO",
            field.type().sqlName());
        ((LongVectorBuilder) builders.getLast()).append(++position);
      }
      return position;
    }

    private static void row(List<VectorBuilder> builders, String... values) {
      for (int i = 0; i < values.length; i++) {
        ((BytesVectorBuilder) builders.get(i)).append(values[i]);
      }
    }
  }

  /** The tables in the order of their names. */
  public static List<TableDef> sorted(Snapshot snapshot) {
    List<TableDef> tables = new ArrayList<>(snapshot.tables());
    tables.sort(Comparator.comparing(TableDef::database).thenComparing(TableDef::name));
    return tables;
  }
}
