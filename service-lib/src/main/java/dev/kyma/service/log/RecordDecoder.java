package dev.kyma.service.log;

/** Makes rows of a raw record. Safe for use by many threads. */
public interface RecordDecoder {

  /**
   * Decodes a record of a table's log. A record that is no whole frame, or names a schema nobody
   * wrote, is answered as undecodable, not thrown.
   *
   * @param table the table's id
   * @throws dev.kyma.format.FormatException if a schema could not be looked up; nothing is known of
   *     the record
   */
  DecodedRecord decode(long table, RawRecord record);
}
