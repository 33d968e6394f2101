package dev.kyma.query.core.read;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a predicate says of the primary key. Stateless. */
final class KeyCondition {
  private KeyCondition() {}

  /**
   * The part of a predicate that only names the key's columns and must be true; if there is one.
   */
  static Optional<Predicate> of(TableDef table, Predicate predicate) {
    List<Predicate> conditions = new ArrayList<>();
    for (Predicate conjunct : conjuncts(predicate)) {
      if (isOnKey(table, conjunct)) {
        conditions.add(conjunct);
      }
    }
    return conditions.isEmpty() ? Optional.empty() : Optional.of(new Predicate.And(conditions));
  }

  private static List<Predicate> conjuncts(Predicate predicate) {
    if (!(predicate instanceof Predicate.And(List<Predicate> operands))) {
      return List.of(predicate);
    }
    List<Predicate> all = new ArrayList<>();
    operands.forEach(operand -> all.addAll(conjuncts(operand)));
    return all;
  }

  private static boolean isOnKey(TableDef table, Predicate predicate) {
    return switch (predicate) {
      case Predicate.And(List<Predicate> operands) ->
          operands.stream().allMatch(operand -> isOnKey(table, operand));
      case Predicate.Or(List<Predicate> operands) ->
          operands.stream().allMatch(operand -> isOnKey(table, operand));
      case Predicate.Not(Predicate operand) -> isOnKey(table, operand);
      case Predicate.IsNull(ColumnPath column) -> isKey(table, column);
      case Predicate.IsNotNull(ColumnPath column) -> isKey(table, column);
      case Predicate.Compare compare -> isKey(table, compare.column());
      case Predicate.In in -> isKey(table, in.column());
      case Predicate.Like like -> isKey(table, like.column());
      case Predicate.HasToken(ColumnPath column, String _) -> isKey(table, column);
    };
  }

  private static boolean isKey(TableDef table, ColumnPath column) {
    return !column.isPath() && table.primaryKey().contains(column.column());
  }

  /**
   * A key, and what else must be true of its rows.
   *
   * @param key one row in the key's columns
   * @param rest the rest of the predicate
   */
  record Point(Batch key, Predicate rest) {}

  /** The one key that rows a predicate is true for can have, if it says so. */
  static Optional<Point> point(TableDef table, Predicate predicate) {
    if (!table.isKeyed()) {
      return Optional.empty();
    }
    List<Predicate> rest = new ArrayList<>(conjuncts(predicate));
    List<ColumnVector> key = new ArrayList<>();
    for (int id : table.primaryKey()) {
      Field field = table.schema().field(table.schema().indexOfId(id));
      Optional<ColumnVector> value = Optional.empty();
      for (int i = 0; i < rest.size() && value.isEmpty(); i++) {
        if (rest.get(i) instanceof Predicate.Compare compare
            && compare.comparison() == Predicate.Comparison.EQUAL
            && compare.column().column() == id
            && !compare.column().isPath()
            && compare.column().type().equals(field.type())) {
          value = value(field.type(), compare.constant());
          if (value.isPresent()) {
            rest.remove(i);
          }
        }
      }
      if (value.isEmpty()) {
        return Optional.empty();
      }
      key.add(value.get());
    }
    return Optional.of(new Point(new Batch(key, 1), new Predicate.And(rest)));
  }

  /** One row of a column, if the constant is a value of it. */
  private static Optional<ColumnVector> value(LogicalType type, Constant constant) {
    boolean whole = isWhole(type) && isWhole(constant.type());
    if (!whole && !constant.type().equals(type)) {
      return Optional.empty();
    }
    return switch (constant) {
      case Constant.OfLong(LogicalType _, long value) ->
          Optional.of(new LongVector(type, new long[] {value}));
      case Constant.OfInt128(LogicalType _, BigInteger value) -> {
        Int128VectorBuilder builder = new Int128VectorBuilder(type, 1);
        builder.append(value);
        yield Optional.of(builder.build());
      }
      case Constant.OfBytes(LogicalType _, byte[] value) ->
          Optional.of(new BytesVector(type, 1, value, new int[] {0, value.length}, null));
      case Constant.OfDouble _ -> Optional.empty();
    };
  }

  private static boolean isWhole(LogicalType type) {
    return switch (type.kind()) {
      case INT16, INT32, INT64 -> true;
      case BOOL, FLOAT32, FLOAT64, DECIMAL, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR ->
          false;
    };
  }
}
