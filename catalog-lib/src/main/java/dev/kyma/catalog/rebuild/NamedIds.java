package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.CatalogRestore.Counters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The greatest ids the lost catalog is known to have handed out, and its write grants. Used by one
 * thread.
 *
 * <p>It handed out more than its archive names: a table whose creation was not archived has an id,
 * a topic and log ordinals; a grant nothing was committed under has a prefix. Those after the last
 * archived commit are few, but their number is unknown, so counting goes on {@value #GAP} further.
 */
final class NamedIds {
  /** More than can have been handed out while the archive was behind. */
  static final int GAP = 1 << 20;

  /** The same for log ordinals, of which there are only so many. */
  static final int LOG_GAP = 1 << 16;

  private static final int GRANT_DIGITS = 8;
  private static final int GRANT_RADIX = 32;

  private long table;
  private int log = -1;
  private long grant;
  private final TreeMap<Long, WriteGrant> grants = new TreeMap<>();

  void add(Commit commit) {
    commit.writeGrant().ifPresent(this::add);
    commit.add().forEach(extent -> table(extent.table()));
    commit.cursors().forEach(move -> log(move.next().log()));
    for (TableChange change : commit.tables()) {
      table(change.table());
      if (change instanceof TableChange.Create create) {
        add(create.definition());
      }
      if (change instanceof TableChange.SwitchLog switched) {
        log(switched.log().ordinal(switched.log().partitions() - 1));
      }
    }
  }

  void add(Snapshot snapshot) {
    snapshot.tables().forEach(this::add);
  }

  private void add(TableDef definition) {
    table(definition.id());
    log(definition.log().ordinal(definition.log().partitions() - 1));
  }

  private void add(WriteGrant known) {
    grants.put(known.id(), known);
    grant = Math.max(grant, known.id());
  }

  /**
   * Takes note of an object's key; one that is under a grant tells that grant.
   *
   * @param openedAt what to take for the time such a grant was opened
   * @return the grant, empty when keys of this form are written under none
   */
  Optional<WriteGrant> key(String key, Instant openedAt) {
    int purpose = key.indexOf('/');
    int end = purpose + 1 + GRANT_DIGITS;
    if (purpose <= 0 || key.charAt(0) == '_' || key.length() <= end || key.charAt(end) != '/') {
      return Optional.empty();
    }
    String digits = key.substring(purpose + 1, end);
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'v')) {
      return Optional.empty();
    }
    long id = Long.parseLong(digits, GRANT_RADIX);
    WriteGrant known = grants.get(id);
    if (known == null) {
      known = new WriteGrant(id, key.substring(0, end + 1), openedAt);
      add(known);
    }
    return Optional.of(known);
  }

  private void table(long id) {
    table = Math.max(table, id);
  }

  private void log(int ordinal) {
    log = Math.max(log, ordinal);
  }

  /** Takes note of where an earlier rebuild let counting go on. */
  void add(Counters counters) {
    table = Math.max(table, counters.table());
    log = Math.toIntExact(Math.max(log, counters.log()));
    grant = Math.max(grant, counters.grant());
  }

  /** Every grant known, by id. */
  List<WriteGrant> grants() {
    return List.copyOf(grants.values());
  }

  /** Where counting goes on. */
  Counters next() {
    return new Counters(table + GAP, log + (long) LOG_GAP, grant + GAP);
  }
}
