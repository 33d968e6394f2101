package dev.kyma.format.encoding.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class TextEncodingTest {
  private static MemoryPages encode(BytesVector texts, int level) {
    ChunkWriter chunk = new ChunkWriter(level);
    assertThat(TextEncoder.encode(texts, chunk)).isTrue();
    return MemoryPages.of(chunk);
  }

  private static void assertComesBack(BytesVector texts, long seed) {
    MemoryPages pages = encode(texts, 3);
    SplittableRandom random = new SplittableRandom(seed);
    TextDecoder decoder = pages.decoder(texts.size());
    for (int from = 0; from < texts.size(); from += 8_192) {
      assertSame(decoder, texts, from, Math.min(8_192, texts.size() - from), null, seed);
    }
    for (int round = 0; round < 20; round++) {
      int from = random.nextInt(texts.size()) / 64 * 64;
      int size = Math.min(texts.size() - from, 1 + random.nextInt(20_000));
      long[] wanted = new long[Bits.words(size)];
      for (int i = 0; i < 5; i++) {
        Bits.set(wanted, random.nextInt(size));
      }
      assertSame(
          random.nextBoolean() ? decoder : pages.decoder(texts.size()),
          texts,
          from,
          size,
          random.nextInt(3) == 0 ? null : wanted,
          seed);
    }
  }

  private static void assertSame(
      TextDecoder decoder,
      BytesVector texts,
      int from,
      int size,
      long @org.jspecify.annotations.Nullable [] wanted,
      long seed) {
    BytesVector decoded = decoder.decode(from, size, null, wanted);
    for (int i = 0; i < size; i++) {
      if (wanted == null || Bits.get(wanted, i)) {
        if (!Arrays.equals(decoded.bytes(i), texts.bytes(from + i))) {
          assertThat(decoded.text(i))
              .as("row %d, seed %d", from + i, seed)
              .isEqualTo(texts.text(from + i));
        }
        assertThat(decoded.bytes(i)).isEqualTo(texts.bytes(from + i));
      }
    }
  }

  private static List<byte[]> rows(int count, Supplier<byte[]> row) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row.get());
    }
    return rows;
  }

  @Test
  void everyKindOfVariableComesBack() {
    for (int round = 0; round < 12; round++) {
      long seed = System.nanoTime();
      LogLines lines = new LogLines(seed);
      assertComesBack(
          LogLines.vector(rows(200 + 2_000 * round, lines.templates(1 + 3 * round))), seed);
    }
  }

  @Test
  void concatenationsWithNoiseEmptyAndHugeRowsComeBack() {
    long seed = System.nanoTime();
    LogLines lines = new LogLines(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Supplier<byte[]> few = lines.templates(5);
    Supplier<byte[]> many = lines.templates(300);
    List<byte[]> rows = rows(12_000, few);
    rows.addAll(rows(9_000, lines::access));
    rows.addAll(rows(20_000, many));
    rows.addAll(rows(2_000, lines::noise));
    for (int i = 0; i < 1_500; i++) {
      rows.add(random.nextInt(rows.size()), i % 50 == 0 ? lines.huge() : new byte[0]);
    }
    assertComesBack(LogLines.vector(rows), seed);
  }

  @Test
  void noiseAloneComesBack() {
    long seed = System.nanoTime();
    assertComesBack(LogLines.vector(rows(3_000, new LogLines(seed)::noise)), seed);
  }

  @Test
  void realTelemetryComesBackAndIsSmall() throws Exception {
    List<byte[]> rows = new ArrayList<>();
    try (GZIPInputStream in =
        new GZIPInputStream(
            TextEncodingTest.class.getResourceAsStream("/logs/real-lines.txt.gz"))) {
      byte[] all = in.readAllBytes();
      for (int i = 0, from = 0; i < all.length; i++) {
        if (all[i] == '\n') {
          rows.add(Arrays.copyOfRange(all, from, i));
          from = i + 1;
        }
      }
    }
    BytesVector texts = LogLines.vector(rows);
    assertComesBack(texts, 1);
    assertThat(encode(texts, 3).bytes()).isLessThan(texts.offsets()[texts.size()] / 8);
  }

  @Test
  void damagedBytesAreRefusedOrHarmless() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    LogLines lines = new LogLines(seed);
    List<byte[]> rows = rows(3_000, lines.templates(20));
    rows.addAll(rows(1_000, lines::access));
    rows.addAll(rows(100, lines::noise));
    BytesVector texts = LogLines.vector(rows);
    MemoryPages whole = encode(texts, 3);
    int refused = 0;
    for (int round = 0; round < Integer.getInteger("kyma.fuzz.rounds", 3_000); round++) {
      MemoryPages damaged = damage(whole, random);
      try {
        damaged.decoder(texts.size()).decode(0, texts.size(), null, null);
      } catch (CorruptExtentException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
    assertThat(refused).isPositive();
  }

  private static MemoryPages damage(MemoryPages whole, SplittableRandom random) {
    List<byte[]> pages = new ArrayList<>(whole.pages());
    int page = random.nextInt(pages.size() + 1);
    byte[] bytes = (page == pages.size() ? whole.head() : pages.get(page)).clone();
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
      int at =
          random.nextBoolean()
              ? random.nextInt(Math.min(40, bytes.length))
              : random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt();
    }
    if (page == pages.size()) {
      return new MemoryPages(bytes, pages);
    }
    pages.set(page, bytes);
    return new MemoryPages(whole.head(), pages);
  }

  @Test
  void templatesSayWhatRowsHaveInCommon() {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String line = i % 4 == 0 ? "stopped after " + i + " ms" : "took " + i + " of 7";
      rows.add(line.getBytes(StandardCharsets.US_ASCII));
    }
    TextDecoder decoder = encode(LogLines.vector(rows), 3).decoder(1_000);
    int[] codes = decoder.codes(0, 1_000);
    for (int row = 0; row < 1_000; row++) {
      List<String> literals =
          decoder.literals(codes[row]).stream()
              .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
              .toList();
      assertThat(literals)
          .isEqualTo(
              row % 4 == 0 ? List.of("stopped after ", " ms") : List.of("took ", " of ", ""));
    }
  }

  @Test
  void noRowThatContainsThePartIsLeftOut() {
    for (int round = 0; round < 6; round++) {
      long seed = System.nanoTime();
      SplittableRandom random = new SplittableRandom(seed);
      LogLines lines = new LogLines(seed);
      List<byte[]> rows = rows(17_000, lines.templates(10 + 20 * round));
      rows.addAll(rows(1_000, lines::access));
      rows.addAll(rows(200, lines::noise));
      BytesVector texts = LogLines.vector(rows);
      TextDecoder decoder = encode(texts, 3).decoder(texts.size());
      for (int i = 0; i < 60; i++) {
        byte[] row = texts.bytes(random.nextInt(texts.size()));
        int from = random.nextInt(row.length + 1);
        byte[] part =
            Arrays.copyOfRange(row, from, Math.min(row.length, from + 1 + random.nextInt(12)));
        if (random.nextInt(4) == 0 && part.length > 0) {
          part[random.nextInt(part.length)]++;
        }
        assertNoneIsLeftOut(texts, decoder, part, random, seed);
      }
    }
  }

  private static void assertNoneIsLeftOut(
      BytesVector texts, TextDecoder decoder, byte[] part, SplittableRandom random, long seed) {
    int from = random.nextInt(texts.size()) / 64 * 64;
    int size = Math.min(texts.size() - from, 1 + random.nextInt(8_192));
    long[] words = new long[Bits.words(size)];
    Bits.fill(words, size);
    decoder.narrow(part, from, size, words);
    for (int row = 0; row < size; row++) {
      if (!Bits.get(words, row)) {
        String text = new String(texts.bytes(from + row), StandardCharsets.ISO_8859_1);
        String looked = new String(part, StandardCharsets.ISO_8859_1);
        assertThat(text.contains(looked)).as("%s in %s, seed %d", looked, text, seed).isFalse();
      }
    }
  }

  @Test
  void fewRowsAreLeftWhereAWordIsRare() {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String line =
          "user u" + i % 500 + " sent " + i + " bytes to word" + i % 41 + " needle" + i % 9_999;
      rows.add((i % 3 == 0 ? "stopped after " + i : line).getBytes(StandardCharsets.US_ASCII));
    }
    TextDecoder decoder = encode(LogLines.vector(rows), 3).decoder(rows.size());
    for (String part : List.of("never seen", "stopped before", "word7 noodle", "after x")) {
      long[] words = new long[Bits.words(8_192)];
      Bits.fill(words, 8_192);
      decoder.narrow(part.getBytes(StandardCharsets.US_ASCII), 8_192, 8_192, words);
      assertThat(Bits.count(words, 8_192)).as(part).isZero();
    }
    long[] words = new long[Bits.words(8_192)];
    Bits.fill(words, 8_192);
    decoder.narrow("stopped".getBytes(StandardCharsets.US_ASCII), 8_192, 8_192, words);
    assertThat(Bits.count(words, 8_192)).isBetween(8_192 / 3, 8_192 / 3 + 1);
  }

  @Test
  void pointsInTimeComeBackOnlyAsTheyWere() {
    TimeText time = new TimeText();
    for (String text :
        List.of(
            "1970-01-01T00:00:00",
            "2000-02-29 23:59:59.999999999",
            "2199-12-31T23:59:59,5",
            "2024/02/29 00:00:00.100",
            "31/Dec/1999:01:02:03",
            "Feb 29 01:02:03.000001",
            "Feb  1 01:02:03",
            "Feb 01 01:02:03",
            "23:00:00.12")) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(time.read(bytes, 0, bytes.length)).as(text).isTrue();
      assertThat(time.end()).as(text).isEqualTo(bytes.length);
      var out = new dev.kyma.format.encoding.ByteSink(16);
      assertThat(TimeText.write(time.form(), time.value(), out)).isTrue();
      assertThat(new String(out.toBytes(), StandardCharsets.US_ASCII)).isEqualTo(text);
    }
    for (String text : List.of("2023-02-29T00:00:00", "Apr 31 00:00:00", "24:00:00", "00:60:00")) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(time.read(bytes, 0, bytes.length)).as(text).isFalse();
    }
  }
}
