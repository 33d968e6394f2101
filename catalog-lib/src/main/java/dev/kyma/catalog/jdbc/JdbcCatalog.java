package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Garbage;
import dev.kyma.catalog.Jobs;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Pin;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.index.ExtentFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The catalog in a SQLite file or a Postgres database. */
public final class JdbcCatalog implements Catalog {
  private static final Pattern PURPOSE = Pattern.compile("[A-Za-z0-9._=-]+");

  private final Database database;
  private final CommitQueue commits;
  private final Mirror mirror;
  private final TimeTravel past;
  private final Jobs jobs;

  private JdbcCatalog(Database database, JdbcCatalogConfig config) {
    this.database = database;
    Migrations.run(database);
    this.mirror = new Mirror(database, config.checkpointEvery(), config.maxExtentBytes());
    this.past = new TimeTravel(database, mirror);
    this.jobs = new JdbcJobs(database);
    this.commits = new CommitQueue(database, mirror, config.maxGroup());
  }

  /** Opens the catalog of a database that needs no password, made if it is new. */
  public static JdbcCatalog open(String url) {
    return open(JdbcCatalogConfig.of(url));
  }

  /** Opens the catalog of a database with a user, made if it is new. */
  public static JdbcCatalog open(String url, String user, String password) {
    return open(JdbcCatalogConfig.of(url, user, password));
  }

  /**
   * Opens a catalog; its tables are made if the database is new.
   *
   * @throws IllegalArgumentException if the URL is of neither database
   * @throws dev.kyma.catalog.CatalogException.Unavailable if the database cannot be reached
   * @throws dev.kyma.catalog.CatalogException.Corrupt if a newer Kyma has changed it
   */
  public static JdbcCatalog open(JdbcCatalogConfig config) {
    Dialect dialect = dialect(config.url());
    Database database = Database.pooled(config, dialect);
    try {
      return new JdbcCatalog(database, config);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** A catalog on connections of the caller's making, as a test of faults needs it. */
  static JdbcCatalog open(DataSource source, Dialect dialect, JdbcCatalogConfig config) {
    return new JdbcCatalog(new Database(source, dialect), config);
  }

  static Dialect dialect(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return new SqliteDialect();
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    throw new IllegalArgumentException(
        "the catalog's URL must start with jdbc:sqlite: or jdbc:postgresql:, not " + url);
  }

  @Override
  public Snapshot snapshot() {
    return mirror.newest();
  }

  @Override
  public Snapshot snapshot(Duration fresh, Duration stale) {
    return mirror.newest(fresh, stale);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if an extent's key is not under the commit's grant, a filter
   *     is of no extent the commit adds, a partition's cursor is moved twice, an extent masked
   *     twice, or a name holds the character 0
   */
  @Override
  public CommitOutcome commit(
      Commit commit, Map<String, List<ExtentFilter>> filters, Duration patience) {
    validate(commit);
    Set<String> unknown = new HashSet<>(filters.keySet());
    commit.add().forEach(extent -> unknown.remove(extent.key()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("filters of " + unknown + ", which are not added");
    }
    return commits.submit(new Submission(commit, Map.copyOf(filters)), patience);
  }

  @Override
  public Set<String> excluded(long table, int column, long hash) {
    if (mirror.hasJustFailed()) {
      // A reader that went on with an older snapshot does not wait for help it can do without.
      return Set.of();
    }
    return database.read(c -> FilterTable.excluded(c, table, column, hash));
  }

  @Override
  public void storeFilters(long table, Map<String, List<ExtentFilter>> filters) {
    database.write(c -> done(() -> FilterTable.replace(c, table, filters)));
  }

  @Override
  public Snapshot at(long number) {
    return past.at(number);
  }

  @Override
  public Snapshot at(Instant instant) {
    return past.at(instant);
  }

  @Override
  public void pin(String name, long number) {
    Pin pin = new Pin(name, number);
    database.write(c -> done(() -> GarbageTable.pin(c, database.dialect(), pin)));
  }

  @Override
  public void unpin(String name) {
    database.write(c -> done(() -> GarbageTable.unpin(c, name)));
  }

  @Override
  public List<Pin> pins() {
    return database.read(GarbageTable::pins);
  }

  @Override
  public List<Garbage> garbage(Duration minAge, int limit) {
    return database.write(c -> GarbageTable.garbage(c, database.dialect(), minAge, limit));
  }

  @Override
  public void collected(List<String> keys) {
    database.write(c -> done(() -> GarbageTable.collected(c, keys)));
  }

  @Override
  public Set<String> named(List<String> keys) {
    return database.read(c -> GarbageTable.named(c, keys));
  }

  @Override
  public Set<String> addedBefore(long table, Instant instant) {
    return database.read(c -> GarbageTable.addedBefore(c, table, instant));
  }

  @Override
  public List<WriteGrant> revokedGrants() {
    return database.read(GrantTable::ended);
  }

  @Override
  public void forgetGrant(WriteGrant grant) {
    database.write(c -> done(() -> GrantTable.forget(c, grant.id())));
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  private static void validate(Commit commit) {
    String prefix = commit.writeGrant().map(WriteGrant::keyPrefix).orElse("");
    for (ExtentRef extent : commit.add()) {
      if (!extent.key().startsWith(prefix) || extent.key().indexOf(0) >= 0) {
        throw new IllegalArgumentException(extent.key() + " is not under " + prefix);
      }
    }
    for (TableChange change : commit.tables()) {
      if (change instanceof TableChange.Create create
          && (create.definition().database() + create.definition().name()).indexOf(0) >= 0) {
        throw new IllegalArgumentException("a table's name cannot hold the character 0");
      }
    }
    Set<Integer> logs = new HashSet<>();
    for (Commit.CursorMove move : commit.cursors()) {
      if (!logs.add(move.expected().log())) {
        throw new IllegalArgumentException("the cursor of log " + move.expected().log() + " twice");
      }
    }
    Set<String> masked = new HashSet<>();
    for (Mask mask : commit.masks()) {
      if (!masked.add(mask.extent())) {
        throw new IllegalArgumentException("two masks of " + mask.extent());
      }
    }
  }

  @Override
  public Optional<CommitRecord> find(UUID commitId) {
    return database.read(c -> Optional.ofNullable(CommitTable.find(c, commitId)));
  }

  @Override
  public List<CommitRecord> commits(long after, int limit) {
    return database.read(c -> CommitTable.after(c, after, limit));
  }

  @Override
  public long allocateTableId() {
    return database.write(c -> GrantTable.take(c, "table", 1));
  }

  @Override
  public int allocateLogOrdinals(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(partitions + " partitions");
    }
    return Math.toIntExact(database.write(c -> GrantTable.take(c, "log", partitions)));
  }

  @Override
  public WriteGrant openGrant(String purpose) {
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException("a grant's purpose is one segment of a key: " + purpose);
    }
    return database.write(c -> GrantTable.open(c, database.dialect(), purpose));
  }

  @Override
  public void closeGrant(WriteGrant grant) {
    database.write(c -> done(() -> GrantTable.close(c, grant.id())));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Grants already closed or revoked are answered too: objects may be left under them as well.
   */
  @Override
  public List<WriteGrant> revokeGrantsOpenedBefore(Instant instant) {
    return database.write(c -> GrantTable.revokeOpenedBefore(c, instant));
  }

  @Override
  public long archivedThrough() {
    return database.read(c -> GrantTable.value(c, "archived"));
  }

  @Override
  public void archivedThrough(long snapshotNumber) {
    database.write(c -> done(() -> GrantTable.raise(c, "archived", snapshotNumber)));
  }

  @Override
  public Instant now() {
    return database.read(c -> Sql.instant(GrantTable.nowMicros(c, database.dialect())));
  }

  private interface Statement {
    void run() throws SQLException;
  }

  private static boolean done(Statement statement) throws SQLException {
    statement.run();
    return true;
  }

  /** Waits for commits in flight, then gives up the connections. */
  @Override
  public void close() {
    commits.close();
    mirror.close();
    database.close();
  }
}
