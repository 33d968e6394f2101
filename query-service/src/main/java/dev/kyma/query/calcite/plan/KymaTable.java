package dev.kyma.query.calcite.plan;

import dev.kyma.format.type.Field;
import dev.kyma.query.calcite.resolve.BoundTable;
import dev.kyma.query.calcite.type.SqlTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table as Calcite sees it: columns and a number of rows. */
final class KymaTable extends AbstractTable {
  private final BoundTable bound;

  KymaTable(BoundTable bound) {
    this.bound = bound;
  }

  BoundTable bound() {
    return bound;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder builder = typeFactory.builder();
    for (Field field : bound.shape().schema().fields()) {
      builder.add(field.name(), SqlTypes.of(typeFactory, field.type(), field.nullable()));
    }
    return builder.build();
  }

  @Override
  public Statistic getStatistic() {
    return Statistics.of((double) Math.max(1, bound.shape().rows()), List.of());
  }
}
