package dev.kyma.service.log;

/** Makes rows of a raw record. Flush and hot tail use the same one. Safe for use by many threads. */
public interface RecordDecoder {

  /**
   * Decodes a record of a table's log. A record that is no whole frame, names a schema nobody wrote
   * or carries rows of another table is answered as undecodable, not thrown.
   *
   * @param table the table's id
   * @throws dev.kyma.format.io.ObjectStoreException.Unavailable if a schema could not be looked up;
   *     nothing is known of the record
   */
  DecodedRecord decode(long table, RawRecord record);
}
