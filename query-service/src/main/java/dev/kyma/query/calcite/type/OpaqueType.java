package dev.kyma.query.calcite.type;

import dev.kyma.format.type.LogicalType;
import java.util.Locale;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type that Calcite only carries along: DYNAMIC or VECTOR. */
final class OpaqueType extends AbstractSqlType {
  private static final long serialVersionUID = 1L;
  private final transient LogicalType logicalType;

  OpaqueType(LogicalType logicalType, boolean nullable) {
    super(SqlTypeName.OTHER, nullable, null);
    this.logicalType = logicalType;
    computeDigest();
  }

  LogicalType logicalType() {
    return logicalType;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append(logicalType.id().toUpperCase(Locale.ROOT));
  }
}
