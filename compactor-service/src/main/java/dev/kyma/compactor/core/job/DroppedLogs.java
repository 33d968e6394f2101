package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableChange;
import dev.kyma.service.log.LogException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the topics of tables that were dropped long enough ago.
 *
 * <p>Only a commit that drops a table makes its topic superfluous. That a catalog does not know a
 * topic proves nothing: it may be one that has just been made and is still to be rebuilt. Used by
 * one thread; holds no state that the commits do not give again.
 */
public final class DroppedLogs {
  private static final Logger LOG = LoggerFactory.getLogger(DroppedLogs.class);
  private static final int COMMITS_PER_READ = 500;

  private final Catalog catalog;
  private final Consumer<LogBinding> delete;
  private final Duration minAge;
  private final Map<Long, LogBinding> bindings = new HashMap<>();
  private final TreeMap<Long, Dropped> dropped = new TreeMap<>();
  private long seen;

  private record Dropped(LogBinding log, Instant at) {}

  /**
   * @param delete deletes a topic if it is still the one that was bound; one that is gone is no
   *     error
   * @param minAge how long after its drop a table's log may still be read
   */
  public DroppedLogs(Catalog catalog, Consumer<LogBinding> delete, Duration minAge) {
    this.catalog = catalog;
    this.delete = delete;
    this.minAge = minAge;
  }

  /** One round: looks for drops, and deletes what is due. */
  public void step() {
    try {
      look();
      if (!dropped.isEmpty()) {
        delete(catalog.now().minus(minAge));
      }
    } catch (CatalogException | LogException e) {
      LOG.warn("topics of dropped tables are left for later: {}", e.getMessage());
    }
  }

  private void look() {
    while (true) {
      List<CommitRecord> records = catalog.commits(seen, COMMITS_PER_READ);
      if (records.isEmpty()) {
        return;
      }
      for (CommitRecord record : records) {
        record.commit().tables().forEach(change -> take(change, record.time()));
        seen = record.number();
      }
    }
  }

  private void take(TableChange change, Instant at) {
    switch (change) {
      case TableChange.Create create -> bindings.put(create.table(), create.definition().log());
      case TableChange.SwitchLog switched -> bindings.put(switched.table(), switched.log());
      case TableChange.Drop drop -> {
        LogBinding log = bindings.remove(drop.table());
        if (log != null) {
          dropped.put(drop.table(), new Dropped(log, at));
        }
      }
      case TableChange.Widen _, TableChange.Alter _ -> {}
    }
  }

  private void delete(Instant before) {
    for (Iterator<Dropped> next = dropped.values().iterator(); next.hasNext(); ) {
      Dropped table = next.next();
      if (!table.at().isAfter(before)) {
        delete.accept(table.log());
        next.remove();
        LOG.info("deleted topic {} of a dropped table", table.log().topic());
      }
    }
  }
}
