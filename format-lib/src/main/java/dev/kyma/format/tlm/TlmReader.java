package dev.kyma.format.tlm;

import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.KeyScan;
import dev.kyma.format.index.ValueHash;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.util.ArrayList;
import java.util.List;

/** An open TLM extent. */
record TlmReader(ExtentBytes bytes, Footer footer) implements ExtentReader {
  private static final List<RegionKind> INDEXES =
      List.of(RegionKind.TOKEN_INDEX, RegionKind.VALUES, RegionKind.PRIMARY_KEYS);

  @Override
  public TableSchema schema() {
    return footer.schema();
  }

  @Override
  public ExtentSummary summary() {
    return footer.summary();
  }

  @Override
  public ScanCursor scan(ScanRequest request) {
    return new TlmScan(footer, new ScanColumns(bytes, footer), request);
  }

  @Override
  public KeyMatches find(Batch keys) {
    List<Integer> primaryKey = footer.primaryKey();
    KeyScan.checkColumns(primaryKey, keys);
    Region region = footer.region(RegionKind.PRIMARY_KEYS, ExtentFilter.PRIMARY_KEY);
    if (region == null || !hashAlike(primaryKey, keys)) {
      return KeyScan.find(this, primaryKey, keys);
    }
    return KeyLookup.find(this, region, KeyScan.columns(primaryKey, keys), keys);
  }

  private boolean hashAlike(List<Integer> primaryKey, Batch keys) {
    for (int i = 0; i < primaryKey.size(); i++) {
      TableSchema schema = footer.schema();
      LogicalType stored = schema.field(schema.indexOfId(primaryKey.get(i))).type();
      if (!ValueHash.alike(stored, keys.column(i).type())) {
        return false;
      }
    }
    return true;
  }

  /** Reads columns of some rows. */
  ScanCursor rows(List<ColumnPath> columns, long[] rows) {
    return new TlmScan(
        footer,
        new ScanColumns(bytes, footer),
        ScanRequest.of(columns, new Predicate.And(List.of())),
        rows);
  }

  @Override
  public List<ExtentFilter> filters() {
    List<Region> regions = new ArrayList<>();
    List<RegionKind> kinds = new ArrayList<>();
    for (Region region : footer.regions()) {
      for (RegionKind kind : INDEXES) {
        if (region.kind() == kind.code()) {
          regions.add(region);
          kinds.add(kind);
        }
      }
    }
    List<OpenIndex> open = OpenIndex.open(bytes, regions, footer.rows(), bytes::read);
    List<ExtentFilter> filters = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      List<Range> ranges = new ArrayList<>();
      List<ChunkReader.PageRun> runs = new ArrayList<>();
      open.get(i).missing(ranges, runs);
      List<byte[]> parts = bytes.read(ranges);
      for (int run = 0; run < runs.size(); run++) {
        runs.get(run).take(parts.get(run));
      }
      int column = regions.get(i).column();
      filters.add(
          open.get(i)
              .filter(
                  kinds.get(i) == RegionKind.TOKEN_INDEX ? ExtentFilter.tokensOf(column) : column,
                  ExtentIndexes.filterBits(kinds.get(i))));
    }
    return filters;
  }
}
