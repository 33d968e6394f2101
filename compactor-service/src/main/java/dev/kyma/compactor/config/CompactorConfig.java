package dev.kyma.compactor.config;

import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.Upkeep;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;

/** How the compactor flushes, archives and trims. When a table is flushed is the table's policy. */
@ConfigMapping(prefix = "kyma.compactor")
public interface CompactorConfig {

  /** How flush runs. */
  Flush flush();

  /** How commits are copied to the object store. */
  Archive archive();

  /** How the log is cut off behind what is archived. */
  Trim trim();

  /** How long flushes under way are waited for when the process stops. */
  @WithDefault("10S")
  Duration drainTimeout();

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

  /** The upkeep settings the core takes. */
  default Upkeep.Settings upkeepSettings() {
    return new Upkeep.Settings(trim().enabled(), trim().minAge(), trim().interval());
  }
}
