package dev.kyma.catalog.bench;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A table of log records and extents of it with the statistics such records have. Stateless. */
final class LogExtents {
  /** Nanoseconds an extent spans. */
  static final long SPAN = 1_000_000_000L;

  static final long START = 1_760_000_000_000_000_000L;
  static final int ROWS = 20_000;

  static final int TIME = 1;
  static final int SEVERITY = 2;
  static final int SERVICE = 3;
  static final int HOST = 4;
  static final int TRACE = 5;
  static final int STATUS = 9;
  static final int DURATION = 10;
  static final int USER = 11;

  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(TIME, "ts", LogicalType.TIMESTAMP, false),
          new Field(SEVERITY, "severity", LogicalType.TEXT, true),
          new Field(SERVICE, "service_name", LogicalType.TEXT, true),
          new Field(HOST, "host", LogicalType.TEXT, true),
          new Field(TRACE, "trace_id", LogicalType.TEXT, true),
          new Field(6, "span_id", LogicalType.TEXT, true),
          new Field(7, "body", LogicalType.TEXT, true),
          new Field(8, "attributes", LogicalType.DYNAMIC, true),
          new Field(STATUS, "http_status", LogicalType.INT32, true),
          new Field(DURATION, "duration", LogicalType.FLOAT64, true),
          new Field(USER, "user_id", LogicalType.INT64, true));

  private LogExtents() {}

  static TableDef table(long id, int firstLog, int partitions) {
    return new TableDef(
        id,
        "default",
        "otel_logs",
        1,
        SCHEMA,
        TIME,
        8,
        List.of(TIME),
        new FlushPolicy(1_000_000, 64 << 20, Duration.ofSeconds(5)),
        new LogBinding("kyma.t." + id, "topic-" + id, partitions, firstLog),
        Map.of());
  }

  /**
   * An extent.
   *
   * @param number its place in time
   */
  static ExtentRef extent(TableDef table, String key, int log, long from, long to, long number) {
    Random random = new Random(number * 7919 + log);
    long start = START + number * SPAN - random.nextInt(1_000_000);
    int service = random.nextInt(60);
    List<ColumnStats> columns = new ArrayList<>();
    columns.add(
        stats(
            TIME,
            LogicalType.TIMESTAMP,
            0,
            Constant.of(LogicalType.TIMESTAMP, start),
            Constant.of(LogicalType.TIMESTAMP, start + SPAN + random.nextInt(1_000_000)),
            ROWS - 5,
            List.of()));
    columns.add(
        stats(
            SEVERITY,
            LogicalType.TEXT,
            0,
            Constant.of("DEBUG"),
            Constant.of("WARN"),
            4,
            counts("DEBUG", "ERROR", "INFO", "WARN")));
    columns.add(
        stats(
            SERVICE,
            LogicalType.TEXT,
            0,
            Constant.of(service(service / 2)),
            Constant.of(service(30 + service / 2)),
            30,
            List.of()));
    columns.add(text(HOST, "host-0001", "host-0399", 400));
    columns.add(text(TRACE, hex(random), "f" + hex(random), ROWS / 9));
    columns.add(text(6, hex(random), "f" + hex(random), ROWS));
    columns.add(text(7, "", "worker finished in 12 ms", -1));
    columns.add(stats(8, LogicalType.DYNAMIC, 0, null, null, -1, List.of()));
    columns.add(
        stats(
            STATUS,
            LogicalType.INT32,
            1_000,
            Constant.of(LogicalType.INT32, 200),
            Constant.of(LogicalType.INT32, random.nextInt(10) == 0 ? 599 : 404),
            12,
            List.of()));
    columns.add(
        stats(
            DURATION,
            LogicalType.FLOAT64,
            1_000,
            Constant.of(0.1),
            Constant.of(100 + random.nextDouble() * 900),
            ROWS / 2,
            List.of()));
    columns.add(
        stats(
            USER,
            LogicalType.INT64,
            1_000,
            Constant.of(LogicalType.INT64, number % 1_000 * 1_000),
            Constant.of(LogicalType.INT64, number % 1_000 * 1_000 + 5_000),
            5_000,
            List.of()));
    columns.add(
        stats(
            -2,
            LogicalType.INT64,
            0,
            Constant.of(LogicalType.INT64, from << 20),
            Constant.of(LogicalType.INT64, to << 20),
            ROWS,
            List.of()));
    return new ExtentRef(
        key,
        table.id(),
        "tlm",
        1_200_000 + random.nextInt(100_000),
        1,
        new ExtentSummary(
            ROWS,
            random.nextInt(),
            TIME,
            List.of(TIME),
            List.of(new LogInterval(log, from, to)),
            from << 20,
            to << 20,
            random.nextLong(),
            columns,
            RowOrder.TABLE,
            0,
            0));
  }

  static String service(int number) {
    return String.format(Locale.ROOT, "service-%02d", number);
  }

  private static String hex(Random random) {
    return String.format(Locale.ROOT, "%016x%016x", random.nextLong() >>> 4, random.nextLong());
  }

  private static List<ValueCount> counts(String... values) {
    List<ValueCount> counts = new ArrayList<>();
    for (String value : values) {
      counts.add(new ValueCount(Constant.of(value), ROWS / values.length));
    }
    return counts;
  }

  private static ColumnStats text(int column, String min, String max, int distinct) {
    return stats(
        column, LogicalType.TEXT, 0, Constant.of(min), Constant.of(max), distinct, List.of());
  }

  private static ColumnStats stats(
      int column,
      LogicalType type,
      int nulls,
      @Nullable Constant min,
      @Nullable Constant max,
      int distinct,
      List<ValueCount> counts) {
    return new ColumnStats(column, type, ROWS, nulls, min, max, min != null, distinct, counts);
  }
}
