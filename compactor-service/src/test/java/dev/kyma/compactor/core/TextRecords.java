package dev.kyma.compactor.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kyma.catalog.visibility.LogRecord;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.DecodedRecord;
import dev.kyma.service.log.RawRecord;
import dev.kyma.service.log.RecordDecoder;
import java.util.Arrays;
import java.util.List;

/**
 * Records a test can write by hand: {@code id,id,…}, with {@code key/payload:} before them when
 * they are keyed; anything else is undecodable. Ids become column 1, their last digit column 2.
 */
final class TextRecords implements RecordDecoder {
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, true),
          new Field(2, "digit", LogicalType.INT64, true));

  @Override
  public DecodedRecord decode(long table, RawRecord raw) {
    String text = new String(raw.frame(), UTF_8);
    try {
      int colon = text.indexOf(':');
      long[] ids =
          Arrays.stream(text.substring(colon + 1).split(",")).mapToLong(Long::parseLong).toArray();
      long[] digits = Arrays.stream(ids).map(id -> id % 10).toArray();
      List<KeyedRows> keys = List.of();
      if (colon > 0) {
        String[] key = text.substring(0, colon).split("/");
        keys =
            List.of(
                new KeyedRows(
                    0, Long.parseLong(key[0]), 0, Long.parseLong(key[1]), 0, 0, ids.length));
      }
      Batch batch =
          new Batch(
              List.of(
                  new LongVector(LogicalType.INT64, ids),
                  new LongVector(LogicalType.INT64, digits)),
              ids.length);
      return new DecodedRecord(
          new LogRecord.Rows(
              raw.offset(), raw.leaderEpoch(), raw.appendTimeMillis(), ids.length, keys),
          List.of(new DecodedRecord.Rows(SCHEMA, 0, batch)));
    } catch (NumberFormatException e) {
      return new DecodedRecord(
          new LogRecord.Undecodable(
              raw.offset(), raw.leaderEpoch(), raw.appendTimeMillis(), "no number in " + text),
          List.of());
    }
  }
}
