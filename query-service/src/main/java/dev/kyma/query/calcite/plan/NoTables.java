package dev.kyma.query.calcite.plan;

import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import java.util.List;
import java.util.Optional;

/** Schemas without a table, for statements that read none. */
public final class NoTables implements Schemas {
  @Override
  public long version() {
    return Long.MIN_VALUE;
  }

  @Override
  public Optional<TableShape> table(TableName name) {
    return Optional.empty();
  }

  @Override
  public List<TableName> tables() {
    return List.of();
  }
}
