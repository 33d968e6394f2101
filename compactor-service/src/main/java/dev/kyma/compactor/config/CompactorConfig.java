package dev.kyma.compactor.config;

import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.Upkeep;
import dev.kyma.compactor.core.compact.CompactionLimits;
import dev.kyma.compactor.core.compact.CompactionSettings;
import dev.kyma.compactor.core.gc.Cleanup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the compactor flushes, merges, removes, archives and trims. When a table is flushed is the
 * table's policy.
 */
@ConfigMapping(prefix = "kyma.compactor")
public interface CompactorConfig {

  /** What this process does; a cluster may spread the roles over processes of their own. */
  @WithDefault("flush,merge,gc,archive")
  Set<Role> roles();

  /** How flush runs. */
  Flush flush();

  /** When and how extents are merged. */
  Compact compact();

  /** When objects and rows are taken away. */
  Gc gc();

  /** How commits are copied to the object store. */
  Archive archive();

  /** How the log is cut off behind what is archived. */
  Trim trim();

  /** How jobs are done that statements ask for. */
  Jobs jobs();

  /** How long flushes under way are waited for when the process stops. */
  @WithDefault("10S")
  Duration drainTimeout();

  /** What a compactor does. */
  enum Role {
    /** Rows of the log become extents. */
    FLUSH,
    /** Extents are merged into fewer and better ones. */
    MERGE,
    /** Objects nobody needs any more are removed, and rows past their retention. */
    GC,
    /** Commits are copied to the object store, and the log is trimmed. */
    ARCHIVE
  }

  /** When objects and rows are taken away. */
  interface Gc {
    /**
     * How long after an extent was dereferenced its object is removed. Longer than a query may run
     * on a mirror as old as it may be, or queries would find their extents gone.
     */
    @WithDefault("60M")
    Duration minAge();

    /** How often. */
    @WithDefault("1M")
    Duration interval();

    /**
     * How old a write grant must be to be revoked, so that objects under it which no commit names
     * can be removed. Longer than a flush or a merge takes.
     */
    @WithDefault("60M")
    Duration grantAge();

    /** How often objects that no commit names are looked for. */
    @WithDefault("10M")
    Duration sweepInterval();

    /** How old a grant must be for its prefix not to be looked at any more. */
    @WithDefault("24H")
    Duration forgetAge();

    /** How often tables are looked at for rows past their retention. */
    @WithDefault("1M")
    Duration retentionInterval();
  }

  /** When and how extents are merged. */
  interface Compact {
    /** So many extents of one size may lie beside each other; one more and they are merged. */
    @WithDefault("4")
    @Min(1)
    int runs();

    /** So many rows may wait in extents as flush wrote them. */
    @WithDefault("2097152")
    @Min(1)
    long pendingRows();

    /** So long an extent may stay as flush wrote it. */
    @WithDefault("10M")
    Duration runAge();

    /** The most rows of an extent that compaction writes. */
    @WithDefault("1048576")
    @Min(1)
    @Max(1048576)
    int extentRows();

    /**
     * The most heap that the rows of an extent may take while it is written, at most a quarter of
     * the heap over all workers. Several times as much is needed for a while when it is encoded.
     */
    @WithDefault("128M")
    MemorySize extentMemory();

    /** The most extents that are merged at a time; each takes a few megabytes of heap. */
    @WithDefault("24")
    @Min(2)
    int inputs();

    /** The most rows that are merged at a time. */
    @WithDefault("8388608")
    @Min(1)
    long taskRows();

    /** From this share of deleted rows on an extent is written anew, in percent. */
    @WithDefault("25")
    @Min(1)
    @Max(100)
    int deletedPercent();

    /** How many merges run at a time. */
    @WithDefault("1")
    @Min(1)
    int workers();

    /** How often it is looked whether something is due. */
    @WithDefault("1S")
    Duration interval();

    /** How long another process waits for one that has died before it takes on its work. */
    @WithDefault("1M")
    Duration claimLease();
  }

  /** How flush runs. */
  interface Flush {
    /**
     * Heap that rows read and not committed may take, over all tables; beyond it the largest
     * partition is flushed early. Never more than a quarter of the heap.
     */
    @WithDefault("256M")
    MemorySize memory();

    /** How many extents are built at a time; unset means half of the processors, at least one. */
    OptionalInt builders();

    /** How long the log is waited for at a time, and so how late a deadline may be noticed. */
    @WithDefault("0.05S")
    Duration poll();

    /** How soon a new table is noticed. */
    @WithDefault("0.2S")
    Duration refresh();

    /** How soon a topic that was deleted or made anew is noticed while nothing is flushed. */
    @WithDefault("5S")
    Duration identityCheck();

    /** How long a commit of unknown outcome is submitted again before the flush is put off. */
    @WithDefault("10S")
    Duration commitPatience();

    /** After how long extents are written under a new grant. */
    @WithDefault("10M")
    Duration grantAge();

    /** Who flushes which partitions when several compactors run. */
    @WithDefault("everything")
    Share share();
  }

  /** Who flushes which partitions. */
  enum Share {
    /** This process flushes all of them: for one compactor. */
    EVERYTHING,
    /** The compactors share them through a consumer group. */
    GROUP
  }

  /** How commits are copied to the object store. */
  interface Archive {
    /** How often. The archive is at most this and the time of the copy behind. */
    @WithDefault("1S")
    Duration interval();

    /** The most commits that are copied in one go. */
    @WithDefault("1000")
    @Min(1)
    int batch();
  }

  /** How jobs are done that statements ask for. */
  interface Jobs {
    /** Whether this process does any. */
    @WithDefault("true")
    boolean enabled();

    /** How many jobs of one kind run at a time. */
    @WithDefault("2")
    @Min(1)
    int turns();

    /** How soon a new job is noticed. */
    @WithDefault("0.1S")
    Duration poll();

    /** How many objects a check reads at a time. */
    @WithDefault("4")
    @Min(1)
    int checkParallelism();
  }

  /** How the log is cut off behind what is archived. */
  interface Trim {
    /** Whether it is at all. A log that is not trimmed fills the broker's disk. */
    @WithDefault("true")
    boolean enabled();

    /**
     * How long after a flush its records stay in the log. Longer than a query may run, or queries
     * would find their hot tail deleted.
     */
    @WithDefault("20M")
    Duration minAge();

    /** How often. */
    @WithDefault("1M")
    Duration interval();
  }

  /** The flush settings the core takes. */
  default FlushSettings flushSettings() {
    FlushSettings usual = FlushSettings.defaults();
    return new FlushSettings(
        Math.min(flush().memory().asLongValue(), Runtime.getRuntime().maxMemory() / 4),
        flush().builders().orElse(usual.builders()),
        flush().poll(),
        flush().refresh(),
        flush().identityCheck(),
        flush().commitPatience(),
        flush().grantAge(),
        usual.firstBackoff(),
        usual.mostBackoff());
  }

  /** The compaction settings the core takes. */
  default CompactionSettings compactionSettings() {
    CompactionSettings usual = CompactionSettings.defaults();
    long heap = Runtime.getRuntime().maxMemory() / 4 / compact().workers();
    return new CompactionSettings(
        new CompactionLimits(
            compact().runs(),
            compact().pendingRows(),
            compact().runAge(),
            compact().extentRows(),
            Math.min(compact().extentMemory().asLongValue(), heap),
            Math.max(compact().inputs(), compact().runs() + 1),
            compact().taskRows(),
            compact().deletedPercent()),
        compact().workers(),
        usual.refresh(),
        usual.review(),
        flush().commitPatience(),
        usual.setAside(),
        usual.firstBackoff(),
        usual.mostBackoff(),
        usual.attempts());
  }

  /** The cleanup settings the core takes. */
  default Cleanup.Settings cleanupSettings() {
    return new Cleanup.Settings(gc().interval(), gc().sweepInterval(), gc().retentionInterval());
  }

  /** The upkeep settings the core takes. */
  default Upkeep.Settings upkeepSettings() {
    return new Upkeep.Settings(trim().enabled(), trim().minAge(), trim().interval());
  }
}
