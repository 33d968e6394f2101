package dev.kyma.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void putsCommasQuotesAndEscapesWhereTheyBelong() {
    BytesVectorBuilder out = new BytesVectorBuilder(LogicalType.DYNAMIC, 2);
    JsonWriter json = new JsonWriter(out);
    json.beginObject().name("a").number(1).name("b\n").beginArray().text("x\"y").number(0.1);
    json.number(Double.NaN).bool(true).nullValue().beginObject().endObject().endArray();
    json.name("c").raw("[1]".getBytes(StandardCharsets.UTF_8)).endObject().endText();
    json.beginArray().endArray().endText();
    BytesVector texts = out.build();
    assertThat(texts.text(0))
        .isEqualTo("{\"a\":1,\"b\\n\":[\"x\\\"y\",0.1,\"NaN\",true,null,{}],\"c\":[1]}");
    assertThat(texts.text(1)).isEqualTo("[]");
  }

  @Test
  void everyCodePointSurvives() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder all = new StringBuilder();
    for (int codePoint = 0; codePoint < 0x11000; codePoint += codePoint < 0x300 ? 1 : 97) {
      if (codePoint < 0xD800 || codePoint > 0xDFFF) {
        all.appendCodePoint(codePoint);
      }
    }
    BytesVectorBuilder out = new BytesVectorBuilder(LogicalType.DYNAMIC, 1);
    new JsonWriter(out).text(all.toString()).endText();
    byte[] text = out.build().bytes(0);
    JsonNode read = mapper.readTree(text);
    assertThat(read.textValue()).isEqualTo(all.toString());
    JsonScanner scanner = new JsonScanner();
    scanner.reset(text);
    scanner.next();
    assertThat(scanner.text()).isEqualTo(all.toString());
  }

  @Test
  void repairsWhatIsNotUtf8() {
    byte[] bad = {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x82};
    assertThat(new String(Utf8.repaired(bad), StandardCharsets.UTF_8))
        .isEqualTo("a\uFFFDb\uFFFD\uFFFD");
    byte[] good = "çà".getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.repaired(good)).isSameAs(good);
  }
}
