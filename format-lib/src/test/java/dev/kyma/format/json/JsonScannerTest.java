package dev.kyma.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private final JsonScanner scanner = new JsonScanner();

  @Test
  void yieldsTokensInOrderWithTheirContent() {
    byte[] text =
        " {\"a\\n\" : [1, -2.5e+3, \"x\"], \"b\":{}, \"c\":[true,false,null]} ".getBytes(UTF_8);
    scanner.reset(text);
    List<String> seen = new ArrayList<>();
    for (JsonToken token = scanner.next(); token != JsonToken.END; token = scanner.next()) {
      seen.add(
          switch (token) {
            case NAME, STRING -> token + " " + scanner.text();
            case NUMBER ->
                new String(text, scanner.start(), scanner.end() - scanner.start(), UTF_8);
            default -> token.name();
          });
    }
    assertThat(seen)
        .containsExactly(
            "BEGIN_OBJECT",
            "NAME a\n",
            "BEGIN_ARRAY",
            "1",
            "-2.5e+3",
            "STRING x",
            "END_ARRAY",
            "NAME b",
            "BEGIN_OBJECT",
            "END_OBJECT",
            "NAME c",
            "BEGIN_ARRAY",
            "TRUE",
            "FALSE",
            "NULL",
            "END_ARRAY",
            "END_OBJECT");
    assertThat(scanner.next()).isEqualTo(JsonToken.END);
  }

  @Test
  void skipsAWholeValueAndKnowsItsBounds() {
    byte[] text = "{\"a\":{\"b\":[1,{\"c\":2}]} ,\"d\":3}".getBytes(UTF_8);
    scanner.reset(text);
    scanner.next();
    scanner.next();
    assertThat(scanner.skipValue()).isEqualTo(JsonToken.BEGIN_OBJECT);
    assertThat(new String(text, scanner.start(), scanner.end() - scanner.start(), UTF_8))
        .isEqualTo("{\"b\":[1,{\"c\":2}]}");
    assertThat(scanner.next()).isEqualTo(JsonToken.NAME);
    assertThat(scanner.text()).isEqualTo("d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[", "[1,]", "[,1]", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
            "01", "-",
        "1.", ".5", "1e", "+1", "tru", "nul", "truex", "1 2", "\"", "\"\\x\"", "\"\\u12g4\"",
            "\"\n\"", "]",
        "[1}", "{\"a\":1]", "NaN", "'a'", "[1 2]", "{\"a\" 1}", "\"\\", "\"\\u12", "\uFEFF1",
            "/**/1"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> check(text.getBytes(UTF_8)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void refusesStringsThatAreNotUtf8() {
    byte[][] bad = {
      {'"', (byte) 0xC0, (byte) 0x80, '"'},
      {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
      {'"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'},
      {'"', (byte) 0xE2, (byte) 0x82, '"'},
      {'"', (byte) 0x80, '"'},
    };
    for (byte[] text : bad) {
      assertThatThrownBy(() -> check(text))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void nestingIsBounded() {
    byte[] deepest = ("[".repeat(512) + "]".repeat(512)).getBytes(UTF_8);
    check(deepest);
    assertThatThrownBy(() -> check("[".repeat(513).getBytes(UTF_8)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void acceptsAndRefusesAsJacksonDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomJson texts = new RandomJson(random);
    String alphabet = "{}[]\",:\\u0123456789eE+-. tfn\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(texts.text());
      int changes = random.nextInt(3);
      for (int c = 0; c < changes && !text.isEmpty(); c++) {
        int at = random.nextInt(text.length());
        char other = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, other);
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, other);
        }
      }
      String mutated = text.toString();
      if (!UTF_8.newEncoder().canEncode(mutated)) {
        continue;
      }
      assertThat(accepts(mutated.getBytes(UTF_8)))
          .as("seed %d, text %s", seed, mutated)
          .isEqualTo(jacksonAccepts(mutated));
    }
  }

  @Test
  void whatItReadsIsWhatJacksonReads() throws IOException {
    long seed = new Random().nextLong();
    RandomJson texts = new RandomJson(new Random(seed));
    for (int i = 0; i < 5_000; i++) {
      byte[] text = texts.text().getBytes(UTF_8);
      scanner.reset(text);
      try (JsonParser parser = new JsonFactory().createParser(new String(text, UTF_8))) {
        for (var expected = parser.nextToken(); expected != null; expected = parser.nextToken()) {
          JsonToken token = scanner.next();
          if (token == JsonToken.NAME || token == JsonToken.STRING) {
            String lenient = parser.getText().replaceAll("\\p{Cs}", "\uFFFD");
            assertThat(scanner.text()).as("seed %d", seed).isEqualTo(lenient);
          } else if (token == JsonToken.NUMBER) {
            assertThat(new String(text, scanner.start(), scanner.end() - scanner.start(), UTF_8))
                .isEqualTo(parser.getText());
          }
        }
      }
      assertThat(scanner.next()).isEqualTo(JsonToken.END);
    }
  }

  private void check(byte[] text) {
    scanner.check(text, 0, text.length);
  }

  private boolean accepts(byte[] text) {
    try {
      check(text);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static boolean jacksonAccepts(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      int depth = 0;
      int values = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth == 0) {
          values++;
        }
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }
}
