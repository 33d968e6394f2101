package dev.kyma.ingest.core.otlp;

import dev.kyma.format.type.TableSchema;

/** The signals of OpenTelemetry, each with its table. */
public enum OtlpSignal {
  LOGS("otel_logs", OtlpTables.LOGS),
  TRACES("otel_traces", OtlpTables.TRACES),
  METRICS("otel_metrics", OtlpTables.METRICS);

  private final String table;
  private final TableSchema schema;

  OtlpSignal(String table, TableSchema schema) {
    this.table = table;
    this.schema = schema;
  }

  /** The name of the table. */
  public String table() {
    return table;
  }

  /** The columns of the table when it is made; the first is its event time. */
  public TableSchema schema() {
    return schema;
  }
}
