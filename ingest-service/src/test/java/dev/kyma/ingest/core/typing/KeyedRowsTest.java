package dev.kyma.ingest.core.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowKeys;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.Cells;
import dev.kyma.ingest.core.json.RawRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rows of keyed tables and columns with defaults. */
class KeyedRowsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, false),
          new Field(2, "at", LogicalType.TIMESTAMP, false),
          new Field(3, "state", LogicalType.TEXT, false),
          new Field(4, "note", LogicalType.TEXT, true),
          new Field(5, "price", LogicalType.decimal(10, 2), true));

  private final SnowflakeIds ids = new SnowflakeIds(Clock.systemUTC(), () -> 5);

  private static TableDef table(List<Integer> key, int overflow, int partitions) {
    return new TableDef(
        1,
        "default",
        "t",
        1,
        overflow == 0
            ? SCHEMA
            : SCHEMA.plus(List.of(new Field(6, "_dynamic", LogicalType.DYNAMIC, true))),
        0,
        overflow,
        key,
        key,
        new FlushPolicy(1, 1, Duration.ofSeconds(1)),
        new LogBinding("kyma.t.1", "id", partitions, 0),
        Map.of(
            "default.1", "snowflake_id()",
            "default.2", "now()",
            "default.3", "new",
            "default.5", "1.50"));
  }

  private MappedRows map(TableDef table, OptionalInt partition, String... lines) {
    RawRows raw = Rows.raw(lines);
    return new RowMapper(table, false, raw, Rows.NOW, RowDefaults.of(table, ids, partition)).map();
  }

  private List<Map<String, Object>> cells(TableDef table, String... lines) {
    MappedRows mapped = map(table, OptionalInt.empty(), lines);
    assertThat(mapped.rejections()).isEmpty();
    return Cells.of(RowShape.inLog(table), List.of(mapped.batch()));
  }

  @Test
  void columnsWithoutAValueGetTheirDefaults() {
    Map<String, Object> row = cells(table(List.of(), 0, 1), "{\"note\":\"x\"}").getFirst();
    assertThat(row).containsEntry("at", Rows.NOW).containsEntry("state", "new");
    assertThat((long) row.get("id")).isPositive();
    assertThat(row.get("price").toString()).isEqualTo("1.50");
    assertThat(row).doesNotContainKey("_kyma_op");
  }

  @Test
  void aNullThatWasSentIsNoMissingValue() {
    TableDef table = table(List.of(), 0, 1);
    assertThat(cells(table, "{\"price\":null}").getFirst().get("price")).isNull();
    MappedRows mapped = map(table, OptionalInt.empty(), "{\"state\":null}", "{\"state\":\"s\"}");
    assertThat(mapped.rejectedCount()).isEqualTo(1);
    assertThat(mapped.rejections().getFirst().reason()).contains("\"state\" must have a value");
    assertThat(mapped.batch().rowCount()).isEqualTo(1);
  }

  @Test
  void rowsSayWhatTheyDoToTheirKeys() {
    TableDef table = table(List.of(1), 0, 1);
    List<Map<String, Object>> rows =
        cells(
            table,
            "{\"id\":1,\"state\":\"a\"}",
            "{\"id\":1,\"state\":\"b\",\"_kyma_op\":\"u\"}",
            "{\"_kyma_op\":\"d\",\"id\":1,\"state\":\"ignored\",\"note\":7}");
    assertThat(rows).extracting(row -> row.get("_kyma_op")).containsExactly("c", "u", "d");
    assertThat(rows.get(2).get("state")).isNull();
    assertThat(rows.get(2).get("at")).isNull();
    assertThat(rows.get(2).get("price")).isNull();
    assertThat(rows.get(2)).containsEntry("id", 1L);
  }

  @Test
  void whatIsNoOperationIsRefused() {
    TableDef table = table(List.of(1), 0, 1);
    MappedRows mapped =
        map(
            table,
            OptionalInt.empty(),
            "{\"id\":1,\"_kyma_op\":\"x\"}",
            "{\"id\":2,\"_kyma_op\":null}",
            "{\"id\":3,\"_kyma_op\":1}",
            "{\"_kyma_op\":\"d\"}",
            "{\"id\":4}");
    assertThat(mapped.rejectedCount()).isEqualTo(4);
    assertThat(mapped.batch().rowCount()).isEqualTo(1);
  }

  @Test
  void aTableWithoutKeyHasNoOperations() {
    MappedRows mapped =
        map(table(List.of(), 0, 1), OptionalInt.empty(), "{\"id\":1,\"_kyma_op\":\"d\"}");
    assertThat(mapped.rejectedCount()).isEqualTo(1);
    Map<String, Object> kept =
        cells(table(List.of(), 6, 1), "{\"id\":1,\"_kyma_op\":\"d\"}").getFirst();
    assertThat(kept.get("_dynamic").toString()).contains("_kyma_op");
  }

  @Test
  void aKeyNeverOverflows() {
    TableDef table = table(List.of(1), 6, 1);
    MappedRows mapped =
        map(table, OptionalInt.empty(), "{\"id\":\"one\"}", "{\"id\":1,\"price\":\"dear\"}");
    assertThat(mapped.rejectedCount()).isEqualTo(1);
    List<Map<String, Object>> rows = Cells.of(RowShape.inLog(table), List.of(mapped.batch()));
    assertThat(rows.getFirst().get("_dynamic").toString()).contains("dear").doesNotContain("op");
  }

  @Test
  void madeUpKeysOfARepeatableRequestGoWhereTheRequestGoes() {
    TableDef table = table(List.of(3, 1), 0, 7);
    for (int partition = 0; partition < 7; partition++) {
      String[] lines = new String[50];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = i % 2 == 0 ? "{\"state\":\"s" + i + "\"}" : "{\"state\":\"x\",\"id\":" + i + "}";
      }
      MappedRows mapped = map(table, OptionalInt.of(partition), lines);
      RowKeys keys = RowShape.keys(table, RowShape.inLog(table), mapped.batch());
      Set<Integer> given = new HashSet<>();
      for (int row = 0; row < lines.length; row++) {
        if (row % 2 == 0) {
          assertThat(keys.partition(row, 7)).isEqualTo(partition);
        } else {
          given.add(keys.partition(row, 7));
        }
      }
      assertThat(given).hasSizeGreaterThan(3);
    }
  }

  @Test
  void defaultsAreReadAsTheirColumnsTypes() {
    assertThat(fits(LogicalType.INT64, "7")).isTrue();
    assertThat(fits(LogicalType.INT16, "70000")).isFalse();
    assertThat(fits(LogicalType.TEXT, "now()")).isTrue();
    assertThat(fits(LogicalType.TIMESTAMP, "now()")).isTrue();
    assertThat(fits(LogicalType.TIMESTAMP, "2024-01-31 12:00:00")).isTrue();
    assertThat(fits(LogicalType.TIMESTAMP, "soon")).isFalse();
    assertThat(fits(LogicalType.INT64, "snowflake_id()")).isTrue();
    assertThat(fits(LogicalType.INT32, "snowflake_id()")).isFalse();
    assertThat(fits(LogicalType.BINARY, "\\x00ff")).isTrue();
    assertThat(fits(LogicalType.BINARY, "00ff")).isFalse();
    assertThat(fits(LogicalType.FLOAT64, "NaN")).isTrue();
    assertThat(fits(LogicalType.FLOAT64, "-Infinity")).isTrue();
    assertThat(fits(LogicalType.DYNAMIC, "{\"a\":[1]}")).isTrue();
    assertThat(fits(LogicalType.DYNAMIC, "{\"a\":[1]},\"w\":1")).isFalse();
    assertThat(fits(LogicalType.DYNAMIC, "1},{\"v\":2")).isFalse();
    assertThat(fits(LogicalType.INT64, "null")).isFalse();
    assertThat(fits(LogicalType.BOOL, "true")).isTrue();
    assertThat(fits(LogicalType.decimal(4, 2), "123.45")).isFalse();
  }

  private static boolean fits(LogicalType type, String text) {
    return DefaultText.fits(type, ColumnDefault.parse(text));
  }

  @Test
  void idsGrowAndNeverRepeatWhateverTheClockDoes() throws Exception {
    Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now[0];
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
          }
        };
    SnowflakeIds one = new SnowflakeIds(clock, () -> 4_097);
    long last = 0;
    for (int i = 0; i < 5_000; i++) {
      long id = one.next();
      assertThat(id).isGreaterThan(last);
      assertThat(id >>> SnowflakeIds.COUNT_BITS & (1 << SnowflakeIds.PROCESS_BITS) - 1)
          .isEqualTo(1);
      last = id;
      if (i == 2_000) {
        now[0] = now[0].minusSeconds(60);
      }
    }
    Set<Long> seen = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> made = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        made.add(
            threads.submit(
                () -> {
                  List<Long> some = new ArrayList<>();
                  for (int i = 0; i < 2_000; i++) {
                    some.add(ids.next());
                  }
                  return some;
                }));
      }
      for (Future<List<Long>> some : made) {
        seen.addAll(some.get());
      }
    }
    assertThat(seen).hasSize(16_000);
  }
}
