package dev.kyma.query.calcite.plan;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.parse.TableIdentifier.AsOf;
import dev.kyma.query.calcite.resolve.BoundTable;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.JoinKey;
import dev.kyma.query.core.plan.JoinKind;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.plan.ScanColumn;
import dev.kyma.query.core.plan.SetKind;
import dev.kyma.query.core.plan.SortKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Translates an optimised query to the relational tree. Used by one thread. */
final class PlanTranslator {
  private final ExprTranslator expressions;
  private final AggregateTranslator aggregates;
  private final Instant now;

  private PlanTranslator(RelNode root, Instant now) {
    this.expressions = new ExprTranslator(root.getCluster().getRexBuilder());
    this.aggregates = new AggregateTranslator(expressions);
    this.now = now;
  }

  /**
   * Translates a query.
   *
   * @param root the query
   * @param now the time the statement began
   */
  static Plan translate(RelNode root, Instant now) {
    return new PlanTranslator(root, now).plan(root);
  }

  private Plan plan(RelNode rel) {
    return switch (rel) {
      case TableScan scan -> scan(scan);
      case Values values -> values(values);
      case Filter filter ->
          new Plan.Filter(plan(filter.getInput()), expressions.translate(filter.getCondition()));
      case Project project -> project(project);
      case Aggregate aggregate -> aggregates.translate(aggregate, plan(aggregate.getInput()));
      case Join join -> join(join);
      case Sort sort -> sort(sort);
      case SetOp operation -> setOperation(operation);
      case Window window -> new WindowTranslator().translate(window, plan(window.getInput()));
      default -> throw ExprTranslator.unsupported(shown(rel));
    };
  }

  private static String shown(RelNode rel) {
    return switch (rel.getRelTypeName()) {
      case "LogicalCorrelate" -> "A subquery that refers to the query around it in this way";
      default -> "A query of this form (" + rel.getRelTypeName().replace("Logical", "") + ")";
    };
  }

  static List<PlanColumn> columns(RelDataType rowType) {
    List<PlanColumn> columns = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      columns.add(
          new PlanColumn(
              field.getName(), ExprTranslator.type(field.getType()), field.getType().isNullable()));
    }
    return columns;
  }

  private Plan scan(TableScan scan) {
    BoundTable bound = scan.getTable().unwrapOrThrow(KymaTable.class).bound();
    List<ScanColumn> columns = new ArrayList<>();
    for (Field field : bound.shape().schema().fields()) {
      columns.add(
          new ScanColumn(field.name(), ColumnPath.of(field.id(), field.type()), field.nullable()));
    }
    return new Plan.Scan(
        bound.shape().table(),
        point(bound.asOf()),
        bound.versions(),
        columns,
        new Predicate.And(List.of()));
  }

  private ReadPoint point(AsOf asOf) {
    return switch (asOf) {
      case AsOf.Snapshot(long number) -> new ReadPoint.Snapshot(number);
      case AsOf.At(SqlNode time) -> new ReadPoint.Time(instant(time));
      case AsOf.Current _ -> ReadPoint.CURRENT;
    };
  }

  private Instant instant(SqlNode time) {
    Expr.Literal value =
        ConstantExpression.value(
            time, LogicalType.TIMESTAMP, "The time read at", new NoTables(), now);
    if (value.value() instanceof Constant.OfLong nanos) {
      return Instant.EPOCH.plusNanos(nanos.value());
    }
    throw StatementException.at(
        StatementException.Code.VALUE,
        Places.start(time.getParserPosition()),
        "The time read at is NULL.");
  }

  private Plan values(Values values) {
    List<PlanColumn> columns = columns(values.getRowType());
    List<List<Expr.Literal>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Expr.Literal> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(Constants.of(tuple.get(i), columns.get(i).type()));
      }
      rows.add(row);
    }
    return new Plan.Values(columns, rows);
  }

  private Plan project(Project project) {
    return new Plan.Project(
        plan(project.getInput()),
        expressions.translate(project.getProjects()),
        columns(project.getRowType()));
  }

  private Plan join(Join join) {
    Plan left = plan(join.getLeft());
    Plan right = plan(join.getRight());
    // A key may stand in every branch of an OR.
    RexNode condition = RexUtil.pullFactors(join.getCluster().getRexBuilder(), join.getCondition());
    JoinInfo info = JoinInfo.of(join.getLeft(), join.getRight(), condition);
    List<JoinKey> keys = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    List<PlanColumn> leftColumns = left.output();
    List<PlanColumn> rightColumns = right.output();
    for (int i = 0; i < info.leftKeys.size(); i++) {
      JoinKey key = new JoinKey(info.leftKeys.get(i), info.rightKeys.get(i));
      LogicalType leftType = leftColumns.get(key.left()).type();
      LogicalType rightType = rightColumns.get(key.right()).type();
      if (leftType.equals(rightType)) {
        keys.add(key);
      } else {
        rest.add(
            equal(
                new Expr.ColumnRef(key.left(), leftType),
                new Expr.ColumnRef(leftColumns.size() + key.right(), rightType)));
      }
    }
    for (RexNode other : info.nonEquiConditions) {
      if (!other.isAlwaysTrue()) {
        rest.add(expressions.translate(other));
      }
    }
    Optional<Expr> residual =
        rest.isEmpty()
            ? Optional.empty()
            : Optional.of(
                rest.size() == 1
                    ? rest.getFirst()
                    : new Expr.Call(Function.AND, rest, LogicalType.BOOL));
    return new Plan.Join(left, right, kind(join.getJoinType()), keys, residual, build(join));
  }

  private static Expr equal(Expr left, Expr right) {
    LogicalType common = SqlTypes.common(left.type(), right.type()).orElse(LogicalType.TEXT);
    return Expr.Call.of(
        Function.EQUAL,
        LogicalType.BOOL,
        ExprTranslator.cast(left, common),
        ExprTranslator.cast(right, common));
  }

  private static JoinKind kind(JoinRelType type) {
    return switch (type) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      default -> throw ExprTranslator.unsupported("A join of kind " + type);
    };
  }

  private static Plan.BuildSide build(Join join) {
    if (!join.getJoinType().projectsRight()) {
      return Plan.BuildSide.RIGHT;
    }
    Double left = rows(join.getLeft());
    Double right = rows(join.getRight());
    return left != null && right != null && left < right
        ? Plan.BuildSide.LEFT
        : Plan.BuildSide.RIGHT;
  }

  private static @Nullable Double rows(RelNode rel) {
    return rel.getCluster().getMetadataQuery().getRowCount(rel);
  }

  private Plan sort(Sort sort) {
    Plan input = plan(sort.getInput());
    long offset = sort.offset == null ? 0 : count(sort.offset);
    OptionalLong fetch =
        sort.fetch == null ? OptionalLong.empty() : OptionalLong.of(count(sort.fetch));
    List<SortKey> keys = keys(sort.getCollation());
    return keys.isEmpty()
        ? new Plan.Limit(input, offset, fetch)
        : new Plan.Sort(input, keys, offset, fetch);
  }

  private static long count(RexNode node) {
    BigDecimal count = ((RexLiteral) node).getValueAs(BigDecimal.class);
    return count == null ? 0 : count.longValueExact();
  }

  static List<SortKey> keys(RelCollation collation) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation field : collation.getFieldCollations()) {
      boolean descending = field.direction.isDescending();
      boolean nullsFirst =
          switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      keys.add(
          new SortKey(
              field.getFieldIndex(),
              descending ? SortKey.Direction.DESCENDING : SortKey.Direction.ASCENDING,
              nullsFirst ? SortKey.Nulls.FIRST : SortKey.Nulls.LAST));
    }
    return keys;
  }

  private Plan setOperation(SetOp operation) {
    List<PlanColumn> output = columns(operation.getRowType());
    List<Plan> inputs = new ArrayList<>();
    for (RelNode input : operation.getInputs()) {
      inputs.add(as(plan(input), output));
    }
    SetKind kind =
        switch (operation) {
          case Union _ -> operation.all ? SetKind.UNION_ALL : SetKind.UNION;
          case Intersect _ -> operation.all ? SetKind.INTERSECT_ALL : SetKind.INTERSECT;
          case Minus _ -> operation.all ? SetKind.EXCEPT_ALL : SetKind.EXCEPT;
          default -> throw ExprTranslator.unsupported(operation.getRelTypeName());
        };
    return inputs.size() == 1 && kind == SetKind.UNION_ALL
        ? inputs.getFirst()
        : new Plan.SetOperation(inputs, kind, output);
  }

  /** The input with its columns cast to those of an output. */
  static Plan as(Plan input, List<PlanColumn> output) {
    List<PlanColumn> columns = input.output();
    boolean same = true;
    List<Expr> casts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      LogicalType type = columns.get(i).type();
      same &= type.equals(output.get(i).type());
      casts.add(ExprTranslator.cast(new Expr.ColumnRef(i, type), output.get(i).type()));
    }
    return same ? input : new Plan.Project(input, casts, output);
  }
}
