package dev.kyma.ingest.core.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.json.RawRows;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                          | int64",
        "-9223372036854775808       | int64",
        "9223372036854775807        | int64",
        "9223372036854775808        | decimal(19,0)",
        "12345678901234567890       | decimal(20,0)",
        "0.12345678901234567890123  | decimal(23,23)",
        "1.5                        | float64",
        "1e3                        | float64",
        "-0.0                       | float64",
        "1.7976931348623157e308     | float64",
        "0.30000000000000004        | float64",
        "NaN                        | float64",
        "-Infinity                  | float64",
        "1e400                      | dynamic",
        "123456789012345678901234567890123456789 | dynamic",
        "true                       | bool",
        "\"x\"                      | text",
        "\"\"                       | text",
        "\"2024-01-31T12:00:00Z\"   | timestamp",
        "\"2024-01-31T12:00:00.123456789+02:00\" | timestamp",
        "\"2024-01-31T12:00:00.1234567891Z\" | text",
        "\"2024-02-30T12:00:00Z\"   | text",
        "\"9999-01-01T00:00:00Z\"   | text",
        "\"2024-01-31\"             | text",
        "{}                         | dynamic",
        "[1,2]                      | dynamic"
      })
  void aValueDecidesTheTypeOfItsColumn(String value, String type) {
    RawRows raw = Rows.raw("{\"v\":" + value + "}");
    assertThat(type(Rows.inferred(raw), "v")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                | 1.5                    | float64",
        "1                | NaN                    | float64",
        "9007199254740993 | 1.5                    | decimal(17,1)",
        "1                | 18446744073709551616   | decimal(20,0)",
        "0.5              | 18446744073709551616   | decimal(21,1)",
        "1                | \"x\"                  | dynamic",
        "true             | 1                      | dynamic",
        "\"x\"            | \"2024-01-31T12:00:00Z\" | text",
        "null             | 7                      | int64",
        "{\"a\":1}        | \"x\"                  | dynamic"
      })
  void valuesOfOneKeyMeetInTheNarrowestCommonType(String first, String second, String type) {
    RawRows raw = Rows.raw("{\"v\":" + first + "}", "{\"v\":" + second + "}");
    assertThat(type(Rows.inferred(raw), "v")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1   | 1.5                    | float64",
        "1   | 18446744073709551616   | decimal(20,0)",
        "1   | \"x\"                  | dynamic",
        "1   | [true]                 | dynamic",
        "{}  | 1                      | dynamic",
        "1   | 9007199254740993.5     | decimal(20,1)",
        "1.5 | 2                      | float64",
        "1.5 | \"x\"                  | dynamic",
        "1.5 | 9007199254740993       | dynamic",
        "18446744073709551616 | 0.5   | decimal(21,1)",
        "\"2024-01-31T12:00:00Z\" | \"never\" | dynamic",
        "\"x\" | 1                    | dynamic",
        "\"x\" | \"2024-01-31T12:00:00Z\" | text",
        "true  | \"x\"                | dynamic",
        "true  | null                 | bool"
      })
  void aColumnGrowsUpTheLattice(String stored, String next, String type) {
    TableDef table = Rows.inferred(Rows.raw("{\"v\":" + stored + "}"));
    RawRows raw = Rows.raw("{\"v\":" + next + "}");
    Optional<TableSchema> wider = new SchemaPlanner(1_000).widen(table, true, raw, column -> true);
    assertThat(type(wider.map(table::withSchema).orElse(table), "v")).isEqualTo(type);
  }

  @Test
  void integersDoNotBecomeDoublesUnlessAllAreExact() {
    TableDef table = Rows.inferred(Rows.raw("{\"v\":1}"));
    RawRows raw = Rows.raw("{\"v\":1.5}");
    Optional<TableSchema> wider = new SchemaPlanner(1_000).widen(table, true, raw, column -> false);
    assertThat(type(wider.map(table::withSchema).orElseThrow(), "v")).isEqualTo("dynamic");
    assertThat(new SchemaPlanner(1_000).widen(table, false, raw, column -> false)).isEmpty();
    assertThat(Rows.map(table, raw).getFirst())
        .containsEntry("_dynamic", "{\"v\":1.5}")
        .doesNotContainKey("v");
  }

  @Test
  void whatDoesNotFitItsColumnIsInTheOverflowUnderItsName() {
    TableDef table = Rows.inferred(Rows.raw("{\"n\":1,\"at\":\"x\"}"));
    assertThat(
            Rows.map(
                table,
                Rows.raw(
                    "{\"at\":{\"deep\":[1]},\"n\":\"many\",\"new\":null}",
                    "{\"n\":2}",
                    "{\"n\":12345678901234567890.123456789e-5}")))
        .containsExactly(
            Map.of(
                "_timestamp",
                Rows.NOW,
                "_dynamic",
                "{\"at\":{\"deep\":[1]},\"n\":\"many\",\"new\":null}"),
            Map.of("_timestamp", Rows.NOW, "n", 2L),
            Map.of(
                "_timestamp", Rows.NOW, "_dynamic", "{\"n\":12345678901234567890.123456789e-5}"));
  }

  @Test
  void everyOddKeyLandsAndIsReadBack() {
    String keys =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"k" + i + "\":" + i)
            .collect(Collectors.joining(","));
    Map<String, Object> row = Rows.stored("{" + keys + "}").getFirst();
    assertThat(row).containsEntry("k0", 0L).containsEntry("k997", 997L);
    assertThat((String) row.get("_dynamic"))
        .startsWith("{\"k998\":998,")
        .endsWith("\"k4999\":4999}");
    assertThat(
            Rows.stored(
                    "{\"\":1,\"a.b\":2,\"a\":{\"b\":3},\"d\":4,\"d\":5,\"_seq\":6,\"_dynamic\":{\"x\":7},"
                        + "\"\\ud800\":8,\"e\\u0301\":9}")
                .getFirst())
        .containsEntry("a.b", 2L)
        .containsEntry("a", "{\"b\":3}")
        .containsEntry("d", 5L)
        .containsEntry("e\u0301", 9L)
        .containsEntry(
            "_dynamic", "{\"\":1,\"d\":4,\"_seq\":6,\"_dynamic\":{\"x\":7},\"\\ud800\":8}");
  }

  @Test
  void numbersAreReadBackExactly() {
    assertThat(
            Rows.stored(
                "{\"big\":9223372036854775808,\"tiny\":2.2250738585072014e-308,\"dec\":0.1234567890123456789}",
                "{\"big\":1,\"tiny\":0.1,\"dec\":2}"))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .containsEntry("big", new BigDecimal("9223372036854775808"))
                    .containsEntry("tiny", Double.MIN_NORMAL)
                    .containsEntry("dec", new BigDecimal("0.1234567890123456789")),
            row ->
                assertThat(row)
                    .containsEntry("big", new BigDecimal("1"))
                    .containsEntry("tiny", 0.1)
                    .containsEntry("dec", new BigDecimal("2.0000000000000000000")));
  }

  @Test
  void bareNotFiniteNumbersWithinObjectsBecomeStrings() {
    assertThat(
            Rows.stored("{\"o\":{\"a\":[NaN,-Infinity,\"NaN \\\" I\"],\"N\":Infinity}}").getFirst())
        .containsEntry("o", "{\"a\":[\"NaN\",\"-Infinity\",\"NaN \\\" I\"],\"N\":\"Infinity\"}");
  }

  @Test
  void escapesAreResolvedInTextAndKeptInJson() {
    assertThat(
            Rows.stored("{\"t\":\"a\\n\\u00e9\\ud83c\\udf89\\/\",\"o\":[\"\\u00e9\"]}").getFirst())
        .containsEntry("t", "a\né🎉/")
        .containsEntry("o", "[\"\\u00e9\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp, time",
    "time, ts",
    "ts, @timestamp",
    "_timestamp, timestamp",
  })
  void theMostTellingTimeIsTheEventTime(String name, String other) {
    RawRows raw =
        Rows.raw(
            "{\"%s\":\"2024-01-01T00:00:00Z\",\"%s\":\"2024-01-02T00:00:00Z\"}"
                .formatted(other, name));
    assertThat(Rows.inferred(raw).timeField()).map(Field::name).contains(name);
  }

  @Test
  void rowsWithoutATimeGetTheTimeOfIngest() {
    RawRows raw = Rows.raw("{\"time\":1700000000}", "{\"_timestamp\":17}");
    TableDef table = Rows.inferred(raw);
    assertThat(table.timeField()).map(Field::name).contains("_timestamp");
    assertThat(Rows.map(table, raw))
        .containsExactly(
            Map.of("_timestamp", Rows.NOW, "time", 1_700_000_000L),
            Map.of("_timestamp", Rows.NOW, "_dynamic", "{\"_timestamp\":17}"));
  }

  @Test
  void declaredColumnsAreKeptAndRowsThatDoNotFitAreNamed() {
    TableDef table =
        Rows.table(
            TableSchema.of(
                new Field(1, "id", LogicalType.INT32, false),
                new Field(2, "d", LogicalType.DATE, true),
                new Field(3, "v", LogicalType.vector(2), true),
                new Field(4, "b", LogicalType.BINARY, true),
                new Field(5, "r", LogicalType.FLOAT32, true)),
            0,
            0);
    RawRows raw =
        Rows.raw(
            "{\"id\":1.0,\"d\":\"2024-02-29\",\"v\":[1,2.5],\"b\":\"AQI=\",\"r\":0.1}",
            "{\"id\":3000000000}",
            "{\"id\":2,\"d\":\"2023-02-29\"}",
            "{\"id\":3,\"v\":[1]}",
            "{\"id\":4,\"r\":1e39}",
            "{\"id\":5,\"r\":\"NaN\"}");
    MappedRows mapped = new RowMapper(table, false, raw, Rows.NOW, RowDefaults.none(table)).map();
    assertThat(mapped.batch().rowCount()).isEqualTo(2);
    assertThat(mapped.rejections())
        .extracting(rejection -> rejection.line())
        .containsExactlyInAnyOrder(2, 3, 4, 5);
    assertThat(new SchemaPlanner(1_000).widen(table, false, raw, column -> true)).isEmpty();
  }

  private static String type(TableDef table, String column) {
    return table.schema().find(column).orElseThrow().type().id();
  }
}
