package dev.kyma.ingest.core;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.json.BodyRows;
import dev.kyma.ingest.core.json.MalformedJsonException;
import dev.kyma.ingest.core.json.RawRows;
import dev.kyma.ingest.core.json.Rejection;
import dev.kyma.ingest.core.log.RequestKey;
import dev.kyma.ingest.core.log.TableAppender;
import dev.kyma.ingest.core.table.StoredIntegers;
import dev.kyma.ingest.core.table.TableSpec;
import dev.kyma.ingest.core.table.Tables;
import dev.kyma.ingest.core.typing.MappedRows;
import dev.kyma.ingest.core.typing.RowDefaults;
import dev.kyma.ingest.core.typing.RowMapper;
import dev.kyma.ingest.core.typing.SchemaPlanner;
import dev.kyma.ingest.core.typing.SnowflakeIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Stores JSON rows: finds or makes their table, fits its schema to them, sends them part by part
 * and waits for the log. Safe for use by many threads; {@link #ingest} blocks.
 */
public final class RowIngest {
  private static final int SCHEMA_ATTEMPTS = 10;

  private final Tables tables;
  private final TableAppender appender;
  private final IngestPolicy policy;
  private final SchemaPlanner planner;
  private final SnowflakeIds ids;
  private final StoredIntegers integers = new StoredIntegers();
  private final KnownKeys keys;
  private final Clock clock;

  /**
   * @param ids the ids of columns that ask for them
   */
  public RowIngest(
      Tables tables, TableAppender appender, IngestPolicy policy, SnowflakeIds ids, Clock clock) {
    this.tables = tables;
    this.ids = ids;
    this.appender = appender;
    this.policy = policy;
    this.planner = new SchemaPlanner(policy.maxColumns());
    this.keys = new KnownKeys(policy.keyWindow(), policy.maxKeys(), clock);
    this.clock = clock;
  }

  /**
   * Stores a request's rows and answers when the log has them.
   *
   * @throws dev.kyma.service.problem.KymaException with a code of {@link IngestProblems}; after a
   *     {@code Rejected} nothing is stored, after a {@code Busy} parts of the request may be
   */
  public IngestAnswer ingest(IngestRequest request) {
    Optional<TableDef> existing = tables.find(request.table());
    if (existing.isEmpty() && request.creation() == IngestRequest.Creation.REFUSE) {
      throw IngestProblems.tableNotFound(request.table().database(), request.table().table());
    }
    RequestKey key =
        request.key().map(k -> RequestKey.of(k, request.body(), request.length())).orElse(null);
    if (key != null && existing.isPresent()) {
      IngestAnswer known = keys.answer(existing.get().id(), key);
      if (known != null) {
        return known;
      }
    }
    return store(request, key, rows(request));
  }

  private static BodyRows rows(IngestRequest request) {
    try {
      return switch (request.format()) {
        case LINES -> BodyRows.lines(request.body(), request.length());
        case ARRAY -> BodyRows.array(request.body(), request.length());
      };
    } catch (MalformedJsonException e) {
      throw IngestProblems.malformed(
          "The body is not JSON: " + e.getMessage() + ", at byte " + e.offset() + ".");
    }
  }

  private IngestAnswer store(IngestRequest request, @Nullable RequestKey key, BodyRows body) {
    boolean allOrNone = request.atomicity() == IngestRequest.Atomicity.ALL_ROWS;
    List<Part> held = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    List<CompletableFuture<FreshnessToken>> sent = new ArrayList<>();
    int rejected = 0;
    long accepted = 0;
    Optional<TableDef> last = Optional.empty();
    for (int number = 0; body.hasNext(); number++) {
      RawRows raw = body.next(() -> columnNames(request));
      if (raw.rowCount() == 0) {
        continue;
      }
      Part part = map(request, key, raw, number);
      rejections.addAll(part.rows().rejections());
      rejected += part.rows().rejectedCount();
      accepted += part.rows().batch().rowCount();
      last = Optional.of(part.table());
      if (allOrNone) {
        held.add(part);
      } else {
        send(part, key).ifPresent(sent::add);
      }
    }
    rejections.addAll(body.rejections());
    rejections.sort(Comparator.comparingInt(Rejection::line));
    List<Rejection> listed =
        rejections.subList(0, Math.min(rejections.size(), Rejection.MAX_LISTED));
    int rejectedCount = rejected + body.rejectedCount();
    // Nothing was sent so far if all rows must land or none did.
    if (rejectedCount > 0 && (allOrNone || accepted == 0)) {
      throw IngestProblems.rejected(
          body.rejectedCount() > 0 ? IngestProblems.MALFORMED_BODY : IngestProblems.ROWS_REJECTED,
          listed,
          rejectedCount);
    }
    held.forEach(part -> send(part, key).ifPresent(sent::add));
    FreshnessToken token = await(sent);
    IngestAnswer answer = new IngestAnswer(accepted, listed, rejectedCount, token, false);
    if (key != null && last.isPresent()) {
      keys.remember(last.get().id(), key, answer);
    }
    return answer;
  }

  private List<String> columnNames(IngestRequest request) {
    return tables
        .find(request.table())
        .map(table -> table.schema().fields().stream().map(field -> field.name()).toList())
        .orElse(List.of());
  }

  private record Part(TableDef table, MappedRows rows, int number) {}

  private Part map(IngestRequest request, @Nullable RequestKey key, RawRows raw, int number) {
    Instant now = clock.instant();
    long nowNanos = Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
    TableDef table = table(request, raw);
    OptionalInt partition =
        key == null ? OptionalInt.empty() : OptionalInt.of(key.partition(table.log().partitions()));
    RowDefaults defaults = RowDefaults.of(table, ids, partition);
    RowMapper mapper = new RowMapper(table, isInferred(table), raw, nowNanos, defaults);
    return new Part(table, mapper.map(), number);
  }

  /** The table with the schema that fits the rows best. */
  private TableDef table(IngestRequest request, RawRows raw) {
    TableDef table = tables.find(request.table()).orElseGet(() -> made(request, raw));
    if (request.evolution() == IngestRequest.Evolution.KEEP_SCHEMA || wider(table, raw).isEmpty()) {
      return table;
    }
    return tables.exclusively(request.table(), () -> widened(request, raw));
  }

  private TableDef made(IngestRequest request, RawRows raw) {
    if (request.creation() == IngestRequest.Creation.REFUSE) {
      throw IngestProblems.tableNotFound(request.table().database(), request.table().table());
    }
    return tables.create(spec(request, raw)).table();
  }

  /**
   * Widens the table while no other request of this process does. When other processes are faster
   * every time, the schema stays as it is and the values go to the overflow column.
   */
  private TableDef widened(IngestRequest request, RawRows raw) {
    for (int attempt = 0; ; attempt++) {
      TableDef table = tables.newest(request.table()).orElseGet(() -> made(request, raw));
      Optional<TableSchema> wider = wider(table, raw);
      if (wider.isEmpty() || attempt == SCHEMA_ATTEMPTS) {
        return table;
      }
      Optional<TableDef> widened = tables.widen(table, wider.get());
      if (widened.isPresent()) {
        return widened.get();
      }
    }
  }

  private Optional<TableSchema> wider(TableDef table, RawRows raw) {
    Snapshot snapshot = tables.snapshot();
    return planner.widen(
        table, isInferred(table), raw, column -> integers.exactInDouble(table, column, snapshot));
  }

  private TableSpec spec(IngestRequest request, RawRows raw) {
    SchemaPlanner.Shape shape = planner.shape(raw);
    return new TableSpec(
        request.table(),
        shape.schema(),
        shape.timeColumn(),
        shape.overflowColumn(),
        List.of(shape.timeColumn()),
        List.of(),
        policy.flushPolicy(),
        policy.partitions(),
        Map.of(TableSpec.TYPES, TableSpec.INFERRED));
  }

  private static boolean isInferred(TableDef table) {
    return TableSpec.INFERRED.equals(table.options().get(TableSpec.TYPES));
  }

  private Optional<CompletableFuture<FreshnessToken>> send(Part part, @Nullable RequestKey key) {
    if (part.rows().batch().rowCount() == 0) {
      return Optional.empty();
    }
    integers.sending(part.table(), part.rows().batch());
    return Optional.of(
        key == null
            ? appender.append(part.table(), part.rows().batch())
            : appender.append(part.table(), part.rows().batch(), key, part.number()));
  }

  private FreshnessToken await(List<CompletableFuture<FreshnessToken>> sent) {
    FreshnessToken token = FreshnessToken.NONE;
    try {
      for (CompletableFuture<FreshnessToken> part : sent) {
        FreshnessToken one = part.join();
        integers.acknowledged(one);
        token = token.and(one);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
    return token;
  }
}
