package dev.kyma.query.calcite.plan;

import dev.kyma.query.calcite.function.DialectFunction;
import dev.kyma.query.calcite.resolve.BoundTable;
import dev.kyma.query.calcite.resolve.NameResolver;
import dev.kyma.query.calcite.type.KymaTypeFactory;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StatementException.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;

/** Resolves, validates and optimises one query. Stateless. */
public final class QueryPlanner {
  private static final SqlRexConvertletTable CONVERTLETS = QueryPlanner::convertlet;

  private QueryPlanner() {}

  /**
   * An optimised query.
   *
   * @param rel the query
   * @param columns the names of its columns
   * @param type the type of its rows
   */
  public record Planned(RelNode rel, List<String> columns, RelDataType type) {
    public Planned {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Plans a parsed query.
   *
   * @throws StatementException if it cannot be answered
   */
  public static Planned plan(SqlNode query, Schemas schemas) {
    NameResolver.Resolution resolution = NameResolver.resolve(query, schemas);
    KymaTypeFactory types = new KymaTypeFactory();
    CalciteCatalogReader catalog = catalog(resolution.tables(), types);
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            SqlStdOperatorTable.instance(),
            catalog,
            types,
            SqlValidator.Config.DEFAULT
                .withConformance(KymaConformance.INSTANCE)
                .withDefaultNullCollation(NullCollation.HIGH)
                .withIdentifierExpansion(true));
    RelRoot root;
    try {
      SqlNode valid = validator.validate(resolution.node());
      root = convert(valid, validator, catalog, types);
    } catch (CalciteContextException error) {
      throw translated(error);
    } catch (CalciteException error) {
      throw StatementException.of(Code.INVALID, sentence(error.getMessage()));
    }
    RelNode rel = optimise(root.project());
    return new Planned(rel, resolution.columns(), root.validatedRowType);
  }

  private static RelRoot convert(
      SqlNode valid, SqlValidator validator, CalciteCatalogReader catalog, KymaTypeFactory types) {
    RelOptCluster cluster = Clusters.create(types);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, text, schemaPath, viewPath) -> {
              throw new IllegalStateException("no views");
            },
            validator,
            catalog,
            cluster,
            CONVERTLETS,
            SqlToRelConverter.config()
                .withExpand(false)
                .withTrimUnusedFields(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE));
    return converter.convertQuery(valid, false, true);
  }

  private static CalciteCatalogReader catalog(List<BoundTable> bound, KymaTypeFactory types) {
    Map<String, Table> tables = new HashMap<>();
    bound.forEach(table -> tables.put(table.name(), new KymaTable(table)));
    CalciteSchema root =
        CalciteSchema.createRootSchema(
            false,
            false,
            "",
            new AbstractSchema() {
              @Override
              protected Map<String, Table> getTableMap() {
                return tables;
              }
            });
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    return new CalciteCatalogReader(
        root, List.of(), types, new CalciteConnectionConfigImpl(properties));
  }

  private static @org.jspecify.annotations.Nullable SqlRexConvertlet convertlet(SqlCall call) {
    if (call.getOperator() instanceof DialectFunction function) {
      return function::convert;
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static RelNode optimise(RelNode query) {
    RelNode rel = run(Programs.SUBQUERIES, query);
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(rel.getCluster(), null);
    rel = RelDecorrelator.decorrelateQuery(rel, builder);
    rel = run(Programs.PUSH, rel);
    if (joins(rel) > 1) {
      rel = run(Programs.ORDER_JOINS, run(Programs.COLLECT_JOINS, rel));
      rel = run(Programs.PUSH, rel);
    }
    return run(Programs.FINISH, rel);
  }

  private static RelNode run(HepProgram program, RelNode rel) {
    HepPlanner planner = Clusters.planner(program);
    planner.setRoot(rel);
    return planner.findBestExp();
  }

  private static int joins(RelNode rel) {
    int[] count = {0};
    rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            if (other instanceof Join) {
              count[0]++;
            }
            return super.visit(other);
          }
        });
    return count[0];
  }

  private static StatementException translated(CalciteContextException error) {
    Throwable cause = error.getCause();
    if (cause instanceof StatementException own) {
      return own;
    }
    String message = cause == null ? error.getMessage() : cause.getMessage();
    Position position =
        new Position(Math.max(1, error.getPosLine()), Math.max(1, error.getPosColumn()));
    return StatementException.at(Code.INVALID, position, sentence(message));
  }

  /** Calcite's message as a sentence. */
  private static String sentence(@org.jspecify.annotations.Nullable String message) {
    String text = message == null ? "The statement is not valid" : message.strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
