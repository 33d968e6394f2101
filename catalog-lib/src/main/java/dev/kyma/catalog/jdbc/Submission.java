package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Commit;
import dev.kyma.format.index.ExtentFilter;
import java.util.List;
import java.util.Map;

/** A commit and the filters of the extents it adds, by their keys. */
record Submission(Commit commit, Map<String, List<ExtentFilter>> filters) {}
