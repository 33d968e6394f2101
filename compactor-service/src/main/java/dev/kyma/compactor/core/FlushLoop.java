package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.PolledLogs;
import dev.kyma.service.log.RecordDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes all logs: one thread calls {@link #step} over and over, which refreshes what the catalog
 * knows, polls, folds, seals what is due and hands it to workers.
 *
 * <p>{@link #step} and {@link #close} belong to one thread; {@link #flush} and {@link #status} are
 * safe for use by many.
 */
public final class FlushLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlushLoop.class);
  private static final Duration END_OFFSETS_EVERY = Duration.ofSeconds(2);

  /** What the loop works with. */
  public record Ports(
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      RowLog log,
      LogKeeper keeper,
      RecordDecoder decoder,
      FlushShare share,
      FlushListener listener,
      Executor workers,
      Clock clock,
      RandomGenerator random) {}

  private record Completed(Flush flush, FlushResult result) {}

  private final Ports ports;
  private final FlushSettings settings;
  private final FlushWorker worker;
  private final DeadLetterTable deadLetters;
  private final Backoff backoff;
  private final Map<LogPartition, PartitionFlusher> flushers = new LinkedHashMap<>();
  private final Queue<Completed> completed = new ConcurrentLinkedQueue<>();
  private final FlushRequests requests = new FlushRequests();
  private volatile List<PartitionStatus> status = List.of();
  private Instant nextRefresh = Instant.MIN;
  private Instant nextIdentityCheck = Instant.MIN;
  private Instant nextEndOffsets = Instant.MIN;
  private boolean deadLettersReady;
  private int inFlight;

  public FlushLoop(Ports ports, FlushSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.backoff = new Backoff(settings.firstBackoff(), settings.mostBackoff(), ports.random());
    this.deadLetters = new DeadLetterTable(ports.catalog(), ports.keeper());
    this.worker =
        new FlushWorker(
            ports.catalog(),
            ports.store(),
            ports.keeper(),
            new ExtentBuilder(ports.format()),
            new ReplacedRows(ports.store(), ports.format()),
            new WriteGrants(ports.catalog(), ports.clock(), settings.grantAge()),
            deadLetters,
            settings.builders(),
            settings.commitPatience());
  }

  /** What is known of every partition this process flushes. */
  public List<PartitionStatus> status() {
    return status;
  }

  /**
   * Asks that everything that is in the log now is flushed, due or not.
   *
   * @param table only this table's log; empty for all
   * @return completed when it is in extents; exceptionally with a {@link LogException} when a log
   *     is not what the catalog recorded
   */
  public CompletableFuture<FlushedTo> flush(Optional<Long> table) {
    return requests.add(table);
  }

  /** One round. Waits for records at most as long as nothing is due. */
  public void step() {
    takeCompleted();
    Instant now = ports.clock().instant();
    boolean newRequests = requests.take();
    if (newRequests || !now.isBefore(nextRefresh)) {
      // A request may be about a table made a moment ago.
      refresh(now, newRequests ? Duration.ZERO : settings.refresh());
    }
    load(now);
    checkIdentity(now);
    readEndOffsets(now);
    requests.aim(flushers.values(), this::endOffsets);
    poll(now);
    now = ports.clock().instant();
    seal(now);
    begin(now);
    requests.answer(flushers, ports.catalog());
    status = flushers.values().stream().map(PartitionFlusher::status).toList();
  }

  private void takeCompleted() {
    Instant now = ports.clock().instant();
    for (Completed done = completed.poll(); done != null; done = completed.poll()) {
      inFlight--;
      Flush flush = done.flush();
      PartitionFlusher flusher = flushers.get(flush.partition);
      report(flush, done.result());
      if (flusher != null) {
        flusher.completed(flush, done.result(), now);
        if (!flusher.isLoaded()) {
          ports.log().remove(List.of(flush.partition));
        }
      }
    }
  }

  private void report(Flush flush, FlushResult result) {
    switch (result) {
      case FlushResult.Committed(var record) -> {
        long rows = flush.rows.waiting().rows();
        LOG.debug("{}: {} rows in snapshot {}", flush.partition, rows, record.number());
        ports.listener().committed(record, rows);
      }
      case FlushResult.Lost(String code, String detail) ->
          LOG.info("{}: flush lost, {}: {}", flush.partition, code, detail);
      case FlushResult.Retry(String code, String detail) ->
          LOG.warn("{}: flush put off, {}: {}", flush.partition, code, detail);
      case FlushResult.Broken(LogException fault) ->
          LOG.error("{}: stopped, {}", flush.partition, fault.code(), fault);
    }
  }

  /** Takes up new tables and lets go of ones that are gone or not ours. */
  private void refresh(Instant now, Duration maxAge) {
    nextRefresh = now.plus(settings.refresh());
    Snapshot newest;
    try {
      newest = maxAge.isZero() ? ports.catalog().snapshot() : ports.catalog().snapshot(maxAge);
      ensureDeadLetters();
    } catch (CatalogException.Unavailable e) {
      LOG.warn("the catalog does not answer: {}", e.getMessage());
      return;
    }
    Map<LogPartition, TableDef> ours = new LinkedHashMap<>();
    for (TableDef table : newest.tables()) {
      for (int i = 0; i < table.log().partitions(); i++) {
        LogPartition partition = new LogPartition(table.log(), i);
        if (ports.share().isOurs(partition)) {
          ours.put(partition, table);
        }
      }
    }
    dropOthers(ours);
    ours.forEach(
        (partition, table) ->
            flushers
                .computeIfAbsent(
                    partition, p -> new PartitionFlusher(p, table, ports.decoder(), backoff))
                .table(table));
    for (PartitionFlusher flusher : flushers.values()) {
      if (flusher.adopted(newest)) {
        flusher.reload();
      }
    }
  }

  private void dropOthers(Map<LogPartition, TableDef> ours) {
    List<LogPartition> dropped =
        flushers.keySet().stream().filter(p -> !ours.containsKey(p)).toList();
    if (!dropped.isEmpty()) {
      flushers.keySet().removeAll(dropped);
      ports.log().remove(dropped);
    }
  }

  private void ensureDeadLetters() {
    if (deadLettersReady) {
      return;
    }
    try {
      deadLettersReady = deadLetters.ensure(settings.commitPatience()).isPresent();
    } catch (LogException e) {
      LOG.warn("no table for dead letters yet: {}", e.getMessage());
    }
  }

  /** Reads cursors anew where needed, and reads on from them. */
  private void load(Instant now) {
    List<PartitionFlusher> loading =
        flushers.values().stream().filter(f -> f.wantsLoading(now) && !f.isAttempting()).toList();
    if (loading.isEmpty()) {
      return;
    }
    try {
      Snapshot newest = ports.catalog().snapshot();
      Map<LogPartition, LogPosition> positions = new LinkedHashMap<>();
      for (PartitionFlusher flusher : loading) {
        loadOne(flusher, newest, now).ifPresent(at -> positions.put(flusher.partition(), at));
      }
      stopAll(ports.log().add(positions));
    } catch (CatalogException | LogException e) {
      String code = e instanceof LogException fault ? fault.code() : "catalog_unavailable";
      LOG.warn("could not begin to read {} partitions: {}", loading.size(), e.getMessage());
      for (PartitionFlusher flusher : loading) {
        flusher.reload();
        flusher.backOff(code, String.valueOf(e.getMessage()), now);
      }
    }
  }

  /** One partition whose state is damaged must not keep the others from being read. */
  private Optional<LogPosition> loadOne(PartitionFlusher flusher, Snapshot newest, Instant now) {
    try {
      return flusher.load(newest);
    } catch (CatalogException.Corrupt e) {
      LOG.error("{}: its state in the catalog is damaged", flusher.partition(), e);
      flusher.reload();
      flusher.backOff("catalog_corrupt", String.valueOf(e.getMessage()), now);
      return Optional.empty();
    }
  }

  private void stopAll(Map<LogPartition, LogException> faults) {
    faults.forEach(
        (partition, fault) -> {
          LOG.error("{}: stopped, {}", partition, fault.code(), fault);
          PartitionFlusher flusher = flushers.get(partition);
          if (flusher != null) {
            flusher.stop(fault);
          }
        });
    ports.log().remove(faults.keySet());
  }

  /**
   * A deleted topic brings no records and no error: ids are compared from time to time. A stopped
   * log whose topic has its id again is the same log, since ids are never reused; one that was cut
   * off stays stopped.
   */
  private void checkIdentity(Instant now) {
    if (now.isBefore(nextIdentityCheck)) {
      return;
    }
    nextIdentityCheck = now.plus(settings.identityCheck());
    List<PartitionFlusher> checked =
        flushers.values().stream().filter(f -> f.isLoaded() || f.mayComeBack()).toList();
    if (checked.isEmpty()) {
      return;
    }
    try {
      Map<LogBinding, LogIdentity> identities =
          ports
              .keeper()
              .verify(checked.stream().map(f -> f.partition().binding()).distinct().toList());
      Map<LogPartition, LogException> faults = new HashMap<>();
      for (PartitionFlusher flusher : checked) {
        LogBinding log = flusher.partition().binding();
        LogIdentity identity = identities.getOrDefault(log, new LogIdentity.Missing());
        if (identity instanceof LogIdentity.Same) {
          if (flusher.mayComeBack()) {
            flusher.reload();
          }
        } else if (flusher.isLoaded()) {
          identity.fault(log).ifPresent(fault -> faults.put(flusher.partition(), fault));
        }
      }
      stopAll(faults);
    } catch (LogException e) {
      LOG.warn("the log does not answer: {}", e.getMessage());
    }
  }

  private void readEndOffsets(Instant now) {
    if (now.isBefore(nextEndOffsets)) {
      return;
    }
    nextEndOffsets = now.plus(END_OFFSETS_EVERY);
    try {
      endOffsets(reading());
    } catch (LogException e) {
      LOG.warn("the log does not answer: {}", e.getMessage());
    }
  }

  private Map<LogPartition, Long> endOffsets(Collection<LogPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<LogPartition, Long> ends = ports.log().endOffsets(partitions);
    ends.forEach(
        (partition, end) -> {
          PartitionFlusher flusher = flushers.get(partition);
          if (flusher != null) {
            flusher.endOffset(end);
          }
        });
    return ends;
  }

  private List<LogPartition> reading() {
    return flushers.values().stream()
        .filter(PartitionFlusher::wantsRecords)
        .map(PartitionFlusher::partition)
        .toList();
  }

  private void poll(Instant now) {
    List<LogPartition> all = List.copyOf(flushers.keySet());
    boolean full = memoryBytes() > settings.memoryLimit();
    List<LogPartition> wanted = full ? List.of() : reading();
    ports.log().pause(all);
    ports.log().resume(wanted);
    PolledLogs polled;
    try {
      polled = ports.log().poll(wait(now));
    } catch (LogException e) {
      LOG.warn("the log does not answer: {}", e.getMessage());
      return;
    }
    Instant read = ports.clock().instant();
    for (LogSlice slice : polled.slices()) {
      PartitionFlusher flusher = flushers.get(slice.partition());
      if (flusher != null) {
        flusher.accept(slice, read);
        // Sealed at once: a flush should not grow far beyond its policy within one poll.
        flusher.sealIfDue(read);
      }
    }
    stopAll(polled.faults());
  }

  private Duration wait(Instant now) {
    Duration wait = settings.poll();
    for (PartitionFlusher flusher : flushers.values()) {
      wait = FlushTiming.until(flusher.nextEvent(now), now, wait);
    }
    return wait;
  }

  private void seal(Instant now) {
    for (PartitionFlusher flusher : flushers.values()) {
      flusher.sealIfDue(now);
    }
    if (memoryBytes() > settings.memoryBytes()) {
      flushers.values().stream()
          .filter(flusher -> flusher.openMemoryBytes() > 0)
          .max(Comparator.comparingLong(PartitionFlusher::openMemoryBytes))
          .ifPresent(PartitionFlusher::sealNow);
    }
  }

  private long memoryBytes() {
    long bytes = 0;
    for (PartitionFlusher flusher : flushers.values()) {
      bytes += flusher.memoryBytes();
    }
    return bytes;
  }

  private void begin(Instant now) {
    for (PartitionFlusher flusher : flushers.values()) {
      flusher
          .begin(now)
          .ifPresent(
              flush -> {
                inFlight++;
                ports
                    .workers()
                    .execute(() -> completed.add(new Completed(flush, worker.attempt(flush))));
              });
    }
  }

  /**
   * Waits for flushes under way and stops reading. Rows that are not flushed stay in the log.
   *
   * @param patience how long to wait at most
   */
  public void drain(Duration patience) {
    Instant deadline = ports.clock().instant().plus(patience);
    while (inFlight > 0 && ports.clock().instant().isBefore(deadline)) {
      takeCompleted();
      if (inFlight > 0) {
        LockSupport.parkNanos(5_000_000);
      }
    }
    close();
  }

  @Override
  public void close() {
    requests.cancel();
    ports.log().close();
    ports.share().close();
  }
}
