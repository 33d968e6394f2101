package dev.kyma.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathExtractorTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void takesTheLongestKeyFirst() {
    assertThat(text("{\"http.method\":\"GET\"}", "http.method")).isEqualTo("GET");
    assertThat(text("{\"http\":{\"method\":\"GET\"}}", "http.method")).isEqualTo("GET");
    assertThat(text("{\"a\":{\"b.c\":1},\"a.b\":{\"c\":2},\"a.b.c\":3}", "a.b.c")).isEqualTo("3");
    assertThat(text("{\"a\":{\"b.c\":1},\"a.b\":{\"c\":2}}", "a.b.c")).isEqualTo("2");
    assertThat(text("{\"a\":{\"b.c\":1}}", "a.b.c")).isEqualTo("1");
    assertThat(text("{\"a\":{\"b.c\":1}}", "a", "b.c")).isEqualTo("1");
  }

  @Test
  void goesOnWithAShorterKeyWhenALongerOneLeadsNowhere() {
    assertThat(text("{\"a.b\":5,\"a\":{\"b\":{\"c\":1}}}", "a.b.c")).isEqualTo("1");
    assertThat(text("{\"a.b\":{\"x\":5},\"a\":{\"b.c\":1}}", "a.b.c")).isEqualTo("1");
  }

  @Test
  void jsonNullIsAValueAndReadsAsNull() {
    assertThat(text("{\"a.b\":null,\"a\":{\"b\":1}}", "a.b")).isNull();
  }

  @Test
  void ofRepeatedKeysTheLastCounts() {
    assertThat(text("{\"a\":1,\"a\":2}", "a")).isEqualTo("2");
    assertThat(text("{\"a\":{\"b\":1},\"a\":7}", "a.b")).isNull();
  }

  @Test
  void emptyAndDottedKeysAreKeysLikeOthers() {
    assertThat(text("{\"\":1}", "")).isEqualTo("1");
    assertThat(text("{\"a\":{\"\":1}}", "a.")).isEqualTo("1");
    assertThat(text("{\".\":1}", ".")).isEqualTo("1");
    assertThat(text("{\"\":{\"\":1}}", ".")).isEqualTo("1");
    assertThat(text("{\"\\u0061\":1}", "a")).isEqualTo("1");
  }

  @Test
  void malformedTextsHaveNoPaths() {
    assertThat(text("{\"a\":1", "a")).isNull();
    assertThat(text("{\"a\":1} x", "a")).isNull();
    assertThat(text("", "a")).isNull();
    assertThat(text("[{\"a\":1}]", "a")).isNull();
  }

  @Test
  void numbersAreReadExactlyOrNotAtAll() {
    assertThat(
            longs(
                LogicalType.INT64,
                "1",
                "1.0",
                "10e-1",
                "1.5",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "\"1\"",
                "1e18",
                "1e19",
                "-0",
                "0e999"))
        .containsExactly(
            1L,
            1L,
            1L,
            null,
            Long.MAX_VALUE,
            null,
            Long.MIN_VALUE,
            null,
            1_000_000_000_000_000_000L,
            null,
            0L,
            0L);
    assertThat(longs(LogicalType.INT16, "32767", "32768", "-32768"))
        .containsExactly(32767L, null, -32768L);
    assertThat(longs(LogicalType.INT32, "2147483648")).containsExactly((Long) null);
    assertThat(longs(LogicalType.BOOL, "true", "false", "1", "\"true\""))
        .containsExactly(1L, 0L, null, null);
    assertThat(longs(LogicalType.decimal(4, 2), "1", "12.34", "12.345", "123.4", "99.99", "1e1"))
        .containsExactly(100L, 1234L, null, null, 9999L, 1000L);
  }

  @Test
  void wideDecimalsKeepAllTheirDigits() {
    Int128Vector wide =
        (Int128Vector)
            extract(
                LogicalType.decimal(38, 10),
                "{\"v\":-1234567890123456789012345678.0123456789}",
                "{\"v\":1e28}",
                "{\"v\":0.00000000001}");
    assertThat(new BigDecimal(wide.value(0), 10))
        .isEqualTo(new BigDecimal("-1234567890123456789012345678.0123456789"));
    assertThat(wide.isNull(1)).isTrue();
    assertThat(wide.isNull(2)).isTrue();
  }

  @Test
  void doublesAreTheNearestOnes() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      String number =
          switch (random.nextInt(3)) {
            case 0 -> Double.toString(random.nextGaussian());
            case 1 ->
                new BigDecimal(new java.math.BigInteger(70, random), random.nextInt(40)).toString();
            default -> random.nextLong() + "e" + random.nextInt(-30, 30);
          };
      DoubleVector vector = (DoubleVector) extract(LogicalType.FLOAT64, "{\"v\":" + number + "}");
      assertThat(vector.values()[0]).as(number).isEqualTo(Double.parseDouble(number));
    }
    DoubleVector special =
        (DoubleVector)
            extract(
                LogicalType.FLOAT64, "{\"v\":\"NaN\"}", "{\"v\":\"-Infinity\"}", "{\"v\":1e999}");
    assertThat(special.values()[0]).isNaN();
    assertThat(special.values()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(special.isNull(2)).isTrue();
  }

  @Test
  void agreesWithALookupInTrees() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomJson texts = new RandomJson(random);
    String[] pieces = {"a", "b", "c", "", "ключ", "x\"y"};
    for (int i = 0; i < 20_000; i++) {
      String text = texts.object();
      String[] path = new String[1 + random.nextInt(3)];
      Arrays.setAll(path, p -> pieces[random.nextInt(pieces.length)]);
      String joined = String.join(".", path);
      JsonNode expected = lookup(MAPPER.readTree(text), joined);
      String actual = one(LogicalType.DYNAMIC, text, joined);
      assertThat(actual == null ? null : MAPPER.readTree(actual))
          .as("seed %d, %s in %s", seed, joined, text)
          .isEqualTo(expected == null || expected.isNull() ? null : expected);
    }
  }

  @Test
  void dictionaryEntriesAreReadOnceAndSpreadByCode() {
    BytesVector entries = bytes("{\"v\":1}", "{\"v\":2}", "unused");
    DictionaryVector coded =
        new DictionaryVector(4, new int[] {1, 0, 77, 1}, entries, new long[] {4});
    ColumnVector vector = new PathExtractor(List.of("v"), LogicalType.INT64).extract(coded);
    assertThat(((LongVector) vector).values()).containsExactly(2, 1, 0, 2);
    assertThat(vector.isNull(2)).isTrue();
  }

  private static @Nullable JsonNode lookup(JsonNode node, String path) {
    if (!node.isObject()) {
      return null;
    }
    for (int end = path.length(); end >= 0; end = end == 0 ? -1 : path.lastIndexOf('.', end - 1)) {
      JsonNode member = node.get(path.substring(0, end));
      if (member != null && end == path.length()) {
        return member;
      }
      if (member != null) {
        JsonNode found = lookup(member, path.substring(end + 1));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable String text(String json, String... path) {
    return one(LogicalType.TEXT, json, path);
  }

  private static @Nullable String one(LogicalType type, String json, String... path) {
    BytesVector vector = (BytesVector) new PathExtractor(List.of(path), type).extract(bytes(json));
    return vector.isNull(0) ? null : vector.text(0);
  }

  private static ColumnVector extract(LogicalType type, String... texts) {
    return new PathExtractor(List.of("v"), type).extract(bytes(texts));
  }

  private static List<@Nullable Long> longs(LogicalType type, String... values) {
    String[] texts = Arrays.stream(values).map(v -> "{\"v\":" + v + "}").toArray(String[]::new);
    LongVector vector = (LongVector) extract(type, texts);
    Long[] read = new Long[texts.length];
    Arrays.setAll(read, i -> vector.isNull(i) ? null : (Long) vector.values()[i]);
    return Arrays.asList(Objects.requireNonNull(read));
  }

  private static BytesVector bytes(String... texts) {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.DYNAMIC, texts.length);
    for (String text : texts) {
      builder.append(text.getBytes(UTF_8));
    }
    return builder.build();
  }
}
