package dev.kyma.compactor.core.check;

import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares cursors with the logs they point into. */
final class CursorCheck {
  private final Snapshot snapshot;
  private final LogBounds logs;
  private final Findings findings;

  CursorCheck(Snapshot snapshot, LogBounds logs, Findings findings) {
    this.snapshot = snapshot;
    this.logs = logs;
    this.findings = findings;
  }

  void check(Collection<TableDef> tables) {
    List<LogBinding> bindings = tables.stream().map(TableDef::log).distinct().toList();
    Map<LogBinding, LogIdentity> identities = logs.verify(bindings);
    Map<LogPartition, String> readable = new HashMap<>();
    for (TableDef table : tables) {
      String name = StorageCheck.nameOf(table);
      LogIdentity identity = identities.getOrDefault(table.log(), new LogIdentity.Missing());
      Optional<LogException> fault = identity.fault(table.log());
      fault.ifPresent(
          found ->
              findings.add(
                  Finding.of(
                      Finding.Code.LOG_REPLACED,
                      name,
                      table.log().topic(),
                      "topic id "
                          + table.log().topicId()
                          + " with "
                          + table.log().partitions()
                          + " partitions",
                      String.valueOf(found.getMessage()))));
      for (int i = 0; i < table.log().partitions(); i++) {
        LogPartition partition = new LogPartition(table.log(), i);
        if (isOfLog(name, partition) && fault.isEmpty()) {
          readable.put(partition, name);
        }
      }
    }
    // The ends are read after the snapshot: a cursor of it can only lie before them.
    Map<LogPartition, LogRange> bounds =
        readable.isEmpty() ? Map.of() : logs.bounds(new ArrayList<>(readable.keySet()));
    bounds.forEach(
        (partition, found) -> check(readable.getOrDefault(partition, ""), partition, found));
  }

  private boolean isOfLog(String table, LogPartition partition) {
    Optional<SourceCursor> cursor = snapshot.cursor(partition.ordinal());
    String topicId = partition.binding().topicId();
    if (cursor.isPresent() && cursor.get().topicId().equals(topicId)) {
      return true;
    }
    findings.add(
        Finding.of(
            Finding.Code.CURSOR_WRONG,
            table,
            partition.toString(),
            "a cursor of topic " + topicId,
            cursor.map(found -> "one of topic " + found.topicId()).orElse("none")));
    return false;
  }

  private void check(String table, LogPartition partition, LogRange bounds) {
    long cursor = snapshot.cursor(partition.ordinal()).map(SourceCursor::nextOffset).orElse(0L);
    if (cursor > bounds.end()) {
      findings.add(
          Finding.at(
              Finding.Code.CURSOR_BEYOND_LOG,
              table,
              partition.toString(),
              cursor,
              "at most " + bounds.end() + ", the end of the log",
              Long.toString(cursor)));
    } else if (cursor < bounds.start()) {
      findings.add(
          Finding.at(
              Finding.Code.LOG_TRUNCATED,
              table,
              partition.toString(),
              cursor,
              "records from " + cursor + " on",
              "records from " + bounds.start() + " on"));
    }
  }
}
