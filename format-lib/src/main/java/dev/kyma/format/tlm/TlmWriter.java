package dev.kyma.format.tlm;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.BytesDictionary;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.encoding.ColumnEncoder;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnProfile;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.RowHashes;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Flatten;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects batches and encodes them column by column. */
final class TlmWriter implements ExtentWriter {
  private static final int FLUSH_LEVEL = 3;
  private static final int COMPACTION_LEVEL = 9;

  private final TableSchema schema;
  private final ExtentOptions options;
  private final List<List<ColumnVector>> parts = new ArrayList<>();
  private int rows;
  private boolean finished;

  private final RegionWriter out = new RegionWriter();
  private int tombstones;

  TlmWriter(TableSchema schema, ExtentOptions options) {
    this.schema = schema;
    this.options = options;
    for (int column : options.primaryKey()) {
      if (schema.indexOfId(column) < 0) {
        throw new IllegalArgumentException("no key column " + column);
      }
    }
    for (int i = 0; i < schema.size(); i++) {
      parts.add(new ArrayList<>());
    }
  }

  @Override
  public void append(Batch batch) {
    if (finished) {
      throw new IllegalStateException("finished");
    }
    if (batch.columns().size() != schema.size()) {
      throw new IllegalArgumentException(batch.columns().size() + " columns for " + schema.size());
    }
    for (int i = 0; i < schema.size(); i++) {
      if (!batch.column(i).type().equals(schema.field(i).type())) {
        throw new IllegalArgumentException(
            schema.field(i) + " given values of " + batch.column(i).type());
      }
    }
    if (batch.rowCount() > MAX_ROWS - rows) {
      throw new IllegalArgumentException(
          "more than " + MAX_ROWS + " rows: " + ((long) rows + batch.rowCount()));
    }
    rows += batch.rowCount();
    for (int i = 0; i < schema.size(); i++) {
      parts.get(i).add(batch.column(i));
    }
  }

  @Override
  public WrittenExtent finish() {
    if (finished) {
      throw new IllegalStateException("finished");
    }
    finished = true;
    RowHashes hashes = new RowHashes(rows);
    ExtentIndexes indexes = new ExtentIndexes(options, rows);
    ByteSink statistics = new ByteSink(16 << 10);
    List<ColumnStats> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      ColumnProfile profile = writeColumn(i, hashes, indexes);
      StatisticsWriter.write(profile, statistics);
      columns.add(profile.whole());
    }
    statistics.zeros(Layout.padding(statistics.size()));
    indexes.write(out);
    return end(statistics.toBytes(), columns, hashes, indexes.filters());
  }

  private WrittenExtent end(
      byte[] statistics, List<ColumnStats> columns, RowHashes hashes, List<ExtentFilter> filters) {
    List<Region> regions = out.heads();
    long statisticsOffset = out.offset();
    out.append(statistics);
    long footerOffset = out.offset();
    ExtentSummary draft = summary(0, columns, hashes.total());
    byte[] footer =
        FooterWriter.footer(
            schema, draft, options.primaryKey(), regions, out.headerCrc(), statistics);
    out.append(footer);
    out.append(FooterWriter.trailer(statisticsOffset, footerOffset, footer));
    int footerCrc = Checksum.of(footer, 0, footer.length);
    return new WrittenExtent(out.content(), summary(footerCrc, columns, draft.rowsHash()), filters);
  }

  private ExtentSummary summary(int footerCrc, List<ColumnStats> columns, long rowsHash) {
    long minSeq = 0;
    long maxSeq = 0;
    int seq = schema.indexOfId(SystemColumns.SEQ.id());
    if (seq >= 0
        && columns.get(seq).min() instanceof Constant.OfLong min
        && columns.get(seq).max() instanceof Constant.OfLong max) {
      minSeq = min.value();
      maxSeq = max.value();
    }
    return new ExtentSummary(
        rows,
        footerCrc,
        options.timeColumn(),
        options.sortColumns(),
        options.logs(),
        minSeq,
        maxSeq,
        rowsHash,
        columns,
        options.order(),
        options.level(),
        tombstones);
  }

  private ColumnProfile writeColumn(int index, RowHashes rowHashes, ExtentIndexes indexes) {
    Field field = schema.field(index);
    ColumnVector values = takeColumn(index);
    long[] hashes = new long[0];
    BytesDictionary dictionary = null;
    if (values instanceof BytesVector bytes) {
      hashes = RowHashes.of(bytes);
      dictionary = BytesDictionary.find(bytes, hashes);
    }
    if (field.id() == SystemColumns.OP.id()) {
      tombstones = tombstones((BytesVector) values);
    }
    rowHashes.add(field.id(), values, hashes);
    writeChunk(field, values, dictionary);
    indexes.add(field, values, dictionary, hashes);
    return ColumnProfile.of(field.id(), values, dictionary, hashes, Layout.BLOCK_ROWS);
  }

  /** A whole column; its parts are let go, so that memory shrinks as columns are written. */
  private ColumnVector takeColumn(int index) {
    List<ColumnVector> taken = parts.set(index, List.of());
    return Flatten.of(Concat.of(schema.field(index).type(), taken));
  }

  private static int tombstones(BytesVector operations) {
    int count = 0;
    for (int row = 0; row < operations.size(); row++) {
      count += operations.text(row).equals(SystemColumns.DELETE) ? 1 : 0;
    }
    return count;
  }

  private void writeChunk(Field field, ColumnVector values, @Nullable BytesDictionary dictionary) {
    int level =
        switch (options.effort()) {
          case FLUSH -> FLUSH_LEVEL;
          case COMPACTION -> COMPACTION_LEVEL;
        };
    ChunkWriter chunk = new ChunkWriter(level);
    ColumnEncoder.encode(values, dictionary, chunk);
    out.add(RegionKind.COLUMN, field.id(), chunk);
  }
}
