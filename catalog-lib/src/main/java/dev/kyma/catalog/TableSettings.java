package dev.kyma.catalog;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a table's options mean. This is the one place that knows their names; an option that is not
 * named here is not interpreted by the catalog.
 *
 * @param retention how long rows are kept by event time; empty for ever
 * @param historyRetention how long versions that were replaced, and tombstones, are kept; empty for
 *     ever
 * @param defaults what columns get when a row comes without them, by column id
 */
public record TableSettings(
    Optional<Duration> retention,
    Optional<Duration> historyRetention,
    Map<Integer, ColumnDefault> defaults) {
  /** The option of {@link #retention}: an ISO duration, or {@link #FOREVER}. */
  public static final String RETENTION = "retention";

  /** The option of {@link #historyRetention}: an ISO duration, or {@link #FOREVER}. */
  public static final String HISTORY_RETENTION = "history_retention";

  /** What options of {@link #defaults} begin with; the column's id follows. */
  public static final String DEFAULT = "default.";

  /** The duration without an end. */
  public static final String FOREVER = "forever";

  /** How long history is kept by tables that do not say. */
  public static final Duration HISTORY = Duration.ofDays(7);

  public TableSettings {
    defaults = Map.copyOf(defaults);
  }

  /**
   * The settings of a table.
   *
   * @throws IllegalArgumentException if an option has a value that means nothing
   */
  public static TableSettings of(TableDef table) {
    return of(table.options());
  }

  /**
   * The settings with options.
   *
   * @throws IllegalArgumentException if an option has a value that means nothing
   */
  public static TableSettings of(Map<String, String> options) {
    Map<Integer, ColumnDefault> defaults = new HashMap<>();
    options.forEach(
        (name, value) -> {
          if (name.startsWith(DEFAULT)) {
            defaults.put(column(name), ColumnDefault.parse(value));
          }
        });
    String history = options.get(HISTORY_RETENTION);
    return new TableSettings(
        duration(RETENTION, options.getOrDefault(RETENTION, FOREVER)),
        history == null ? Optional.of(HISTORY) : duration(HISTORY_RETENTION, history),
        defaults);
  }

  private static int column(String name) {
    try {
      return Integer.parseInt(name.substring(DEFAULT.length()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("option " + name + " names no column by its id", e);
    }
  }

  private static Optional<Duration> duration(String name, String value) {
    if (value.equalsIgnoreCase(FOREVER)) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(value);
      if (duration.isNegative()) {
        throw new IllegalArgumentException("option " + name + " is negative: " + value);
      }
      return Optional.of(duration);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "option " + name + " is neither an ISO duration nor \"forever\": " + value, e);
    }
  }
}
