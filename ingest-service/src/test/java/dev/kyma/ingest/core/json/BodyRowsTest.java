package dev.kyma.ingest.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRowsTest {
  private static final ObjectMapper ORACLE =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void brokenLinesAreNamedAndLeaveNothingBehind() {
    BodyRows body =
        lines("\uFEFF{\"a\":1}\r\n\n  \n{\"a\":2,\"b\":[}\nnull\n{\"a\":3} {}\n{\"a\":4}");
    RawRows rows = body.next(List::of);
    assertThat(body.hasNext()).isFalse();
    assertThat(body.rejections()).extracting(Rejection::line).containsExactly(4, 5, 6);
    assertThat(body.rejectedCount()).isEqualTo(3);
    assertThat(rows.rowCount()).isEqualTo(2);
    RawColumn a = rows.columns().getFirst();
    assertThat(a.count()).isEqualTo(2);
    assertThat(a.bits(1)).isEqualTo(4);
    assertThat(rows.line(1)).isEqualTo(7);
    assertThat(rows.columns().stream().filter(c -> c.name().equals("b")))
        .allSatisfy(column -> assertThat(column.count()).isZero());
  }

  @Test
  void onlyTheFirstRejectionsAreListed() {
    BodyRows body = lines("x\n".repeat(1_000));
    body.next(List::of);
    assertThat(body.rejections()).hasSize(Rejection.MAX_LISTED);
    assertThat(body.rejectedCount()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"open}",
        "{\"a\"1}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":{\"b\"}}",
        "{\"a\":1",
        "[]",
        "1",
        "{\"a\":}",
        "{\"a\":NaNa}",
        "{\"a\":[}",
        "{\"a\":{]}"
      })
  void whatIsNoObjectIsRefused(String line) {
    BodyRows body = lines(line);
    assertThat(body.next(List::of).rowCount()).isZero();
    assertThat(body.rejectedCount()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedLineByLine() {
    byte[] data = "{\"a\":\"?\"}\n{\"a\":\"ok\"}".getBytes(StandardCharsets.US_ASCII);
    data[6] = (byte) 0xFF;
    BodyRows body = BodyRows.lines(data, data.length);
    assertThat(body.next(List::of).rowCount()).isEqualTo(1);
    assertThat(body.rejections()).extracting(Rejection::line).containsExactly(1);
  }

  @Test
  void nestingIsBoundedWithoutRecursion() {
    String deep = "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";
    BodyRows body = lines(deep);
    body.next(List::of);
    assertThat(body.rejections().getFirst().reason()).contains("nest deeper");
    int allowed = JsonScanner.MAX_DEPTH;
    assertThat(
            lines("{\"a\":" + "[".repeat(allowed) + "]".repeat(allowed) + "}")
                .next(List::of)
                .rowCount())
        .isEqualTo(1);
  }

  @Test
  void rowsLongerThanTheLimitAreRefused() {
    BodyRows body = lines("{\"a\":\"" + "x".repeat(RowParser.MAX_ROW_BYTES) + "\"}\n{\"a\":1}");
    int rows = 0;
    while (body.hasNext()) {
      rows += body.next(List::of).rowCount();
    }
    assertThat(rows).isEqualTo(1);
    assertThat(body.rejections().getFirst().reason()).contains("longer than");
  }

  @Test
  void partsAreCutInTheSamePlacesForTheSameBody() {
    String text = "{\"text\":\"" + "y".repeat(1_000) + "\"}\n";
    List<Integer> first = partSizes(text.repeat(5_000));
    assertThat(first).hasSize(5).isEqualTo(partSizes(text.repeat(5_000)));
    assertThat(first.stream().mapToInt(size -> size).sum()).isEqualTo(5_000);
  }

  @Test
  void arraysAndSingleObjectsAreRows() throws Exception {
    BodyRows body = array(" [ {\"a\":1} , 2 , {\"a\":\n3} ] ");
    RawRows rows = body.next(List::of);
    assertThat(rows.rowCount()).isEqualTo(2);
    assertThat(body.rejections()).extracting(Rejection::line).containsExactly(2);
    assertThat(array("[]").hasNext()).isFalse();
    assertThat(array("{\"a\":1}").next(List::of).rowCount()).isEqualTo(1);
    for (String broken : List.of("", "[{\"a\":1}", "[{\"a\":1},]", "[1 2]", "{} {}")) {
      assertThatExceptionOfType(MalformedJsonException.class)
          .as(broken)
          .isThrownBy(() -> array(broken));
    }
  }

  @Test
  void anyChangedByteIsJudgedAsByAnotherParser() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] line =
        "{\"a\":[1,-2.5e3,{\"b\":\"c\\n\\u0041\"},null,true],\"d\":{},\"e\":[],\"f\":\"g\"}"
            .getBytes(StandardCharsets.US_ASCII);
    String alphabet = "{}[]\",:\\0123456789.eE+-ntfu abz";
    for (int i = 0; i < 100_000; i++) {
      byte[] changed = line.clone();
      for (int j = random.nextInt(2); j >= 0; j--) {
        changed[random.nextInt(changed.length)] =
            (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      boolean taken = BodyRows.lines(changed, changed.length).next(List::of).rowCount() == 1;
      assertThat(taken)
          .as("seed %d: %s", seed, new String(changed, StandardCharsets.US_ASCII))
          .isEqualTo(isObject(changed));
    }
  }

  private static boolean isObject(byte[] line) {
    try {
      JsonNode tree = ORACLE.readTree(new String(line, StandardCharsets.US_ASCII));
      return tree.isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static List<Integer> partSizes(String text) {
    BodyRows body = lines(text);
    List<Integer> sizes = new ArrayList<>();
    while (body.hasNext()) {
      sizes.add(body.next(List::of).rowCount());
    }
    return sizes;
  }

  private static BodyRows lines(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    return BodyRows.lines(data, data.length);
  }

  private static BodyRows array(String text) throws MalformedJsonException {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    return BodyRows.array(data, data.length);
  }
}
