package dev.kyma.service.log;

import dev.kyma.catalog.visibility.LogRecord;
import dev.kyma.format.log.CorruptFrameException;
import dev.kyma.format.log.FrameReader;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaSource;
import java.util.List;

/** Decodes frames, the records of Kyma's own logs. Safe for use by many threads. */
public final class FrameRecords implements RecordDecoder {
  private final FrameReader frames;
  private final SchemaSource schemas;

  public FrameRecords(SchemaSource schemas) {
    this.frames = new FrameReader(schemas);
    this.schemas = schemas;
  }

  @Override
  public DecodedRecord decode(long table, RawRecord record) {
    LogFrame frame;
    try {
      frame = frames.read(record.frame());
    } catch (CorruptFrameException e) {
      return new DecodedRecord(
          new LogRecord.Undecodable(
              record.offset(),
              record.leaderEpoch(),
              record.appendTimeMillis(),
              String.valueOf(e.getMessage())),
          List.of());
    }
    List<DecodedRecord.Rows> rows =
        frame.tables().stream()
            .filter(t -> t.table() == table)
            .map(
                t ->
                    new DecodedRecord.Rows(
                        schemas.schema(t.fingerprint()), t.firstRow(), t.batch()))
            .toList();
    return new DecodedRecord(
        LogRecord.Rows.of(record.offset(), record.leaderEpoch(), record.appendTimeMillis(), frame),
        rows);
  }
}
