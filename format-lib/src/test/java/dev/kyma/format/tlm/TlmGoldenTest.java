package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects of version 1 as they were first written are read for ever. Beside each lies the digest of
 * its rows as text. {@link #main} has written them; what it would write today is of no account.
 */
final class TlmGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"small", "vectors", "log-records"})
  void objectsOfVersionOneAreRead(String name) {
    MapStore store = new MapStore();
    byte[] bytes = resource(name + ".tlm");
    store.set("t/e", bytes);
    TlmFormat format = new TlmFormat();
    format.verify(store, "t/e", bytes.length);
    String expected = new String(resource(name + ".sha256"), StandardCharsets.US_ASCII).strip();
    assertThat(digest(format.open(store, "t/e", bytes.length))).isEqualTo(expected);
  }

  private static byte[] resource(String name) {
    try (InputStream in = TlmGoldenTest.class.getResourceAsStream("/golden/tlm-1/" + name)) {
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
    write(
        directory,
        "log-records",
        TlmRoundTripTest.write(
            OtelRows.SCHEMA,
            List.of(rows.batch(0, 900), rows.batch(900, 700)),
            ExtentOptions.Effort.FLUSH));
  }

  private static void write(Path directory, String name, TlmRoundTripTest.Written written)
      throws IOException {
    Files.write(directory.resolve(name + ".tlm"), written.store().get("t/e"));
    Files.writeString(directory.resolve(name + ".sha256"), digest(written.open()) + "\n");
  }
}
