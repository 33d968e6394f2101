package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code kyma.system.dead_letters}: every record that could not be decoded, as a row, committed
 * with the rows around it. Its rows keep the identity of the record they stand for.
 */
final class DeadLetterTable {
  static final String DATABASE = "system";
  static final String NAME = "dead_letters";

  static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "at", LogicalType.TIMESTAMP, false),
          new Field(2, "source_table", LogicalType.TEXT, false),
          new Field(3, "log", LogicalType.INT32, false),
          new Field(4, "offset", LogicalType.INT64, false),
          new Field(5, "reason", LogicalType.TEXT, false),
          new Field(6, "bytes", LogicalType.BINARY, false));

  private static final FlushPolicy POLICY =
      new FlushPolicy(1_000_000, 64L << 20, Duration.ofSeconds(10));
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Catalog catalog;
  private final LogKeeper logs;

  DeadLetterTable(Catalog catalog, LogKeeper logs) {
    this.catalog = catalog;
    this.logs = logs;
  }

  static Optional<TableDef> find(Snapshot snapshot) {
    return snapshot.table(DATABASE, NAME);
  }

  /** The table, made when it is not there; empty when that could not be found out in time. */
  Optional<TableDef> ensure(Duration patience) {
    Optional<TableDef> known = find(catalog.snapshot());
    if (known.isPresent()) {
      return known;
    }
    long id = catalog.allocateTableId();
    LogBinding log = logs.create(id, 1, catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(id, DATABASE, NAME, 1, SCHEMA, 1, 0, List.of(1), POLICY, log, Map.of());
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
            patience);
    return switch (outcome) {
      case CommitOutcome.Committed _, CommitOutcome.Conflict _ -> find(catalog.snapshot());
      case CommitOutcome.Unknown _ -> Optional.empty();
    };
  }

  /** The letters as rows, in the columns an extent of the table has. */
  static Batch rows(String sourceTable, List<DeadLetter> letters) {
    int count = letters.size();
    LongVectorBuilder at = new LongVectorBuilder(LogicalType.TIMESTAMP, count);
    BytesVectorBuilder source = new BytesVectorBuilder(LogicalType.TEXT, count);
    LongVectorBuilder log = new LongVectorBuilder(LogicalType.INT32, count);
    LongVectorBuilder offset = new LongVectorBuilder(LogicalType.INT64, count);
    BytesVectorBuilder reason = new BytesVectorBuilder(LogicalType.TEXT, count);
    BytesVectorBuilder bytes = new BytesVectorBuilder(LogicalType.BINARY, count);
    LongVectorBuilder hiddenLog = new LongVectorBuilder(SystemColumns.LOG.type(), count);
    LongVectorBuilder hiddenSeq = new LongVectorBuilder(SystemColumns.SEQ.type(), count);
    for (DeadLetter letter : letters) {
      at.append(letter.at().getEpochSecond() * NANOS_PER_SECOND + letter.at().getNano());
      source.append(sourceTable);
      log.append(letter.log());
      offset.append(letter.offset());
      reason.append(letter.reason());
      bytes.append(letter.bytes());
      hiddenLog.append(letter.log());
      hiddenSeq.append(SystemColumns.seq(letter.offset(), 0));
    }
    return new Batch(
        List.of(
            at.build(),
            source.build(),
            log.build(),
            offset.build(),
            reason.build(),
            bytes.build(),
            hiddenLog.build(),
            hiddenSeq.build()),
        count);
  }
}
