package dev.kyma.ingest.core.log;

import dev.kyma.format.log.KeyedRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of a keyed request: 128-bit hashes of its key and of its whole payload.
 *
 * @param keyHigh upper half of the key's hash
 * @param keyLow lower half
 * @param payloadHigh upper half of the payload's hash
 * @param payloadLow lower half
 */
public record RequestKey(long keyHigh, long keyLow, long payloadHigh, long payloadLow) {

  /**
   * The identity of a request.
   *
   * @param key the client's key
   * @param payload holds the decompressed body
   * @param length how long the body is
   */
  public static RequestKey of(String key, byte[] payload, int length) {
    ByteBuffer keyHash = sha256(key.getBytes(StandardCharsets.UTF_8), -1);
    ByteBuffer payloadHash = sha256(payload, length);
    return new RequestKey(
        keyHash.getLong(), keyHash.getLong(), payloadHash.getLong(), payloadHash.getLong());
  }

  private static ByteBuffer sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length < 0 ? bytes.length : length);
      return ByteBuffer.wrap(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The partition that sees every repeat of this key. */
  public int partition(int partitions) {
    return (int) Long.remainderUnsigned(keyHigh, partitions);
  }

  /** The run of a record's rows that are one part of this request. */
  KeyedRows rows(int part, int firstRow, int rowCount) {
    return new KeyedRows(keyHigh, keyLow, payloadHigh, payloadLow, part, firstRow, rowCount);
  }

  /** Whether both came with the same payload. */
  public boolean hasSamePayload(RequestKey other) {
    return payloadHigh == other.payloadHigh && payloadLow == other.payloadLow;
  }
}
