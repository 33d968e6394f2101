package dev.kyma.format.encoding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class DecimalColumnTest {
  private static final int COUNT = 70_000;

  private static void assertComesBack(IntFunction<String> text, long seed) {
    long[] unscaled = new long[COUNT];
    long[] scales = new long[COUNT];
    String[] texts = new String[COUNT];
    DecimalText number = new DecimalText();
    for (int i = 0; i < COUNT; i++) {
      texts[i] = text.apply(i);
      byte[] bytes = texts[i].getBytes(StandardCharsets.US_ASCII);
      assertThat(number.read(bytes, 0, bytes.length)).as(texts[i]).isTrue();
      unscaled[i] = number.unscaled();
      scales[i] = number.scale();
    }
    ChunkWriter chunk = new ChunkWriter(3);
    requireNonNull(DecimalColumn.of(unscaled, scales)).write(chunk);
    PageSource pages = new ListPages(chunk.pages());
    byte[] head = chunk.head().toBytes();
    DecimalColumn.Decoder decoder =
        new DecimalColumn.Decoder(new ByteSource("t/e", 0, head, 0, head.length), COUNT, pages);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20; round++) {
      int from = random.nextInt(COUNT);
      int size = Math.min(COUNT - from, 1 + random.nextInt(10_000));
      long[] values = new long[size];
      long[] digits = new long[size];
      byte[] forms = new byte[size];
      decoder.decode(from, size, values, digits, forms);
      for (int i = 0; i < size; i++) {
        ByteSink out = new ByteSink(16);
        DecimalColumn.writeText(values[i], (int) digits[i], forms[i], out);
        assertThat(new String(out.toBytes(), StandardCharsets.US_ASCII))
            .as("number %d, seed %d", from + i, seed)
            .isEqualTo(texts[from + i]);
      }
    }
  }

  private record ListPages(java.util.List<byte[]> pages) implements PageSource {
    @Override
    public int pageCount() {
      return pages.size();
    }

    @Override
    public ByteSource page(int page) {
      return new ByteSource("t/e", 0, pages.get(page), 0, pages.get(page).length);
    }

    @Override
    public String key() {
      return "t/e";
    }
  }

  @Test
  void numbersAsProgramsWriteThemComeBack() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    assertComesBack(i -> Integer.toString(random.nextInt(-500, 100_000)), seed);
    // As Java and Python write doubles: 12.0, 12.5, 12.345, now and then 17 digits.
    assertComesBack(
        i -> {
          double value = random.nextInt(1, 5_000_000) / 1_000.0;
          return Double.toString(i % 90 == 0 ? Math.sqrt(value) : value);
        },
        seed);
    // As JavaScript does: 12, 12.5, 12.345.
    assertComesBack(
        i -> {
          String text = Double.toString(random.nextInt(1, 5_000_000) / 1_000.0);
          return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        },
        seed);
    // With two digits always, and some that are of no form.
    assertComesBack(
        i -> i % 100 == 0 ? "-0.10" : i % 100 == 1 ? "7" : String.format("%d.%02d", i, i % 100),
        seed);
    assertComesBack(i -> i % 20 == 0 ? "123456789012345678" : "0." + (1 + i % 9), seed);
  }

  @Test
  void numbersOfNoCommonScaleAreLeftToOthers() {
    long[] unscaled = new long[1_000];
    long[] scales = new long[1_000];
    for (int i = 0; i < 1_000; i++) {
      unscaled[i] = 10L * i + 100_000_000_000_000_000L;
      scales[i] = i % 19;
    }
    assertThat(DecimalColumn.of(unscaled, scales)).isNull();
  }
}
