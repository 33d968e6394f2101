package dev.kyma.format.encoding;

/** The pages of a chunk, checked against their checksums. */
public interface PageSource {
  /** How many pages the chunk has. */
  int pageCount();

  /** The bytes of a page, from the front. */
  ByteSource page(int page);

  /** The key of the object, for faults. */
  String key();
}
