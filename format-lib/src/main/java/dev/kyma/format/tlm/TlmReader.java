package dev.kyma.format.tlm;

import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.KeyScan;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.util.List;

/** An open TLM extent. */
record TlmReader(ExtentBytes bytes, Footer footer) implements ExtentReader {

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
    return KeyScan.find(this, footer.primaryKey(), keys);
  }

  @Override
  public List<ExtentFilter> filters() {
    return List.of();
  }
}
