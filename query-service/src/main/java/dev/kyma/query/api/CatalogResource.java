package dev.kyma.query.api;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.query.core.QueryEngine;
import dev.kyma.query.core.read.VirtualTables;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tables and their columns, as a tree. */
@Path("/v1/catalog/schema")
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogResource {
  private final QueryEngine engine;

  @Inject
  CatalogResource(QueryEngine engine) {
    this.engine = engine;
  }

  /**
   * The catalog as of one snapshot.
   *
   * @param snapshot its number
   * @param catalog the catalog's name
   * @param databases its databases in order
   */
  public record Tree(long snapshot, String catalog, List<Database> databases) {}

  /** A database and its tables in order. */
  public record Database(String name, List<Table> tables) {}

  /** A table and its columns in order. */
  public record Table(String name, List<Column> columns) {}

  /** A column; the type is as in SQL. */
  public record Column(String name, String type, boolean nullable) {}

  /** The tables there are now. */
  @GET
  @Blocking
  @Operation(operationId = "catalogSchema", summary = "The tables and their columns")
  public Tree schema() {
    Snapshot snapshot = engine.snapshot();
    Map<String, List<Table>> databases = new TreeMap<>();
    for (TableDef table : VirtualTables.sorted(snapshot)) {
      List<Column> columns = new ArrayList<>();
      for (Field field : table.schema().fields()) {
        columns.add(new Column(field.name(), field.type().sqlName(), field.nullable()));
      }
      databases
          .computeIfAbsent(table.database(), name -> new ArrayList<>())
          .add(new Table(table.name(), columns));
    }
    List<Database> tree = new ArrayList<>();
    databases.forEach((name, tables) -> tree.add(new Database(name, tables)));
    return new Tree(snapshot.number(), VirtualTables.CATALOG, tree);
  }
}
