package dev.kyma.query.calcite.type;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Translates between Kyma's types and Calcite's, and holds Postgres' rules for mixing them. */
public final class SqlTypes {
  private static final SqlIntervalQualifier NANOS =
      new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);
  private static final SqlIntervalQualifier MONTHS =
      new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO);

  private SqlTypes() {}

  /** Calcite's type for one of ours. */
  public static RelDataType of(RelDataTypeFactory factory, LogicalType type, boolean nullable) {
    RelDataType made =
        switch (type.kind()) {
          case BOOL -> factory.createSqlType(SqlTypeName.BOOLEAN);
          case INT16 -> factory.createSqlType(SqlTypeName.SMALLINT);
          case INT32 -> factory.createSqlType(SqlTypeName.INTEGER);
          case INT64 -> factory.createSqlType(SqlTypeName.BIGINT);
          case FLOAT32 -> factory.createSqlType(SqlTypeName.REAL);
          case FLOAT64 -> factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          case DATE -> factory.createSqlType(SqlTypeName.DATE);
          case TIME -> factory.createSqlType(SqlTypeName.TIME, 9);
          case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 9);
          case TEXT -> factory.createSqlType(SqlTypeName.VARCHAR);
          case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
          case DYNAMIC, VECTOR -> ((KymaTypeFactory) factory).opaque(type, nullable);
        };
    return factory.createTypeWithNullability(made, nullable);
  }

  /** An interval counted in nanoseconds. */
  public static RelDataType nanos(RelDataTypeFactory factory, boolean nullable) {
    return factory.createTypeWithNullability(factory.createSqlIntervalType(NANOS), nullable);
  }

  /** An interval counted in months. */
  public static RelDataType months(RelDataTypeFactory factory, boolean nullable) {
    return factory.createTypeWithNullability(factory.createSqlIntervalType(MONTHS), nullable);
  }

  /**
   * Our type for one of Calcite's: literals of unknown type are TEXT, intervals the INT64 that
   * counts them.
   *
   * @throws IllegalArgumentException if no value of such a type exists here
   */
  public static LogicalType logical(RelDataType type) {
    if (type instanceof OpaqueType opaque) {
      return opaque.logicalType();
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> LogicalType.BOOL;
      case TINYINT, SMALLINT -> LogicalType.INT16;
      case INTEGER -> LogicalType.INT32;
      case BIGINT -> LogicalType.INT64;
      case REAL -> LogicalType.FLOAT32;
      case FLOAT, DOUBLE -> LogicalType.FLOAT64;
      case DECIMAL -> decimal(type);
      case DATE -> LogicalType.DATE;
      case TIME -> LogicalType.TIME;
      case TIMESTAMP -> LogicalType.TIMESTAMP;
      case CHAR, VARCHAR, NULL -> LogicalType.TEXT;
      case BINARY, VARBINARY -> LogicalType.BINARY;
      default -> {
        if (isNanos(type) || isMonths(type)) {
          yield LogicalType.INT64;
        }
        throw new IllegalArgumentException(type.getFullTypeString());
      }
    };
  }

  private static LogicalType decimal(RelDataType type) {
    int scale = Math.max(0, Math.min(type.getScale(), LogicalType.MAX_DECIMAL_PRECISION));
    int precision = Math.max(Math.max(1, scale), type.getPrecision());
    return LogicalType.decimal(Math.min(precision, LogicalType.MAX_DECIMAL_PRECISION), scale);
  }

  /** Whether values of a type are what a column holds, or an interval, a literal or NULL. */
  public static boolean isScalar(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          REAL,
          FLOAT,
          DOUBLE,
          DECIMAL,
          DATE,
          TIME,
          TIMESTAMP,
          CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          NULL ->
          true;
      case OTHER -> type instanceof OpaqueType;
      default -> isNanos(type) || isMonths(type);
    };
  }

  /** Whether a type is that of a literal which takes the type of what it meets. */
  public static boolean isUnknown(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR || isNull(type);
  }

  /** Whether a type is that of NULL alone. */
  public static boolean isNull(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL;
  }

  /** Whether a type is an interval counted in nanoseconds. */
  public static boolean isNanos(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** Whether a type is an interval counted in months. */
  public static boolean isMonths(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** Whether a type is of a kind; false for literals of unknown type and intervals. */
  public static boolean is(RelDataType type, Kind kind) {
    return !isUnknown(type)
        && !isNanos(type)
        && !isMonths(type)
        && isScalar(type)
        && logical(type).kind() == kind;
  }

  /** Whether arithmetic is defined on a type. */
  public static boolean isNumeric(RelDataType type) {
    return !isNanos(type) && !isMonths(type) && isScalar(type) && logical(type).isNumeric();
  }

  /** The type both can be converted to when they meet in one column, if there is one. */
  public static Optional<RelDataType> common(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    boolean nullable = left.isNullable() || right.isNullable();
    boolean hasNull = isNull(left) || isNull(right);
    if (isNull(left) || isUnknown(left) && !isNull(right)) {
      return Optional.of(factory.createTypeWithNullability(right, nullable || hasNull));
    }
    if (isUnknown(right)) {
      return Optional.of(factory.createTypeWithNullability(left, nullable || hasNull));
    }
    if (isNanos(left) || isMonths(left) || isNanos(right) || isMonths(right)) {
      return left.getSqlTypeName() == right.getSqlTypeName()
          ? Optional.of(factory.createTypeWithNullability(left, nullable))
          : Optional.empty();
    }
    return common(logical(left), logical(right)).map(type -> of(factory, type, nullable));
  }

  /** The type both can be converted to when they meet in one column, if there is one. */
  public static Optional<LogicalType> common(LogicalType left, LogicalType right) {
    if (left.equals(right)) {
      return Optional.of(left);
    }
    if (left.isNumeric() && right.isNumeric()) {
      return Optional.of(numeric(left, right));
    }
    if (left.kind() == Kind.DYNAMIC || right.kind() == Kind.DYNAMIC) {
      return Optional.of(LogicalType.DYNAMIC);
    }
    boolean times =
        (left.kind() == Kind.DATE || left.kind() == Kind.TIMESTAMP)
            && (right.kind() == Kind.DATE || right.kind() == Kind.TIMESTAMP);
    return times ? Optional.of(LogicalType.TIMESTAMP) : Optional.empty();
  }

  /** The numeric type that holds values of both. */
  public static LogicalType numeric(LogicalType left, LogicalType right) {
    if (left.isInteger() && right.isInteger()) {
      return left.kind().compareTo(right.kind()) >= 0 ? left : right;
    }
    if (left.equals(right)) {
      return left;
    }
    if (isFloat(left) || isFloat(right)) {
      return LogicalType.FLOAT64;
    }
    LogicalType a = asDecimal(left);
    LogicalType b = asDecimal(right);
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return LogicalType.decimal(
        Math.min(Math.max(1, whole + scale), LogicalType.MAX_DECIMAL_PRECISION), scale);
  }

  /** Whether a type is a binary floating point number. */
  public static boolean isFloat(LogicalType type) {
    return type.kind() == Kind.FLOAT32 || type.kind() == Kind.FLOAT64;
  }

  /** The decimal type that holds every value of an integer or decimal type. */
  public static LogicalType asDecimal(LogicalType type) {
    return switch (type.kind()) {
      case INT16 -> LogicalType.decimal(5, 0);
      case INT32 -> LogicalType.decimal(10, 0);
      case INT64 -> LogicalType.decimal(19, 0);
      case DECIMAL -> type;
      case BOOL, FLOAT32, FLOAT64, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new IllegalArgumentException(type.id());
    };
  }

  /** The name of a type for error messages. */
  public static String shown(RelDataType type) {
    if (isNull(type)) {
      return "NULL";
    }
    if (isNanos(type) || isMonths(type)) {
      return "INTERVAL";
    }
    return isScalar(type) ? logical(type).sqlName() : type.toString();
  }
}
