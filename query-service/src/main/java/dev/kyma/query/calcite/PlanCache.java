package dev.kyma.query.calcite;

import dev.kyma.query.calcite.plan.PlannedQuery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the statements used last. Safe for use by many threads.
 *
 * <p>A statement that names a past state relative to its own time is not kept: its plan holds that
 * state as a time.
 */
final class PlanCache {
  private static final int MOST_PLANS = 500;
  private static final int LONGEST_TEXT = 20_000;

  private final Map<Key, PlannedQuery> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PlannedQuery> eldest) {
          return size() > MOST_PLANS;
        }
      };

  /**
   * What a plan depends on.
   *
   * @param text the statement
   * @param schemaVersion the version of the schemas
   */
  record Key(String text, long schemaVersion) {}

  synchronized @Nullable PlannedQuery find(Key key) {
    return plans.get(key);
  }

  synchronized void keep(Key key, PlannedQuery plan) {
    boolean relative =
        key.text().toLowerCase(Locale.ROOT).contains("system_time")
            || key.text().toLowerCase(Locale.ROOT).matches("(?s).*\\bas\\s+of\\b.*");
    if (!relative && key.text().length() <= LONGEST_TEXT) {
      plans.put(key, plan);
    }
  }
}
