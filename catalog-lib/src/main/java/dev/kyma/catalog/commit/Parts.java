package dev.kyma.catalog.commit;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.stats.ColumnStatsCodec;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of the values that commits and checkpoints are made of. */
final class Parts {
  private Parts() {}

  static boolean readFlag(ByteReader in) {
    int flag = in.int8();
    if (flag > 1) {
      throw in.corrupt("flag " + flag);
    }
    return flag == 1;
  }

  static void writeInstant(Instant instant, ByteWriter out) {
    out.zigzag(instant.getEpochSecond()).varint(instant.getNano());
  }

  static Instant readInstant(ByteReader in) {
    long seconds = in.zigzag();
    int nanos = in.varint32();
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw in.corrupt("a time of " + seconds + " seconds");
    }
  }

  static void writeGrant(WriteGrant grant, ByteWriter out) {
    out.varint(grant.id()).text(grant.keyPrefix());
    writeInstant(grant.openedAt(), out);
  }

  static WriteGrant readGrant(ByteReader in) {
    return new WriteGrant(in.varint(), in.text(), readInstant(in));
  }

  static void writeCursor(SourceCursor cursor, ByteWriter out) {
    out.varint(cursor.log())
        .text(cursor.topicId())
        .varint(cursor.nextOffset())
        .zigzag(cursor.leaderEpoch())
        .zigzag(cursor.sourceEpoch());
  }

  static SourceCursor readCursor(ByteReader in) {
    return new SourceCursor(in.varint32(), in.text(), in.varint(), in.zigzag32(), in.zigzag());
  }

  static void writeKeys(KeyWindow window, ByteWriter out) {
    out.varint(window.log());
    writeInstant(window.until(), out);
    out.blob(window.packed());
  }

  static KeyWindow readKeys(ByteReader in) {
    return new KeyWindow(in.varint32(), readInstant(in), in.blob());
  }

  static void writeChange(TableChange change, ByteWriter out) {
    switch (change) {
      case TableChange.Create create -> writeTable(create.definition(), out.int8(1));
      case TableChange.Widen widen -> {
        out.int8(2).varint(widen.table()).varint(widen.expectedVersion());
        writeSchema(widen.schema(), out);
      }
      case TableChange.Drop drop -> out.int8(3).varint(drop.table());
    }
  }

  static TableChange readChange(ByteReader in) {
    int code = in.int8();
    return switch (code) {
      case 1 -> new TableChange.Create(readTable(in));
      case 2 -> new TableChange.Widen(in.varint(), in.varint32(), readSchema(in));
      case 3 -> new TableChange.Drop(in.varint());
      default -> throw in.corrupt("table change " + code);
    };
  }

  static void writeTable(TableDef table, ByteWriter out) {
    out.varint(table.id()).text(table.database()).text(table.name()).varint(table.schemaVersion());
    writeSchema(table.schema(), out);
    out.zigzag(table.timeColumn()).zigzag(table.overflowColumn());
    out.varint(table.sortColumns().size());
    table.sortColumns().forEach(out::zigzag);
    FlushPolicy policy = table.flushPolicy();
    out.varint(policy.maxRows()).varint(policy.maxBytes());
    out.varint(policy.maxAge().getSeconds()).varint(policy.maxAge().getNano());
    LogBinding log = table.log();
    out.text(log.topic()).text(log.topicId()).varint(log.partitions()).varint(log.firstOrdinal());
    Map<String, String> options = new TreeMap<>(table.options());
    out.varint(options.size());
    options.forEach((name, value) -> out.text(name).text(value));
  }

  static TableDef readTable(ByteReader in) {
    long id = in.varint();
    String database = in.text();
    String name = in.text();
    int version = in.varint32();
    TableSchema schema = readSchema(in);
    int timeColumn = in.zigzag32();
    int overflowColumn = in.zigzag32();
    var sortColumns = in.list(in::zigzag32);
    long maxRows = in.varint();
    long maxBytes = in.varint();
    Duration maxAge = duration(in);
    LogBinding log = new LogBinding(in.text(), in.text(), in.varint32(), in.varint32());
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = in.count(); i > 0; i--) {
      options.put(in.text(), in.text());
    }
    return new TableDef(
        id,
        database,
        name,
        version,
        schema,
        timeColumn,
        overflowColumn,
        sortColumns,
        new FlushPolicy(maxRows, maxBytes, maxAge),
        log,
        options);
  }

  private static Duration duration(ByteReader in) {
    long seconds = in.varint();
    int nanos = in.varint32();
    try {
      return Duration.ofSeconds(seconds, nanos);
    } catch (ArithmeticException e) {
      throw in.corrupt("a duration of " + seconds + " seconds");
    }
  }

  private static void writeSchema(TableSchema schema, ByteWriter out) {
    out.varint(schema.size());
    for (Field field : schema.fields()) {
      out.zigzag(field.id()).text(field.name());
      ColumnStatsCodec.writeType(field.type(), out);
      out.int8(field.nullable() ? 1 : 0);
    }
  }

  private static TableSchema readSchema(ByteReader in) {
    return new TableSchema(
        in.list(
            () ->
                new Field(in.zigzag32(), in.text(), ColumnStatsCodec.readType(in), readFlag(in))));
  }

  static void writeExtent(ExtentRef extent, ByteWriter out) {
    out.text(extent.key())
        .varint(extent.table())
        .text(extent.format())
        .varint(extent.length())
        .varint(extent.schemaVersion());
    ExtentSummary summary = extent.summary();
    out.varint(summary.rows()).int32(summary.footerChecksum()).zigzag(summary.timeColumn());
    out.varint(summary.sortColumns().size());
    summary.sortColumns().forEach(out::zigzag);
    out.varint(summary.logs().size());
    for (LogInterval log : summary.logs()) {
      out.varint(log.log()).varint(log.fromOffset()).varint(log.toOffset() - log.fromOffset());
    }
    out.zigzag(summary.minSeq()).zigzag(summary.maxSeq()).int64(summary.rowsHash());
    ColumnStatsCodec.write(summary.columns(), out);
  }

  static ExtentRef readExtent(ByteReader in) {
    String key = in.text();
    long table = in.varint();
    String format = in.text();
    long length = in.varint();
    int schemaVersion = in.varint32();
    long rows = in.varint();
    int footerChecksum = in.int32();
    int timeColumn = in.zigzag32();
    var sortColumns = in.list(in::zigzag32);
    var logs = in.list(() -> readInterval(in));
    ExtentSummary summary =
        new ExtentSummary(
            rows,
            footerChecksum,
            timeColumn,
            sortColumns,
            logs,
            in.zigzag(),
            in.zigzag(),
            in.int64(),
            ColumnStatsCodec.read(in),
            RowOrder.TABLE,
            0,
            0);
    return new ExtentRef(key, table, format, length, schemaVersion, summary);
  }

  private static LogInterval readInterval(ByteReader in) {
    int log = in.varint32();
    long from = in.varint();
    return new LogInterval(log, from, from + in.varint());
  }
}
