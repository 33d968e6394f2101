package dev.kyma.query.calcite.type;

import dev.kyma.format.type.LogicalType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.jspecify.annotations.Nullable;

/** Makes Calcite's types, and decides what two types have in common by {@link SqlTypes}. */
public final class KymaTypeFactory extends SqlTypeFactoryImpl {
  public KymaTypeFactory() {
    super(KymaTypeSystem.INSTANCE);
  }

  /** DYNAMIC or VECTOR. */
  RelDataType opaque(LogicalType type, boolean nullable) {
    return canonize(new OpaqueType(type, nullable));
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    if (type instanceof OpaqueType opaque) {
      return opaque.isNullable() == nullable ? type : opaque(opaque.logicalType(), nullable);
    }
    return super.createTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType copyType(RelDataType type) {
    return type instanceof OpaqueType ? type : super.copyType(type);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    if (types.isEmpty() || types.stream().anyMatch(type -> !SqlTypes.isScalar(type))) {
      return super.leastRestrictive(types, mappingRule);
    }
    boolean nullable = types.stream().anyMatch(RelDataType::isNullable);
    RelDataType common = types.getFirst();
    for (RelDataType type : types.subList(1, types.size())) {
      Optional<RelDataType> both = SqlTypes.common(this, common, type);
      if (both.isEmpty()) {
        return null;
      }
      common = both.get();
    }
    // A column of a query's answer is text even where all its values are quoted literals.
    if (types.size() > 1 && SqlTypes.isUnknown(common) && !SqlTypes.isNull(common)) {
      common = SqlTypes.of(this, LogicalType.TEXT, nullable);
    }
    return createTypeWithNullability(common, nullable || SqlTypes.isNull(common));
  }
}
