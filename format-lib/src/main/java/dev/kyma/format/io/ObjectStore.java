package dev.kyma.format.io;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where extents, schemas and archived commits lie: immutable objects under string keys.
 *
 * <p>Objects are created once and never changed. Keys are relative paths of {@code [A-Za-z0-9._=-]}
 * segments joined by {@code /}. Safe for use by many threads. Every method may throw {@link
 * ObjectStoreException}; reading a key that does not exist throws {@link
 * ObjectStoreException.NotFound}.
 */
public interface ObjectStore extends AutoCloseable {

  /** What became of an attempt to create an object. */
  enum PutResult {
    /** The object is stored durably. */
    CREATED,
    /**
     * An object with that key was there already and is unchanged. After a retry of a key only we
     * may write, it is ours if {@link #stat} and content agree.
     */
    EXISTS
  }

  /** A stored object's length in bytes. */
  record Stat(String key, long length) {}

  /** The end of an object and its whole length in bytes. */
  record Suffix(long length, ByteBuffer bytes) {}

  /** A stretch of an object, in bytes. */
  record Range(long offset, int length) {}

  /**
   * Creates an object, if and only if there is none with that key; of several attempts at once
   * exactly one answers {@link PutResult#CREATED}.
   *
   * @param content the bytes in order; positions and limits of the buffers are left alone
   */
  PutResult create(String key, List<ByteBuffer> content);

  /** The object's length, or empty when there is none. */
  Optional<Stat> stat(String key);

  /**
   * Reads a stretch that must lie wholly inside the object.
   *
   * @return exactly {@code length} bytes, read-only or owned by the caller
   */
  ByteBuffer read(String key, long offset, int length);

  /** Reads the last {@code maxLength} bytes, or the whole object when it is shorter. */
  Suffix readSuffix(String key, int maxLength);

  /**
   * Reads several stretches; near ones are fetched together.
   *
   * @return one buffer a range, in the order of the ranges
   */
  List<ByteBuffer> readRanges(String key, List<Range> ranges);

  /**
   * Objects whose keys start with {@code prefix}, in bytewise order of keys.
   *
   * @param after only keys greater than this one; null for all
   * @param limit the most to answer
   */
  List<Stat> list(String prefix, @Nullable String after, int limit);

  /** Removes objects; keys that do not exist are no error. */
  void delete(List<String> keys);

  /**
   * Lets go of what is held of an object, so that the next read asks where it is stored. For
   * whoever finds bytes that do not match their checksum: they may have been damaged on their way.
   */
  default void forget(String key) {}

  @Override
  void close();
}
