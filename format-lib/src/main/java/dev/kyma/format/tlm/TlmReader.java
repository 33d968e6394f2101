package dev.kyma.format.tlm;

import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.type.TableSchema;

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
}
