package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the bytes, nothing wrong is answered and nothing but the fault is thrown. */
final class TlmDamageTest {

  private static void readAll(MapStore store, long length) {
    ExtentReader reader = new TlmFormat(0).open(store, "t/e", length);
    ScanCursor cursor =
        reader.scan(ScanRequest.of(TlmRoundTripTest.all(reader.schema()), TlmRoundTripTest.ALL));
    while (cursor.next() != null) {
      // Reading is what is tested.
    }
  }

  @Test
  void aFlipOfAnyByteOfASmallExtentIsDetected() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(11), 300, RandomColumns.types());
    byte[] bytes = written.store().get("t/e");
    assertThat(bytes.length).isLessThan(Layout.SUFFIX_BYTES);
    readAll(written.store(), bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      written.store().set("t/e", damaged);
      assertThatThrownBy(() -> readAll(written.store(), bytes.length))
          .as("byte %d of %d", at, bytes.length)
          .isInstanceOf(CorruptExtentException.class)
          .hasMessageContaining("t/e");
    }
  }

  @Test
  void aFlipOfAnyByteOfALargerExtentIsDetectedByVerifying() {
    SplittableRandom random = new SplittableRandom(12);
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(random, 70_000, RandomColumns.types());
    byte[] bytes = written.store().get("t/e");
    assertThat(bytes.length).isGreaterThan(2 * Layout.SUFFIX_BYTES);
    new TlmFormat(0).verify(written.store(), "t/e", bytes.length);
    for (int i = 0; i < 300; i++) {
      int at = i < 100 ? i : random.nextInt(bytes.length);
      bytes[at] ^= 0x10;
      assertThatThrownBy(() -> new TlmFormat(0).verify(written.store(), "t/e", bytes.length))
          .as("byte %d", at)
          .isInstanceOf(CorruptExtentException.class);
      bytes[at] ^= 0x10;
    }
  }

  @Test
  void truncationAtEveryLengthIsDetected() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(13), 100, RandomColumns.types());
    byte[] bytes = written.store().get("t/e");
    for (int length = 0; length < bytes.length; length++) {
      written.store().set("t/e", Arrays.copyOf(bytes, length));
      int cut = length;
      assertThatThrownBy(() -> readAll(written.store(), bytes.length))
          .isInstanceOf(CorruptExtentException.class);
      assertThatThrownBy(() -> readAll(written.store(), cut))
          .as("first %d bytes", cut)
          .isInstanceOf(CorruptExtentException.class);
    }
  }

  @Test
  void anObjectReplacedByAnotherExtentIsDetectedByItsLength() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(13), 100, RandomColumns.types());
    TlmRoundTripTest.Written other =
        TlmRoundTripTest.random(new SplittableRandom(14), 3000, RandomColumns.types());
    written.store().set("t/e", other.store().get("t/e"));
    assertThatThrownBy(() -> readAll(written.store(), written.extent().length()))
        .isInstanceOf(CorruptExtentException.class);
  }

  /** Of a released version: indexes, log texts and keys included. */
  @ParameterizedTest
  @MethodSource("dev.kyma.format.tlm.TlmGoldenTest#all")
  void aFlipOfAnyByteOfAGoldenObjectIsDetectedByVerifying(String name) {
    byte[] bytes = TlmGoldenTest.resource(name + ".tlm");
    MapStore store = new MapStore();
    store.set("t/e", bytes);
    TlmFormat format = new TlmFormat(0);
    format.verify(store, "t/e", bytes.length);
    // Every byte of the small ones; of the others, every so many but for a full verification.
    int step = bytes.length < 20_000 || Boolean.getBoolean("kyma.verify") ? 1 : 41;
    for (int at = 0; at < bytes.length; at += step) {
      byte bit = (byte) (1 << (at % 8));
      bytes[at] ^= bit;
      try {
        format.verify(store, "t/e", bytes.length);
        throw new AssertionError("byte " + at + " of " + name + " is not covered");
      } catch (CorruptExtentException e) {
        assertThat(e.key()).isEqualTo("t/e");
      }
      bytes[at] ^= bit;
    }
    format.verify(store, "t/e", bytes.length);
  }
}
