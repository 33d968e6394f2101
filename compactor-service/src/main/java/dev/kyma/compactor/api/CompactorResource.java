package dev.kyma.compactor.api;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.LogStoppedException;
import dev.kyma.compactor.core.compact.TableGoneException;
import dev.kyma.compactor.runtime.Compactor;
import dev.kyma.compactor.runtime.RoleMissingException;
import dev.kyma.service.log.LogException;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Flush or compact now, and what the compactor is doing. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public class CompactorResource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Compactor compactor;
  private final Catalog catalog;

  @Inject
  CompactorResource(Compactor compactor, Catalog catalog) {
    this.compactor = compactor;
    this.catalog = catalog;
  }

  /** Every log partition's flush, the archive, and what is being merged. */
  @GET
  @Path("/status")
  @Operation(
      operationId = "compactorStatus",
      summary = "Flush, archive and compaction, as they stand")
  public StatusAnswer status() {
    return new StatusAnswer(
        compactor.partitions().stream().map(StatusAnswer.Partition::of).toList(),
        compactor.archive().map(StatusAnswer.Archive::of).orElse(null),
        compactor.compaction().map(StatusAnswer.Compaction::of).orElse(null),
        compactor.cleanup().map(StatusAnswer.Gc::of).orElse(null));
  }

  /**
   * Flushes what is in the log now and answers when it is in extents.
   *
   * @param table {@code table} or {@code database.table}; all tables when it is not given
   */
  @POST
  @Path("/flush")
  @RunOnVirtualThread
  @Operation(
      operationId = "flush",
      summary = "Flush now",
      description =
          "Answers when every row that was in the log is in an extent. Covers the partitions this"
              + " process flushes.")
  public FlushAnswer flush(@QueryParam("table") @Nullable String table) {
    return FlushAnswer.of(
        await(
            compactor.flush(table == null ? Optional.empty() : Optional.of(idOf(table))),
            CompactorProblems.FLUSH_TIMEOUT));
  }

  /**
   * Merges a table's extents as far as it makes them fewer or better, and answers when nothing is
   * left to do.
   *
   * @param table {@code table} or {@code database.table}
   */
  @POST
  @Path("/compact")
  @RunOnVirtualThread
  @Operation(
      operationId = "compact",
      summary = "Compact now",
      description = "Answers when nothing of the table is left to merge.")
  public CompactAnswer compact(@QueryParam("table") @Nullable String table) {
    if (table == null) {
      throw new KymaException.Rejected(
          CompactorProblems.TABLE_NOT_FOUND, "Say which table, with ?table=.");
    }
    long id = idOf(table);
    return CompactAnswer.of(id, await(compactor.compact(id), CompactorProblems.COMPACT_TIMEOUT));
  }

  private static <T> T await(CompletableFuture<T> work, ProblemType tooLong) {
    try {
      return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw problem(e.getCause());
    } catch (CancellationException e) {
      throw new KymaException.Busy(ProblemType.STOPPING, "The compactor is stopping.", RETRY_AFTER);
    } catch (TimeoutException e) {
      throw new KymaException.Busy(
          tooLong,
          "Not everything was done in " + PATIENCE.toSeconds() + " s; see /v1/status.",
          RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KymaException.Busy(ProblemType.STOPPING, "The compactor is stopping.", RETRY_AFTER);
    }
  }

  private long idOf(String name) {
    int dot = name.lastIndexOf('.');
    String database = dot < 0 ? "default" : name.substring(0, dot);
    String unprefixed =
        database.startsWith("kyma.") ? database.substring("kyma.".length()) : database;
    return catalog
        .snapshot()
        .table(unprefixed, name.substring(dot + 1))
        .map(TableDef::id)
        .orElseThrow(
            () ->
                new KymaException.Rejected(
                    CompactorProblems.TABLE_NOT_FOUND, "There is no table " + name + "."));
  }

  private static RuntimeException problem(@Nullable Throwable cause) {
    return switch (cause) {
      case LogStoppedException stopped ->
          new KymaException.Busy(
              CompactorProblems.LOG_STOPPED,
              String.valueOf(stopped.getMessage()),
              RETRY_AFTER,
              Map.of("reason", stopped.code()),
              stopped);
      case LogException fault ->
          new KymaException.Busy(
              CompactorProblems.LOG_UNAVAILABLE,
              String.valueOf(fault.getMessage()),
              RETRY_AFTER,
              Map.of("reason", fault.code()),
              fault);
      case RoleMissingException missing ->
          new KymaException.Busy(
              CompactorProblems.ROLE_MISSING,
              String.valueOf(missing.getMessage()),
              RETRY_AFTER,
              Map.of("role", missing.role()),
              missing);
      case TableGoneException gone ->
          new KymaException.Rejected(
              CompactorProblems.TABLE_NOT_FOUND, String.valueOf(gone.getMessage()));
      case RuntimeException other -> other;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
