package dev.kyma.format.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.ChunkWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class HashIndexTest {

  private static ByteSource source(byte[] bytes) {
    return new ByteSource("t/e", 0, bytes, 0, bytes.length);
  }

  private static HashIndex open(ChunkWriter chunk, int rows) {
    return HashIndex.open(source(chunk.head().toBytes()), rows, chunk.pages().size());
  }

  private static TreeSet<Integer> places(Postings postings, int rows) {
    TreeSet<Integer> places = new TreeSet<>();
    long[] bitmap = postings.bitmap(rows);
    for (int row = 0; row < rows; row++) {
      if ((bitmap[row >>> 6] >>> row & 1) != 0) {
        places.add(row);
      }
    }
    return places;
  }

  @Test
  void everyRowOfEveryHashIsFound() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(random.nextBoolean() ? 50 : 30_000);
      int limit = random.nextInt(3) * 8;
      int[] values = new int[1 + random.nextInt(4_000)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt();
      }
      values[0] = 0;
      values[values.length - 1] = -1;
      PostingsTable table = new PostingsTable(rows, limit);
      Map<Integer, TreeSet<Integer>> expected = new HashMap<>();
      for (int row = 0; row < rows; row++) {
        for (int i = random.nextInt(5); i > 0; i--) {
          double at = random.nextDouble();
          int value = values[(int) (at * at * values.length)];
          table.add(value, row);
          table.add(value, row);
          expected.computeIfAbsent(value, any -> new TreeSet<>()).add(row);
        }
      }
      ChunkWriter chunk = new ChunkWriter(0);
      HashIndexWriter.write(table, chunk);
      HashIndex index = open(chunk, rows);
      List<Integer> listed = new ArrayList<>();
      for (int bucket = 0; bucket < index.buckets(); bucket++) {
        for (int hash : index.hashes(source(chunk.pages().get(bucket)), bucket)) {
          assertThat(index.bucket(hash)).isEqualTo(bucket);
          listed.add(hash);
        }
      }
      assertThat(listed)
          .as("seed " + seed)
          .hasSize(index.entries())
          .isSortedAccordingTo(Integer::compareUnsigned)
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
      for (int hash : values) {
        Postings found = index.find(source(chunk.pages().get(index.bucket(hash))), hash);
        TreeSet<Integer> wanted = expected.getOrDefault(hash, new TreeSet<>());
        TreeSet<Integer> actual = places(found, rows);
        assertThat(actual).as("seed " + seed).containsAll(wanted);
        if (wanted.size() <= limit || wanted.isEmpty()) {
          assertThat(actual).as("seed " + seed).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void keysOfEveryRowAreListedHoweverOftenTheyOccur() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    long[] hashes = new long[20_000];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = row % 3 == 0 ? 7L << 32 : random.nextLong();
    }
    ChunkWriter chunk = new ChunkWriter(0);
    ValueIndexWriter.writeKeys(hashes, 16, chunk);
    HashIndex index = open(chunk, hashes.length);
    for (int row = 0; row < hashes.length; row += 7) {
      int hash = HashIndex.shortened(hashes[row]);
      Postings found = index.find(source(chunk.pages().get(index.bucket(hash))), hash);
      assertThat(found.form()).isEqualTo(Postings.Form.ROWS);
      int at = row;
      assertThat(Arrays.stream(found.places()).anyMatch(place -> place == at))
          .as("seed " + seed)
          .isTrue();
    }
    Postings often = index.find(source(chunk.pages().get(index.bucket(7))), 7);
    assertThat(often.places().length).isGreaterThanOrEqualTo(hashes.length / 3);
  }

  @Test
  void damagedBucketsAreRefusedOrReadButNeverAnotherFault() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    PostingsTable table = new PostingsTable(5_000, 8);
    for (int row = 0; row < 5_000; row++) {
      table.add(random.nextInt(300) * 0x1234567, row);
      table.add(random.nextInt(), row);
    }
    ChunkWriter chunk = new ChunkWriter(0);
    HashIndexWriter.write(table, chunk);
    HashIndex index = open(chunk, 5_000);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      int bucket = random.nextInt(index.buckets());
      byte[] page = chunk.pages().get(bucket);
      byte[] damaged = Arrays.copyOf(page, 1 + random.nextInt(page.length + 4));
      for (int i = random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt());
      }
      try {
        int[] hashes = index.hashes(source(damaged), bucket);
        for (int i = 0; i < hashes.length; i += 37) {
          index.find(source(damaged), hashes[i]).bitmap(5_000);
        }
        index.find(source(damaged), random.nextInt());
      } catch (CorruptExtentException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
    assertThat(refused).isGreaterThan(2_000);
  }
}
