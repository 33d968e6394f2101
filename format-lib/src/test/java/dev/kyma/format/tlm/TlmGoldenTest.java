package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects of released versions as they were first written are read for ever. Beside each lies the
 * digest of its rows as text. {@link #main} has written them; what it would write today is of no
 * account.
 */
final class TlmGoldenTest {

  /** Objects of version 1, by their resources. */
  static final List<String> VERSION_1 =
      List.of("tlm-1/small", "tlm-1/vectors", "tlm-1/log-records");

  /** Objects of version 2, with all it has: log texts, decimals, indexes, keys, both orders. */
  static final List<String> VERSION_2 =
      List.of(
          "tlm-2/small",
          "tlm-2/vectors",
          "tlm-2/log-records",
          "tlm-2/log-records-compacted",
          "tlm-2/log-lines",
          "tlm-2/identifiers",
          "tlm-2/keyed",
          "tlm-2/keyed-history");

  static List<String> all() {
    return Stream.concat(VERSION_1.stream(), VERSION_2.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void objectsOfReleasedVersionsAreRead(String name) {
    MapStore store = new MapStore();
    byte[] bytes = resource(name + ".tlm");
    store.set("t/e", bytes);
    TlmFormat format = new TlmFormat();
    format.verify(store, "t/e", bytes.length);
    String expected = new String(resource(name + ".sha256"), StandardCharsets.US_ASCII).strip();
    assertThat(digest(format.open(store, "t/e", bytes.length))).isEqualTo(expected);
  }

  static byte[] resource(String name) {
    try (InputStream in = TlmGoldenTest.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Schema, summary and every value, in order. */
  private static String digest(ExtentReader reader) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    reader.schema().fields().forEach(field -> add(digest, field.id() + field.type().id()));
    add(digest, Long.toHexString(reader.summary().rowsHash()));
    add(digest, reader.summary().logs().toString());
    if (reader.summary().level() > 0) {
      add(
          digest,
          reader.summary().order()
              + ","
              + reader.summary().level()
              + ","
              + reader.summary().tombstones());
    }
    ScanCursor cursor =
        reader.scan(ScanRequest.of(TlmRoundTripTest.all(reader.schema()), TlmRoundTripTest.ALL));
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      for (int row = 0; row < rows.batch().rowCount(); row++) {
        for (var column : rows.batch().columns()) {
          add(digest, String.valueOf(RandomColumns.value(column, row)));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Versions of keys: inserted, updated, deleted. */
  static TlmRoundTripTest.Written keyed(RowOrder order) {
    TableSchema schema =
        TableSchema.of(
            new Field(1, "id", LogicalType.INT64, false),
            new Field(2, "name", LogicalType.TEXT, true),
            SystemColumns.OP,
            SystemColumns.LOG,
            SystemColumns.SEQ);
    SplittableRandom random = new SplittableRandom(9);
    int rows = 3_000;
    LongVectorBuilder ids = new LongVectorBuilder(LogicalType.INT64, rows);
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, rows);
    BytesVectorBuilder operations = new BytesVectorBuilder(LogicalType.TEXT, rows);
    LongVectorBuilder logs = new LongVectorBuilder(SystemColumns.LOG.type(), rows);
    LongVectorBuilder seqs = new LongVectorBuilder(SystemColumns.SEQ.type(), rows);
    for (int row = 0; row < rows; row++) {
      int operation = random.nextInt(10);
      ids.append(row / 3 * 17L);
      if (operation == 0) {
        names.appendNull();
      } else {
        names.append("name " + random.nextInt(1_000_000));
      }
      operations.append(operation == 0 ? "d" : operation < 4 ? "u" : "c");
      logs.append(2);
      seqs.append(SystemColumns.seq(row / 100, row % 100));
    }
    List<ColumnVector> columns =
        List.of(ids.build(), names.build(), operations.build(), logs.build(), seqs.build());
    ExtentOptions options =
        new ExtentOptions(
                0, List.of(1), List.of(new LogInterval(2, 0, 30)), ExtentOptions.Effort.COMPACTION)
            .withPrimaryKey(List.of(1))
            .withOrder(order)
            .withLevel(3);
    return TlmRoundTripTest.write(schema, List.of(new Batch(columns, rows)), options);
  }

  /** Identifiers that come a few times each, too many for a dictionary in one page. */
  private static TlmRoundTripTest.Written identifiers() {
    SplittableRandom random = new SplittableRandom(10);
    String[] ids = new String[5_000];
    Arrays.setAll(ids, i -> HexFormat.of().toHexDigits(random.nextLong()));
    List<Batch> batches = new ArrayList<>();
    for (int part = 0; part < 4; part++) {
      BytesVectorBuilder texts = new BytesVectorBuilder(LogicalType.TEXT, 5_500);
      for (int row = 0; row < 5_500; row++) {
        texts.append(ids[Math.min(ids.length - 1, part * 1_250 + row / 5 + random.nextInt(3))]);
      }
      batches.add(new Batch(List.of(texts.build()), 5_500));
    }
    TableSchema schema = TableSchema.of(new Field(1, "trace_id", LogicalType.TEXT, true));
    return TlmRoundTripTest.write(schema, batches, ExtentOptions.Effort.FLUSH);
  }

  /** Writes the objects into the directory given. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    write(
        directory,
        "small",
        TlmRoundTripTest.random(new SplittableRandom(1), 40, RandomColumns.types()));
    write(
        directory,
        "vectors",
        TlmRoundTripTest.random(new SplittableRandom(4), 2_300, RandomColumns.types()));
    OtelRows rows = new OtelRows(7);
    List<Batch> records = List.of(rows.batch(0, 900), rows.batch(900, 700));
    write(
        directory,
        "log-records",
        TlmRoundTripTest.write(OtelRows.SCHEMA, records, ExtentOptions.Effort.FLUSH));
    write(
        directory,
        "log-records-compacted",
        TlmRoundTripTest.write(OtelRows.SCHEMA, records, ExtentOptions.Effort.COMPACTION));
    write(
        directory,
        "log-lines",
        TlmRoundTripTest.write(
            TableSchema.of(new Field(1, "body", LogicalType.TEXT, true)),
            SecondReaderTest.realLines(),
            ExtentOptions.Effort.FLUSH));
    write(directory, "identifiers", identifiers());
    write(directory, "keyed", keyed(RowOrder.TABLE));
    write(directory, "keyed-history", keyed(RowOrder.HISTORY));
  }

  private static void write(Path directory, String name, TlmRoundTripTest.Written written)
      throws IOException {
    Files.write(directory.resolve(name + ".tlm"), written.store().get("t/e"));
    Files.writeString(directory.resolve(name + ".sha256"), digest(written.open()) + "\n");
  }
}
