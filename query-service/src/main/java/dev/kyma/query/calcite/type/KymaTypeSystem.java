package dev.kyma.query.calcite.type;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Limits of types: nanoseconds in times, 38 digits in decimals, text of any length. */
final class KymaTypeSystem extends RelDataTypeSystemImpl {
  static final KymaTypeSystem INSTANCE = new KymaTypeSystem();
  private static final int DECIMAL_DIGITS = 38;
  private static final int SECOND_DIGITS = 9;

  private KymaTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> DECIMAL_DIGITS;
      case TIME, TIMESTAMP -> SECOND_DIGITS;
      case VARCHAR, VARBINARY, CHAR, BINARY -> Integer.MAX_VALUE;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case TIME, TIMESTAMP -> SECOND_DIGITS;
      case DECIMAL -> DECIMAL_DIGITS;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? DECIMAL_DIGITS : super.getMaxScale(typeName);
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  @Override
  public boolean isSchemaCaseSensitive() {
    return true;
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveRankType(org.apache.calcite.rel.type.RelDataTypeFactory typeFactory) {
    return typeFactory.createSqlType(SqlTypeName.BIGINT);
  }
}
