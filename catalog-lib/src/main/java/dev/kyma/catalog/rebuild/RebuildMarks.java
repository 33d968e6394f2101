package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.jdbc.CatalogRestore.Counters;
import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.bytes.CorruptBytesException;
import dev.kyma.format.io.ObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rebuilds leave in the bucket, {@code _rebuilds/<n>}: where each let counting go on, so that
 * a second rebuild hands out nothing that the first one's catalog may have. Bytes:
 *
 * <pre>{@code
 * mark := "KYMR", version:int8 = 1, snapshot:varint, table:varint, log:varint, grant:varint, crc32c
 * }</pre>
 */
final class RebuildMarks {
  private static final String PREFIX = "_rebuilds/";
  private static final int MAGIC = 0x524d594b; // "KYMR" as it stands in the bytes
  private static final int VERSION = 1;
  private static final int KEYS_PER_LIST = 1_000;
  private static final int MAX_BYTES = 256;

  private final ObjectStore store;

  RebuildMarks(ObjectStore store) {
    this.store = store;
  }

  /**
   * The newest mark; those before it say less.
   *
   * @throws CatalogException.Corrupt if it is damaged
   */
  Optional<Counters> newest() {
    long last = last();
    return last == 0 ? Optional.empty() : Optional.of(read(key(last)));
  }

  private Counters read(String key) {
    ByteBuffer content = store.readSuffix(key, MAX_BYTES).bytes();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    try {
      ByteReader in = new ByteReader(bytes);
      if (in.int32() != MAGIC || in.int8() != VERSION) {
        throw in.corrupt("no mark of a rebuild, or a newer one");
      }
      in.varint();
      Counters counters = new Counters(in.varint(), in.varint(), in.varint());
      in.crc32c(0);
      in.end();
      return counters;
    } catch (CorruptBytesException e) {
      throw new CatalogException.Corrupt(key + ": " + e.getMessage());
    }
  }

  /**
   * Leaves a mark.
   *
   * @return its number, one more than the greatest before it
   */
  long create(long snapshot, Counters counters) {
    byte[] bytes =
        new ByteWriter(64)
            .int32(MAGIC)
            .int8(VERSION)
            .varint(snapshot)
            .varint(counters.table())
            .varint(counters.log())
            .varint(counters.grant())
            .crc32c(0)
            .toByteArray();
    // One that is there may be our own, its answer lost: a mark too many does no harm.
    long number = last() + 1;
    while (store.create(key(number), List.of(ByteBuffer.wrap(bytes)))
        == ObjectStore.PutResult.EXISTS) {
      number++;
    }
    return number;
  }

  private static String key(long number) {
    return PREFIX + String.format(Locale.ROOT, "%020d", number);
  }

  private long last() {
    long last = 0;
    @Nullable String after = null;
    while (true) {
      List<ObjectStore.Stat> page = store.list(PREFIX, after, KEYS_PER_LIST);
      if (page.isEmpty()) {
        return last;
      }
      after = page.getLast().key();
      last = Long.parseLong(after.substring(PREFIX.length()));
    }
  }
}
