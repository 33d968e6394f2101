package dev.kyma.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.testing.Values;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Slice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
  private static final TableSchema TWO =
      TableSchema.of(
          new Field(1, "t", LogicalType.TIMESTAMP, false),
          new Field(2, "s", LogicalType.TEXT, true));

  @Test
  void framesReadBackAsWritten() {
    long seed = new Random().nextLong();
    Frames frames = new Frames(new Random(seed));
    for (int i = 0; i < 300; i++) {
      LogFrame frame = frames.frame(3, i % 150);
      LogFrame read = new FrameReader(frames.schemas()).read(FrameWriter.write(frame));
      assertSame(read, frame, "seed " + seed);
    }
  }

  @Test
  void slicesThatDoNotBeginAtTheirArraysStartAreWrittenWhole() {
    Batch batch = batch("zero", "one", "two", "three");
    Batch slice = Slice.of(batch, 1, 2);
    LogFrame frame = frame(slice);
    LogFrame read = new FrameReader(_ -> TWO).read(FrameWriter.write(frame));
    assertSame(read, frame, "slice");
  }

  @Test
  void framesOfVersionOneAreReadForEver() {
    byte[] golden = HexFormat.of().parseHex(GoldenFrame.HEX);
    assertSame(new FrameReader(_ -> TWO).read(golden), frame(batch("a", "bc")), "golden");
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] bytes = FrameWriter.write(frame(batch("some", "rows", "here")));
    FrameReader reader = new FrameReader(_ -> TWO);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> reader.read(damaged)).isInstanceOf(CorruptFrameException.class);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> reader.read(torn)).isInstanceOf(CorruptFrameException.class);
    }
  }

  @Test
  void damageUnderAMatchingChecksumStillOnlyYieldsCorruptFrames() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Frames frames = new Frames(random);
    int corrupt = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = FrameWriter.write(frames.frame(2, 20));
      int changes = 1 + random.nextInt(3);
      for (int c = 0; c < changes; c++) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) (random.nextBoolean() ? 0xFF : 0x7F);
      }
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(FrameLayout.CHECKSUM_AT, FrameWriter.checksum(bytes));
      try {
        new FrameReader(frames.schemas()).read(bytes);
      } catch (CorruptFrameException e) {
        corrupt++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(corrupt).isGreaterThan(5_000);
  }

  @Test
  void aFrameWhoseSchemaIsNotStoredIsCorrupt() {
    byte[] bytes = FrameWriter.write(frame(batch("a")));
    FrameReader reader = new FrameReader(new Frames(new Random(0)).schemas());
    assertThatThrownBy(() -> reader.read(bytes))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("not stored");
  }

  @Test
  void refusesToWriteRowsOutOfPlace() {
    SchemaFingerprint fingerprint = SchemaCodec.fingerprint(TWO);
    Batch one = batch("a");
    assertThatThrownBy(
            () ->
                FrameWriter.write(
                    new LogFrame(
                        List.of(), List.of(new LogFrame.TableRows(1, fingerprint, 1, one)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                FrameWriter.write(
                    new LogFrame(
                        List.of(new KeyedRows(1, 2, 3, 4, 0, 1, 1)),
                        List.of(new LogFrame.TableRows(1, fingerprint, 0, one)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Batch batch(String... texts) {
    BytesVectorBuilder text = new BytesVectorBuilder(LogicalType.TEXT, texts.length);
    long[] times = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      text.append(texts[i]);
      times[i] = 1_700_000_000_000_000_000L + i;
    }
    return new Batch(
        List.of(new LongVector(LogicalType.TIMESTAMP, times), text.build()), texts.length);
  }

  static LogFrame frame(Batch batch) {
    return new LogFrame(
        List.of(new KeyedRows(1, 2, 3, 4, 5, 0, 1)),
        List.of(new LogFrame.TableRows(17, SchemaCodec.fingerprint(TWO), 0, batch)));
  }

  private static void assertSame(LogFrame read, LogFrame expected, String description) {
    assertThat(read.keys()).as(description).isEqualTo(expected.keys());
    assertThat(read.tables()).as(description).hasSameSizeAs(expected.tables());
    for (int t = 0; t < read.tables().size(); t++) {
      LogFrame.TableRows left = read.tables().get(t);
      LogFrame.TableRows right = expected.tables().get(t);
      assertThat(left.table()).isEqualTo(right.table());
      assertThat(left.fingerprint()).isEqualTo(right.fingerprint());
      assertThat(left.firstRow()).isEqualTo(right.firstRow());
      for (int c = 0; c < right.batch().columns().size(); c++) {
        assertThat(left.batch().column(c).type()).isEqualTo(right.batch().column(c).type());
        assertThat(Values.of(left.batch().column(c)))
            .as(description)
            .isEqualTo(Values.of(right.batch().column(c)));
      }
    }
  }
}
