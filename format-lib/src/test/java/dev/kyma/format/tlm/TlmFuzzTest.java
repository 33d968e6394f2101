package dev.kyma.format.tlm;

import com.sun.management.ThreadMXBean;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.encoding.LittleEndian;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged bytes under checksums that have been made right again: decoders meet them, and throw
 * nothing but their own fault.
 */
final class TlmFuzzTest {
  private static final int ROUNDS =
      Integer.getInteger("kyma.fuzz.rounds", Boolean.getBoolean("kyma.verify") ? 20_000 : 1_000);

  /** Makes every checksum fit the bytes, as the footer of the undamaged object lays them out. */
  private static void seal(byte[] bytes, Footer footer, byte[] original) {
    FooterReader.Trailer trailer =
        new FooterReader("t/e", original.length).trailer(original, original.length);
    int footerAt = (int) trailer.footerOffset();
    int statisticsAt = (int) trailer.statisticsOffset();
    int regionsAt =
        footerAt
            + FooterWriter.FIXED_BYTES
            + footer.schema().size() * FooterWriter.COLUMN_BYTES
            + 4 * footer.summary().sortColumns().size()
            + 4 * footer.primaryKey().size()
            + footer.summary().logs().size() * FooterWriter.LOG_BYTES;
    for (int i = 0; i < footer.regions().size(); i++) {
      Region region = footer.regions().get(i);
      int at = (int) region.headOffset();
      int pages = LittleEndian.getInt(original, at);
      int page = (int) region.offset();
      for (int p = 0; p < pages; p++) {
        int length = LittleEndian.getInt(original, at + 4 + 8 * p);
        LittleEndian.putInt(bytes, at + 8 + 8 * p, Checksum.of(bytes, page, length));
        page += length;
      }
      int entry = regionsAt + i * FooterWriter.REGION_BYTES;
      LittleEndian.putInt(bytes, entry + 28, Checksum.of(bytes, at, region.headLength()));
      LittleEndian.putInt(
          bytes, entry + 32, Checksum.of(bytes, (int) region.offset(), (int) region.length()));
    }
    LittleEndian.putInt(
        bytes, footerAt + 92, Checksum.of(bytes, statisticsAt, footerAt - statisticsAt));
    int trailerAt = original.length - Layout.TRAILER_BYTES;
    LittleEndian.putInt(
        bytes, trailerAt + 20, Checksum.of(bytes, footerAt, trailer.footerLength()));
    LittleEndian.putInt(bytes, trailerAt + 52, Checksum.of(bytes, trailerAt, 52));
  }

  private static void read(MapStore store, long length) {
    ExtentReader reader = new TlmFormat(0).open(store, "t/e", length);
    List<ColumnPath> columns = new ArrayList<>(TlmRoundTripTest.all(reader.schema()));
    reader.schema().fields().stream()
        .filter(field -> field.type().equals(LogicalType.DYNAMIC))
        .forEach(
            field -> {
              columns.add(new ColumnPath(field.id(), List.of("http.method"), LogicalType.TEXT));
              columns.add(new ColumnPath(field.id(), List.of("took"), LogicalType.FLOAT64));
            });
    ScanCursor cursor = reader.scan(ScanRequest.of(columns, TlmRoundTripTest.ALL));
    while (cursor.next() != null) {
      // Reading is what is tested.
    }
    lookUp(reader);
  }

  /** Uses every index. */
  private static void lookUp(ExtentReader reader) {
    List<Predicate> any = new ArrayList<>();
    for (Field field : reader.schema().fields()) {
      ColumnPath column = ColumnPath.of(field.id(), field.type());
      if (field.type().equals(LogicalType.TEXT)) {
        any.add(new Predicate.HasToken(column, "items"));
        any.add(new Predicate.In(column, List.of(Constant.of("value 1"), Constant.of("0b"))));
      }
    }
    ScanCursor cursor = reader.scan(ScanRequest.of(List.of(), new Predicate.Or(any)));
    while (cursor.next() != null) {
      // Reading is what is tested.
    }
    reader.filters();
    if (!((TlmReader) reader).footer().primaryKey().isEmpty()) {
      long[] ids = LongStream.range(0, 500).toArray();
      reader.find(new Batch(List.of(new LongVector(LogicalType.INT64, ids)), ids.length));
    }
  }

  @Test
  void damageUnderRightChecksumsIsRefusedOrReadButNeverAnotherFault() {
    long first = System.nanoTime();
    int refused = 0;
    for (long seed = first; seed < first + 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<LogicalType> types = new ArrayList<>(RandomColumns.types());
      types.add(LogicalType.DYNAMIC);
      types.add(LogicalType.TEXT);
      TlmRoundTripTest.Written written = TlmRoundTripTest.random(random, 2_500, types);
      if ((seed & 1) == 0) {
        written =
            TlmRoundTripTest.write(
                written.schema(),
                written.batches(),
                new ExtentOptions(0, List.of(), List.of(), ExtentOptions.Effort.COMPACTION)
                    .withPrimaryKey(List.of(SystemColumns.SEQ.id())));
      }
      byte[] original = written.store().get("t/e");
      Footer footer =
          ((TlmReader) new TlmFormat(0).open(written.store(), "t/e", original.length)).footer();
      byte[] sealed = original.clone();
      seal(sealed, footer, original);
      if (!Arrays.equals(sealed, original)) {
        throw new AssertionError("sealing changes an undamaged object");
      }
      for (int round = 0; round < ROUNDS / 8; round++) {
        byte[] damaged = original.clone();
        damage(damaged, footer, random);
        seal(damaged, footer, original);
        written.store().set("t/e", damaged);
        try {
          read(written.store(), damaged.length);
        } catch (CorruptExtentException e) {
          refused++;
        } catch (RuntimeException | Error e) {
          throw new AssertionError("seed " + seed + ", round " + round, e);
        }
      }
    }
    if (refused < ROUNDS / 20) {
      throw new AssertionError("only " + refused + " refused: nothing reached the decoders");
    }
  }

  /** What one read of a damaged object may take: what its content honestly would, many times. */
  private static final long MAX_ALLOCATED = 1L << 30;

  private static final Duration MAX_TIME = Duration.ofSeconds(20);

  @ParameterizedTest
  @MethodSource("dev.kyma.format.tlm.TlmGoldenTest#all")
  void damageOfGoldenObjectsTakesBoundedMemoryAndTime(String name) {
    int rounds = Boolean.getBoolean("kyma.verify") ? 10_000 : 120;
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] original = TlmGoldenTest.resource(name + ".tlm");
    MapStore store = new MapStore();
    store.set("t/e", original);
    Footer footer = ((TlmReader) new TlmFormat(0).open(store, "t/e", original.length)).footer();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = original.clone();
      damage(damaged, footer, random);
      sealVersion(damaged, footer, original);
      store.set("t/e", damaged);
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      String what = name + ", seed " + seed + ", round " + round;
      try {
        read(store, damaged.length);
      } catch (CorruptExtentException e) {
        if (!e.key().equals("t/e")) {
          throw new AssertionError(what, e);
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError(what, e);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      if (bytes > MAX_ALLOCATED || time.compareTo(MAX_TIME) > 0) {
        throw new AssertionError(what + ": " + bytes + " bytes, " + time);
      }
    }
  }

  /** In version 1 the head begins the region, and its checksum covers both. */
  private static void sealVersion(byte[] bytes, Footer footer, byte[] original) {
    seal(bytes, footer, original);
    if (footer.version() > 1) {
      return;
    }
    FooterReader.Trailer trailer =
        new FooterReader("t/e", original.length).trailer(original, original.length);
    int footerAt = (int) trailer.footerOffset();
    int entry =
        footerAt
            + FooterWriter.FIXED_BYTES
            + footer.schema().size() * FooterWriter.COLUMN_BYTES
            + 4 * footer.summary().sortColumns().size()
            + footer.summary().logs().size() * FooterWriter.LOG_BYTES;
    for (Region region : footer.regions()) {
      int length = region.headLength() + (int) region.length();
      LittleEndian.putInt(bytes, entry + 32, Checksum.of(bytes, (int) region.headOffset(), length));
      entry += FooterWriter.REGION_BYTES;
    }
    int trailerAt = original.length - Layout.TRAILER_BYTES;
    LittleEndian.putInt(
        bytes, trailerAt + 20, Checksum.of(bytes, footerAt, trailer.footerLength()));
    LittleEndian.putInt(bytes, trailerAt + 52, Checksum.of(bytes, trailerAt, 52));
  }

  /** A few bytes anywhere, in the head of a chunk as often as in its pages or in the footer. */
  private static void damage(byte[] bytes, Footer footer, SplittableRandom random) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      Region region = footer.regions().get(random.nextInt(footer.regions().size()));
      int end = end(footer);
      int tail = bytes.length - Layout.TRAILER_BYTES - end;
      int at =
          switch (random.nextInt(5)) {
            case 0 -> end + random.nextInt(tail);
            case 1 -> (int) region.offset() + random.nextInt(Math.max(1, (int) region.length()));
            default -> (int) region.headOffset() + random.nextInt(region.headLength());
          };
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
  }

  /** Where the heads end. */
  private static int end(Footer footer) {
    return footer.regions().stream()
        .mapToInt(region -> (int) region.headOffset() + region.headLength())
        .max()
        .orElseThrow();
  }
}
