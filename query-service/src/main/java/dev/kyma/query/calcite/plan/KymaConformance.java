package dev.kyma.query.calcite.plan;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** What Calcite lets pass. Aliases have been resolved before, so none are looked for. */
final class KymaConformance extends SqlDelegatingConformance {
  static final KymaConformance INSTANCE = new KymaConformance();

  private KymaConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  @Override
  public boolean isGroupByAlias() {
    return false;
  }

  @Override
  public boolean isHavingAlias() {
    return false;
  }

  @Override
  public boolean isGroupByOrdinal() {
    return true;
  }

  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  @Override
  public boolean isSortByAlias() {
    return false;
  }

  @Override
  public boolean isSortByOrdinal() {
    return true;
  }
}
