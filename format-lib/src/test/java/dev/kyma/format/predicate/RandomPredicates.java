package dev.kyma.format.predicate;

import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes random predicates over columns with ids from 1 on, one for each type that can be asked. */
public final class RandomPredicates {
  private static final String[] PATTERNS = {
    "%",
    "a%",
    "%c",
    "%b%",
    "abc",
    "a_c",
    "_",
    "__",
    "%ab%d",
    "a!%%",
    "a!_c",
    "%\uD83D\uDE00%",
    "ün%",
    "%Cart%",
    "_b%",
    "%_",
    "",
    "%%",
    "k_",
    "a%b%c%",
    "%abd"
  };
  private static final String[] TOKENS = {
    "cart", "CART", "get", "a", "ünïcode", "", "cart 42", "failed error", "k", "none", "kk"
  };

  /** The columns predicates are about. */
  public static final List<ColumnPath> COLUMNS = columns();

  private final Random random;
  private final RandomVectors values;

  public RandomPredicates(Random random) {
    this.random = random;
    this.values = new RandomVectors(random);
  }

  private static List<ColumnPath> columns() {
    List<ColumnPath> columns = new ArrayList<>();
    for (LogicalType type : RandomVectors.TYPES) {
      if (type.kind() != LogicalType.Kind.VECTOR) {
        columns.add(ColumnPath.of(columns.size() + 1, type));
      }
    }
    return columns;
  }

  /** A predicate of conditions nested at most so deep. */
  public Predicate predicate(int depth) {
    return switch (depth == 0 ? 3 : random.nextInt(6)) {
      case 0 -> new Predicate.And(operands(depth));
      case 1 -> new Predicate.Or(operands(depth));
      case 2 -> new Predicate.Not(predicate(depth - 1));
      default -> condition();
    };
  }

  private List<Predicate> operands(int depth) {
    return Stream.generate(() -> predicate(depth - 1)).limit(random.nextInt(4)).toList();
  }

  private Predicate condition() {
    ColumnPath column = COLUMNS.get(random.nextInt(COLUMNS.size()));
    boolean text = column.type().kind() == LogicalType.Kind.TEXT;
    return switch (random.nextInt(text ? 6 : 4)) {
      case 0 ->
          random.nextBoolean() ? new Predicate.IsNull(column) : new Predicate.IsNotNull(column);
      case 1 ->
          new Predicate.In(
              column,
              Stream.generate(() -> constant(column.type())).limit(random.nextInt(4)).toList());
      case 2, 3 -> {
        var all = Predicate.Comparison.values();
        yield new Predicate.Compare(
            column, all[random.nextInt(all.length)], constant(other(column.type())));
      }
      case 4 ->
          new Predicate.Like(
              column, PATTERNS[random.nextInt(PATTERNS.length)], '!', random.nextBoolean());
      default -> new Predicate.HasToken(column, TOKENS[random.nextInt(TOKENS.length)]);
    };
  }

  /** The type itself, or another whose values compare with its values. */
  private LogicalType other(LogicalType type) {
    if (random.nextInt(3) > 0) {
      return type;
    }
    List<LogicalType> others =
        RandomVectors.TYPES.stream().filter(t -> t.isNumeric() && type.isNumeric()).toList();
    return others.isEmpty() ? type : others.get(random.nextInt(others.size()));
  }

  private Constant constant(LogicalType type) {
    VectorBuilder builder = VectorBuilder.of(type, 1);
    values.append(builder);
    return constant(builder.build(), 0);
  }

  /** The value of a row that is not NULL. */
  public static Constant constant(ColumnVector vector, int row) {
    return switch (vector) {
      case LongVector longs -> new Constant.OfLong(longs.type(), longs.values()[row]);
      case DoubleVector doubles -> new Constant.OfDouble(doubles.type(), doubles.values()[row]);
      case Int128Vector wide -> new Constant.OfInt128(wide.type(), wide.value(row));
      case BytesVector bytes -> new Constant.OfBytes(bytes.type(), bytes.bytes(row));
      case DictionaryVector coded ->
          new Constant.OfBytes(coded.type(), coded.dictionary().bytes(coded.codes()[row]));
      case FloatsVector floats -> throw new IllegalArgumentException(floats.type().toString());
    };
  }
}
