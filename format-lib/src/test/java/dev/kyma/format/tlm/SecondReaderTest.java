package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions.Effort;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.reader.SpecExtent;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader written from the specification alone finds the values that the product's finds. */
final class SecondReaderTest {
  private static final int ROUNDS = Boolean.getBoolean("kyma.verify") ? 400 : 12;

  /** Compares every value of an object; returns how many there are. */
  static long compare(byte[] bytes, String what) {
    SpecExtent spec = new SpecExtent(bytes);
    MapStore store = new MapStore();
    store.set("t/e", bytes);
    ExtentReader reader = new TlmFormat(0).open(store, "t/e", bytes.length);
    List<Field> fields = reader.schema().fields();
    assertThat(spec.rows).as(what).isEqualTo((int) reader.summary().rows());
    assertThat(spec.columns.keySet())
        .as(what)
        .extracting(SpecExtent.Column::id, SpecExtent.Column::name)
        .containsExactlyElementsOf(
            fields.stream()
                .map(field -> org.assertj.core.groups.Tuple.tuple(field.id(), field.name()))
                .toList());
    List<Object[]> columns = new ArrayList<>(spec.columns.values());
    ScanCursor cursor =
        reader.scan(ScanRequest.of(TlmRoundTripTest.all(reader.schema()), TlmRoundTripTest.ALL));
    long compared = 0;
    int base = 0;
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      for (int c = 0; c < columns.size(); c++) {
        for (int row = 0; row < rows.batch().rowCount(); row++) {
          Object value = RandomColumns.value(rows.batch().column(c), row);
          Object found = columns.get(c)[base + row];
          // Spares a message for each of many millions.
          if (!Objects.equals(found, value)) {
            assertThat(found)
                .as("%s, row %d of %s", what, base + row, fields.get(c))
                .isEqualTo(value);
          }
          compared++;
        }
      }
      base += rows.batch().rowCount();
    }
    assertThat(base).as(what).isEqualTo(spec.rows);
    return compared;
  }

  @ParameterizedTest
  @MethodSource("dev.kyma.format.tlm.TlmGoldenTest#all")
  void objectsOfReleasedVersions(String name) {
    byte[] bytes = TlmGoldenTest.resource(name + ".tlm");
    assertThat(compare(bytes, name)).isPositive();
    assertThat(new SpecExtent(bytes).version).isEqualTo(name.startsWith("tlm-1") ? 1 : 2);
  }

  @Test
  void randomExtents() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = random.nextInt(8) == 0 ? random.nextInt(70_000) : random.nextInt(4_000);
      List<LogicalType> types = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        types.add(new RandomColumns(random).type());
      }
      byte[] bytes =
          TlmRoundTripTest.random(random, 1 + rows, rows < 4_000 ? RandomColumns.types() : types)
              .store()
              .get("t/e");
      assertThat(compare(bytes, "seed " + seed)).isPositive();
      assertThat(new SpecExtent(bytes).version).isEqualTo(FormatVersion.LATEST.number());
    }
  }

  @Test
  void generatedLogRecords() {
    OtelRows rows = new OtelRows(System.nanoTime());
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < 40_000; from += 8_000) {
      batches.add(rows.batch(from, 8_000));
    }
    for (Effort effort : Effort.values()) {
      byte[] bytes = TlmRoundTripTest.write(OtelRows.SCHEMA, batches, effort).store().get("t/e");
      assertThat(compare(bytes, effort.name())).isEqualTo(40_000L * OtelRows.SCHEMA.size());
    }
  }

  /** Lines that programs have written, as texts of a log. */
  static List<Batch> realLines() throws IOException {
    List<Batch> batches = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(
                SecondReaderTest.class.getResourceAsStream("/logs/real-lines.txt.gz"));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.ISO_8859_1))) {
      List<String> some = lines.lines().toList();
      for (int from = 0; from < some.size(); from += Batch.MAX_ROWS) {
        List<String> part = some.subList(from, Math.min(some.size(), from + Batch.MAX_ROWS));
        BytesVectorBuilder texts = new BytesVectorBuilder(LogicalType.TEXT, part.size());
        for (String line : part) {
          byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
          texts.append(bytes, 0, bytes.length);
        }
        batches.add(new Batch(List.of(texts.build()), part.size()));
      }
    }
    return batches;
  }

  @Test
  void linesThatProgramsHaveWritten() throws IOException {
    TableSchema schema = TableSchema.of(new Field(1, "body", LogicalType.TEXT, true));
    byte[] bytes = TlmRoundTripTest.write(schema, realLines(), Effort.FLUSH).store().get("t/e");
    assertThat(compare(bytes, "real lines")).isGreaterThan(1_000);
  }
}
