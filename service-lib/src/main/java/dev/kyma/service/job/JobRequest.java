package dev.kyma.service.job;

import dev.kyma.catalog.Job;
import dev.kyma.catalog.Jobs;
import java.util.Optional;

/** Work on stored rows that a job does. */
public sealed interface JobRequest {

  /** Everything that is in a table's log when the job begins becomes extents. */
  record FlushTable(long table) implements JobRequest {}

  /**
   * The same for the logs of several tables.
   *
   * @param database of this database only; empty for all
   */
  record FlushAll(Optional<String> database) implements JobRequest {}

  /** A table's extents are merged as far as that makes them fewer. */
  record Compact(long table) implements JobRequest {}

  /** A table's extents are checked. */
  record CheckTable(long table, Depth depth) implements JobRequest {}

  /** What belongs to no table is checked. */
  record CheckStorage(Depth depth) implements JobRequest {}

  /** Everything is checked. */
  record CheckAll(Depth depth) implements JobRequest {}

  /** A table's log is taken as it is now. */
  record AdoptLog(long table) implements JobRequest {}

  /** How deep a check goes. */
  enum Depth {
    NORMAL,
    EXTENDED
  }

  /** The kind of job that does this. */
  default Job.Kind kind() {
    return switch (this) {
      case FlushTable _, FlushAll _ -> Job.Kind.FLUSH;
      case Compact _ -> Job.Kind.COMPACT;
      case CheckTable _, CheckStorage _, CheckAll _ -> Job.Kind.CHECK;
      case AdoptLog _ -> Job.Kind.ADOPT_LOG;
    };
  }

  /** The table this is about, 0 for none or several. */
  default long tableId() {
    return switch (this) {
      case FlushTable(long table) -> table;
      case Compact(long table) -> table;
      case CheckTable(long table, Depth _) -> table;
      case AdoptLog(long table) -> table;
      case FlushAll _, CheckStorage _, CheckAll _ -> 0;
    };
  }

  /** What else there is to know. */
  default String arguments() {
    return switch (this) {
      case FlushTable _, Compact _, AdoptLog _ -> "";
      case FlushAll(Optional<String> database) -> database.map(name -> "in " + name).orElse("all");
      case CheckTable(long _, Depth depth) -> depth == Depth.EXTENDED ? "extended" : "";
      case CheckStorage(Depth depth) -> depth == Depth.EXTENDED ? "storage extended" : "storage";
      case CheckAll(Depth depth) -> depth == Depth.EXTENDED ? "all extended" : "all";
    };
  }

  /** Asks for it; answers the job's number. */
  default long submit(Jobs jobs) {
    return jobs.submit(kind(), tableId(), arguments());
  }

  /**
   * What a job asks for.
   *
   * @throws IllegalArgumentException if it is nothing known
   */
  static JobRequest of(Job job) {
    String arguments = job.arguments();
    Depth depth = arguments.endsWith("extended") ? Depth.EXTENDED : Depth.NORMAL;
    return switch (job.kind()) {
      case FLUSH -> {
        if (job.table() != 0) {
          yield new FlushTable(job.table());
        }
        yield new FlushAll(
            arguments.startsWith("in ") ? Optional.of(arguments.substring(3)) : Optional.empty());
      }
      case COMPACT -> new Compact(job.table());
      case ADOPT_LOG -> new AdoptLog(job.table());
      case CHECK -> {
        if (job.table() != 0) {
          yield new CheckTable(job.table(), depth);
        }
        yield switch (arguments) {
          case "all", "all extended" -> new CheckAll(depth);
          case "storage", "storage extended" -> new CheckStorage(depth);
          default -> throw new IllegalArgumentException("a check of \"" + arguments + "\"");
        };
      }
    };
  }
}
