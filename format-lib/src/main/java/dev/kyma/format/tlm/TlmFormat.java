package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.type.TableSchema;
import java.util.Arrays;

/**
 * The format in which Kyma stores extents, version 2; extents of version 1 are read. Safe for use
 * by many threads.
 *
 * <p>Footers that have been read are kept, least recently used leaving first, up to a number of
 * bytes; objects never change, so they are never wrong.
 */
public final class TlmFormat implements SegmentFormat {
  private static final long DEFAULT_CACHE_BYTES = 64L << 20;

  private final FooterCache cache;

  /** A format that keeps up to 64 MiB of footers. */
  public TlmFormat() {
    this(DEFAULT_CACHE_BYTES);
  }

  /**
   * @param cacheBytes how many bytes of footers to keep at most; 0 for none
   */
  public TlmFormat(long cacheBytes) {
    cache = new FooterCache(cacheBytes);
  }

  @Override
  public String name() {
    return "tlm";
  }

  @Override
  public ExtentWriter write(TableSchema schema, ExtentOptions options) {
    return new TlmWriter(schema, options);
  }

  @Override
  public ExtentReader open(ObjectStore store, String key, long length) {
    return reader(store, key, length, footer(store, key, length));
  }

  @Override
  public ExtentReader open(ObjectStore store, String key, long length, int footerChecksum) {
    FooterCache.Entry entry = footer(store, key, length);
    int found = entry.footer().summary().footerChecksum();
    if (found != footerChecksum) {
      throw reader(store, key, length, entry)
          .bytes()
          .damaged(
              length,
              "footer checksum " + Integer.toHexString(footerChecksum),
              Integer.toHexString(found));
    }
    return reader(store, key, length, entry);
  }

  private TlmReader reader(ObjectStore store, String key, long length, FooterCache.Entry entry) {
    return new TlmReader(new ExtentBytes(store, key, length, entry.tail(), cache), entry.footer());
  }

  private FooterCache.Entry footer(ObjectStore store, String key, long length) {
    FooterCache.Entry entry = cache.find(store, key, length);
    if (entry == null) {
      try {
        entry = read(store, key, length);
      } catch (CorruptExtentException e) {
        store.forget(key);
        throw e;
      }
      cache.put(store, key, length, entry);
    }
    return entry;
  }

  private static FooterCache.Entry read(ObjectStore store, String key, long length) {
    ObjectStore.Suffix suffix = store.readSuffix(key, Layout.SUFFIX_BYTES);
    if (suffix.length() != length) {
      throw new CorruptExtentException(
          key, suffix.length(), "an object of " + length + " bytes", suffix.length() + " bytes");
    }
    byte[] end = ExtentBytes.array(suffix.bytes());
    if (end.length != Math.min(length, Layout.SUFFIX_BYTES)) {
      throw new CorruptExtentException(
          key, length - end.length, "a suffix of the object", end.length + " bytes");
    }
    FooterReader reader = new FooterReader(key, length);
    FooterReader.Trailer trailer = reader.trailer(end, end.length);
    long endOffset = length - end.length;
    long start = trailer.statisticsOffset();
    if (start >= endOffset) {
      Footer footer = reader.footer(trailer, end, (int) (start - endOffset));
      if (endOffset == 0) {
        Verification.header(key, end, footer);
      }
      return new FooterCache.Entry(footer, end);
    }
    long missing = endOffset - start;
    if (missing > Integer.MAX_VALUE - Layout.SUFFIX_BYTES - 64) {
      throw new CorruptExtentException(key, start, "a footer of 2 GiB at most", missing + " bytes");
    }
    byte[] front = ExtentBytes.read(store, key, length, start, (int) missing);
    byte[] all = Arrays.copyOf(front, front.length + end.length);
    System.arraycopy(end, 0, all, front.length, end.length);
    return new FooterCache.Entry(reader.footer(trailer, all, 0), all);
  }

  @Override
  public SegmentFormat uncached() {
    return new TlmFormat(0);
  }

  @Override
  public void verify(ObjectStore store, String key, long length) {
    Verification.all(store, key, length, read(store, key, length).footer());
  }
}
