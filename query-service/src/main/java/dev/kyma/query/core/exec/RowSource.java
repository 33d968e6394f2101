package dev.kyma.query.core.exec;

import dev.kyma.query.core.plan.Plan;
import java.util.OptionalLong;

/** Where the rows of tables come from, at the state the query has fixed. */
public interface RowSource {
  /** The rows a scan asks for. */
  Pipeline scan(Plan.Scan scan, QueryContext context);

  /** How many rows a scan answers, where that is known without reading; empty where it is not. */
  OptionalLong count(Plan.Scan scan);
}
