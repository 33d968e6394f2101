package dev.kyma.format.type;

import java.util.Locale;

/**
 * The type of a column as users see it.
 *
 * <p>Several logical types share one {@link Physical} representation; vectors, encodings and
 * statistics are written against the physical one. Instances are immutable values.
 *
 * @param kind which family the type belongs to
 * @param precision decimal digits for {@link Kind#DECIMAL} (1 to 38), the dimension for {@link
 *     Kind#VECTOR}, otherwise 0
 * @param scale digits after the point for {@link Kind#DECIMAL} (0 to precision), otherwise 0
 */
public record LogicalType(Kind kind, int precision, int scale) {

  /** The families of types. */
  public enum Kind {
    /** Three-valued logic's true and false; stored as 1 and 0. */
    BOOL,
    INT16,
    INT32,
    INT64,
    FLOAT32,
    FLOAT64,
    /** Exact decimal of up to 38 digits, stored as its unscaled integer. */
    DECIMAL,
    /** Days since 1970-01-01. */
    DATE,
    /** Nanoseconds since midnight. */
    TIME,
    /** Nanoseconds since 1970-01-01T00:00:00Z; shown in UTC. */
    TIMESTAMP,
    /** Unicode text, stored as UTF-8. */
    TEXT,
    BINARY,
    /** Any JSON value, stored as its JSON text in UTF-8. */
    DYNAMIC,
    /** A fixed number of 32-bit floats. */
    VECTOR
  }

  /** How values lie in memory and in encodings. */
  public enum Physical {
    LONG,
    DOUBLE,
    /** 128-bit two's complement integers. */
    INT128,
    BYTES,
    FLOATS
  }

  public static final LogicalType BOOL = of(Kind.BOOL);
  public static final LogicalType INT16 = of(Kind.INT16);
  public static final LogicalType INT32 = of(Kind.INT32);
  public static final LogicalType INT64 = of(Kind.INT64);
  public static final LogicalType FLOAT32 = of(Kind.FLOAT32);
  public static final LogicalType FLOAT64 = of(Kind.FLOAT64);
  public static final LogicalType DATE = of(Kind.DATE);
  public static final LogicalType TIME = of(Kind.TIME);
  public static final LogicalType TIMESTAMP = of(Kind.TIMESTAMP);
  public static final LogicalType TEXT = of(Kind.TEXT);
  public static final LogicalType BINARY = of(Kind.BINARY);
  public static final LogicalType DYNAMIC = of(Kind.DYNAMIC);

  /** The most digits a decimal may have. */
  public static final int MAX_DECIMAL_PRECISION = 38;

  /** The most digits that a decimal stored in 64 bits may have. */
  public static final int MAX_LONG_DECIMAL_PRECISION = 18;

  public LogicalType {
    switch (kind) {
      case DECIMAL -> {
        if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
          throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
        }
      }
      case VECTOR -> {
        if (precision < 1 || scale != 0) {
          throw new IllegalArgumentException("vector(" + precision + ")");
        }
      }
      case BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TEXT,
          BINARY,
          DYNAMIC -> {
        if (precision != 0 || scale != 0) {
          throw new IllegalArgumentException(kind + " takes no precision or scale");
        }
      }
    }
  }

  private static LogicalType of(Kind kind) {
    return new LogicalType(kind, 0, 0);
  }

  /** An exact decimal with {@code precision} digits, {@code scale} of them after the point. */
  public static LogicalType decimal(int precision, int scale) {
    return new LogicalType(Kind.DECIMAL, precision, scale);
  }

  /** A vector of {@code dimension} 32-bit floats. */
  public static LogicalType vector(int dimension) {
    return new LogicalType(Kind.VECTOR, dimension, 0);
  }

  /** The representation of this type's values. */
  public Physical physical() {
    return switch (kind) {
      case BOOL, INT16, INT32, INT64, DATE, TIME, TIMESTAMP -> Physical.LONG;
      case FLOAT32, FLOAT64 -> Physical.DOUBLE;
      case DECIMAL -> precision <= MAX_LONG_DECIMAL_PRECISION ? Physical.LONG : Physical.INT128;
      case TEXT, BINARY, DYNAMIC -> Physical.BYTES;
      case VECTOR -> Physical.FLOATS;
    };
  }

  /** Whether values are whole numbers of 16, 32 or 64 bits. */
  public boolean isInteger() {
    return kind == Kind.INT16 || kind == Kind.INT32 || kind == Kind.INT64;
  }

  /** Whether arithmetic is defined on values. */
  public boolean isNumeric() {
    return isInteger() || kind == Kind.FLOAT32 || kind == Kind.FLOAT64 || kind == Kind.DECIMAL;
  }

  /** The stable name under which the type is stored and exchanged, for example {@code int64}. */
  public String id() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case DECIMAL -> name + "(" + precision + "," + scale + ")";
      case VECTOR -> name + "(" + precision + ")";
      case BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TEXT,
          BINARY,
          DYNAMIC ->
          name;
    };
  }

  /**
   * The type with the given {@link #id()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LogicalType parse(String id) {
    int open = id.indexOf('(');
    String name = (open < 0 ? id : id.substring(0, open)).toUpperCase(Locale.ROOT);
    Kind kind = Kind.valueOf(name);
    if (open < 0) {
      return of(kind);
    }
    if (!id.endsWith(")")) {
      throw new IllegalArgumentException(id);
    }
    String[] parts = id.substring(open + 1, id.length() - 1).split(",", -1);
    return new LogicalType(
        kind,
        Integer.parseInt(parts[0].strip()),
        parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0);
  }

  /** The name of the type in SQL, as DESCRIBE and {@code information_schema} show it. */
  public String sqlName() {
    return switch (kind) {
      case BOOL -> "BOOLEAN";
      case INT16 -> "SMALLINT";
      case INT32 -> "INTEGER";
      case INT64 -> "BIGINT";
      case FLOAT32 -> "REAL";
      case FLOAT64 -> "DOUBLE";
      case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP -> "TIMESTAMP";
      case TEXT -> "TEXT";
      case BINARY -> "BINARY";
      case DYNAMIC -> "DYNAMIC";
      case VECTOR -> "VECTOR(" + precision + ")";
    };
  }

  @Override
  public String toString() {
    return id();
  }
}
