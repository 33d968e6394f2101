package dev.kyma.catalog.commit;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
      case TableChange.Alter alter -> {
        out.int8(4).varint(alter.table()).varint(alter.expectedVersion());
        writePolicy(alter.flushPolicy(), out);
        writeColumns(alter.sortColumns(), out);
        writeOptions(alter.options(), out);
      }
      case TableChange.SwitchLog switched -> {
        out.int8(5).varint(switched.table()).varint(switched.expectedVersion());
        writeLog(switched.log(), out);
        switched.offsets().forEach(out::varint);
      }
    }
  }

  static TableChange readChange(ByteReader in, int version) {
    int code = in.int8();
    return switch (code) {
      case 1 -> new TableChange.Create(readTable(in, version));
      case 2 -> new TableChange.Widen(in.varint(), in.varint32(), readSchema(in));
      case 3 -> new TableChange.Drop(in.varint());
      case 4 ->
          new TableChange.Alter(
              in.varint(), in.varint32(), readPolicy(in), in.list(in::zigzag32), readOptions(in));
      case 5 -> {
        long table = in.varint();
        int expected = in.varint32();
        LogBinding log = readLog(in);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < log.partitions(); i++) {
          offsets.add(in.varint());
        }
        yield new TableChange.SwitchLog(table, expected, log, offsets);
      }
      default -> throw in.corrupt("table change " + code);
    };
  }

  /** A number of rows. */
  static long readRows(ByteReader in) {
    long rows = in.varint();
    if (rows < 0) {
      throw in.corrupt(rows + " rows");
    }
    return rows;
  }

  static void writeMask(Mask mask, ByteWriter out) {
    out.text(mask.extent()).blob(mask.rows().toBytes());
  }

  static Mask readMask(ByteReader in) {
    return new Mask(in.text(), DeletionVector.fromBytes(in.blob()));
  }

  static void writeTable(TableDef table, ByteWriter out) {
    out.varint(table.id()).text(table.database()).text(table.name()).varint(table.schemaVersion());
    writeSchema(table.schema(), out);
    out.zigzag(table.timeColumn()).zigzag(table.overflowColumn());
    writeColumns(table.sortColumns(), out);
    writeColumns(table.primaryKey(), out);
    writePolicy(table.flushPolicy(), out);
    writeLog(table.log(), out);
    writeOptions(table.options(), out);
  }

  private static void writeLog(LogBinding log, ByteWriter out) {
    out.text(log.topic()).text(log.topicId()).varint(log.partitions()).varint(log.firstOrdinal());
  }

  private static LogBinding readLog(ByteReader in) {
    return new LogBinding(in.text(), in.text(), in.varint32(), in.varint32());
  }

  private static void writeColumns(List<Integer> columns, ByteWriter out) {
    out.varint(columns.size());
    columns.forEach(out::zigzag);
  }

  private static void writePolicy(FlushPolicy policy, ByteWriter out) {
    out.varint(policy.maxRows()).varint(policy.maxBytes());
    out.varint(policy.maxAge().getSeconds()).varint(policy.maxAge().getNano());
  }

  private static FlushPolicy readPolicy(ByteReader in) {
    return new FlushPolicy(in.varint(), in.varint(), duration(in));
  }

  private static void writeOptions(Map<String, String> options, ByteWriter out) {
    out.varint(options.size());
    new TreeMap<>(options).forEach((name, value) -> out.text(name).text(value));
  }

  private static Map<String, String> readOptions(ByteReader in) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = in.count(); i > 0; i--) {
      options.put(in.text(), in.text());
    }
    return options;
  }

  static TableDef readTable(ByteReader in, int version) {
    long id = in.varint();
    String database = in.text();
    String name = in.text();
    int schemaVersion = in.varint32();
    TableSchema schema = readSchema(in);
    int timeColumn = in.zigzag32();
    int overflowColumn = in.zigzag32();
    var sortColumns = in.list(in::zigzag32);
    List<Integer> primaryKey = version == 1 ? List.of() : in.list(in::zigzag32);
    FlushPolicy policy = readPolicy(in);
    LogBinding log = readLog(in);
    return new TableDef(
        id,
        database,
        name,
        schemaVersion,
        schema,
        timeColumn,
        overflowColumn,
        sortColumns,
        primaryKey,
        policy,
        log,
        readOptions(in));
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
    writeColumns(summary.sortColumns(), out);
    out.varint(summary.logs().size());
    for (LogInterval log : summary.logs()) {
      out.varint(log.log()).varint(log.fromOffset()).varint(log.toOffset() - log.fromOffset());
    }
    out.zigzag(summary.minSeq()).zigzag(summary.maxSeq()).int64(summary.rowsHash());
    out.int8(order(summary.order())).varint(summary.level()).varint(summary.tombstones());
    ColumnStatsCodec.write(summary.columns(), out);
  }

  static ExtentRef readExtent(ByteReader in, int version) {
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
    long minSeq = in.zigzag();
    long maxSeq = in.zigzag();
    long rowsHash = in.int64();
    RowOrder order = version == 1 ? RowOrder.TABLE : readOrder(in);
    int level = version == 1 ? 0 : in.varint32();
    long tombstones = version == 1 ? 0 : readRows(in);
    ExtentSummary summary =
        new ExtentSummary(
            rows,
            footerChecksum,
            timeColumn,
            sortColumns,
            logs,
            minSeq,
            maxSeq,
            rowsHash,
            ColumnStatsCodec.read(in),
            order,
            level,
            tombstones);
    return new ExtentRef(key, table, format, length, schemaVersion, summary);
  }

  private static int order(RowOrder order) {
    return switch (order) {
      case TABLE -> 0;
      case HISTORY -> 1;
    };
  }

  private static RowOrder readOrder(ByteReader in) {
    return Parts.readFlag(in) ? RowOrder.HISTORY : RowOrder.TABLE;
  }

  private static LogInterval readInterval(ByteReader in) {
    int log = in.varint32();
    long from = in.varint();
    return new LogInterval(log, from, from + in.varint());
  }
}
