package dev.kyma.query.calcite.resolve;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A query with its names resolved.
 *
 * @param node the query
 * @param columns the names of its columns, which may repeat
 */
record ResolvedQuery(SqlNode node, List<String> columns) {
  ResolvedQuery {
    columns = List.copyOf(columns);
  }
}
