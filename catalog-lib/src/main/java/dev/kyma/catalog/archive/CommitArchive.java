package dev.kyma.catalog.archive;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Commits and checkpoints as objects. Stateless and safe for use by many threads; every method may
 * throw {@link ObjectStoreException}.
 *
 * <p>Commit n is the object {@code _commits/<n>}, a checkpoint after it {@code _checkpoints/<n>},
 * with n in twenty digits so that keys are in the order of numbers. A checkpoint's object is its
 * parts one after the other, each with its length before it as a little-endian {@code int32}.
 */
public final class CommitArchive {
  private static final String COMMITS = "_commits/";
  private static final String CHECKPOINTS = "_checkpoints/";
  private static final int DIGITS = 20;
  private static final int KEYS_PER_LIST = 1_000;

  private final ObjectStore store;

  public CommitArchive(ObjectStore store) {
    this.store = store;
  }

  /** The key of a commit. */
  public static String commitKey(long number) {
    return COMMITS + padded(number);
  }

  /** The key of a checkpoint. */
  public static String checkpointKey(long number) {
    return CHECKPOINTS + padded(number);
  }

  /**
   * The numbers of the commits there are objects of, ascending; whether they can be read is open.
   */
  public long[] commits() {
    return numbers(COMMITS, null, Integer.MAX_VALUE);
  }

  /**
   * The numbers of commits there are objects of, ascending.
   *
   * @param after only greater ones
   * @param limit the most to answer
   */
  public long[] commitsAfter(long after, int limit) {
    return numbers(COMMITS, commitKey(after), limit);
  }

  /** The numbers of the checkpoints there are objects of, ascending. */
  public long[] checkpoints() {
    return numbers(CHECKPOINTS, null, Integer.MAX_VALUE);
  }

  private long[] numbers(String prefix, @Nullable String from, int limit) {
    LongStream.Builder numbers = LongStream.builder();
    int count = 0;
    String after = from;
    while (count < limit) {
      List<ObjectStore.Stat> page =
          store.list(prefix, after, Math.min(limit - count, KEYS_PER_LIST));
      if (page.isEmpty()) {
        break;
      }
      for (ObjectStore.Stat stat : page) {
        String name = stat.key().substring(prefix.length());
        // Whatever else lies there is no part of the archive.
        if (name.length() == DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
          numbers.add(Long.parseLong(name));
          count++;
        }
        after = stat.key();
      }
    }
    return numbers.build().toArray();
  }

  private static String padded(long number) {
    return String.format(Locale.ROOT, "%020d", number);
  }

  /**
   * Stores a commit, or finds it stored.
   *
   * @throws CatalogException.ArchiveDiverged if something else is stored there
   */
  public void put(CommitRecord record) {
    create(commitKey(record.number()), content(record), () -> content(commit(record.number())));
  }

  private static List<ByteBuffer> content(CommitRecord record) {
    return List.of(ByteBuffer.wrap(CommitCodec.record(record)));
  }

  /**
   * Stores a snapshot as the checkpoint of its number, or finds it stored.
   *
   * @throws CatalogException.ArchiveDiverged if something else is stored there
   */
  public void put(FoldedSnapshot snapshot) {
    create(
        checkpointKey(snapshot.number()),
        content(snapshot),
        () -> content(checkpoint(snapshot.number())));
  }

  private static List<ByteBuffer> content(FoldedSnapshot snapshot) {
    List<ByteBuffer> content = new ArrayList<>();
    for (byte[] part : CheckpointCodec.parts(snapshot)) {
      ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      content.add(length.putInt(0, part.length));
      content.add(ByteBuffer.wrap(part));
    }
    return content;
  }

  /**
   * Creates an object, or finds there what it should hold.
   *
   * @param rewritten what the object that is there holds, as this code would write it
   */
  private void create(String key, List<ByteBuffer> content, Supplier<List<ByteBuffer>> rewritten) {
    switch (store.create(key, content)) {
      case CREATED -> {}
      case EXISTS -> requireSame(key, content, rewritten);
    }
  }

  private void requireSame(
      String key, List<ByteBuffer> content, Supplier<List<ByteBuffer>> rewritten) {
    Optional<String> difference = difference(key, content);
    if (difference.isEmpty()) {
      return;
    }
    // An older version of this code may have written the same in other bytes.
    try {
      if (rewritten.get().equals(content)) {
        return;
      }
    } catch (CatalogException.Corrupt e) {
      throw new CatalogException.ArchiveDiverged(key, difference.get() + "; " + e.getMessage());
    }
    throw new CatalogException.ArchiveDiverged(key, difference.get());
  }

  private Optional<String> difference(String key, List<ByteBuffer> content) {
    long length = content.stream().mapToLong(ByteBuffer::remaining).sum();
    ObjectStore.Stat stat =
        store.stat(key).orElseThrow(() -> new ObjectStoreException.NotFound(key));
    if (stat.length() != length) {
      return Optional.of(length + " bytes would be written, " + stat.length() + " are there");
    }
    long offset = 0;
    for (ByteBuffer part : content) {
      ByteBuffer there = store.read(key, offset, part.remaining());
      int differs = part.mismatch(there);
      if (differs >= 0) {
        return Optional.of("other bytes are there from " + (offset + differs));
      }
      offset += part.remaining();
    }
    return Optional.empty();
  }

  /**
   * Reads an archived commit.
   *
   * @throws ObjectStoreException.NotFound if it is not archived
   * @throws CatalogException.Corrupt if the object is damaged
   */
  public CommitRecord commit(long number) {
    CommitRecord record = CommitCodec.record(readWhole(commitKey(number)));
    if (record.number() != number) {
      throw new CatalogException.Corrupt(commitKey(number) + " holds commit " + record.number());
    }
    return record;
  }

  /** Whether there is a checkpoint of a number. */
  public boolean hasCheckpoint(long number) {
    return store.stat(checkpointKey(number)).isPresent();
  }

  /**
   * Reads a checkpoint.
   *
   * @throws ObjectStoreException.NotFound if there is none of this number
   * @throws CatalogException.Corrupt if the object is damaged
   */
  public FoldedSnapshot checkpoint(long number) {
    ByteBuffer whole =
        ByteBuffer.wrap(readWhole(checkpointKey(number))).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> parts = new ArrayList<>();
    while (whole.hasRemaining()) {
      int length = whole.remaining() < 4 ? -1 : whole.getInt();
      if (length < 0 || length > whole.remaining()) {
        throw new CatalogException.Corrupt(checkpointKey(number) + " ends within a part");
      }
      byte[] part = new byte[length];
      whole.get(part);
      parts.add(part);
    }
    FoldedSnapshot snapshot = CheckpointCodec.snapshot(parts);
    if (snapshot.number() != number) {
      throw new CatalogException.Corrupt(
          checkpointKey(number) + " holds checkpoint " + snapshot.number());
    }
    return snapshot;
  }

  private byte[] readWhole(String key) {
    long length =
        store.stat(key).orElseThrow(() -> new ObjectStoreException.NotFound(key)).length();
    ByteBuffer content = store.read(key, 0, Math.toIntExact(length));
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }
}
