package dev.kyma.ingest.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table to be made.
 *
 * @param database its database, {@code default} when left out
 * @param name its name
 * @param columns its columns in order
 * @param timeColumn the column that is the event time; none when left out
 * @param overflow whether values that fit no column are kept in a column {@code _dynamic}; a table
 *     without it rejects them
 * @param sortColumns the columns its extents are ordered by; the primary key or else the event time
 *     when left out
 * @param primaryKey the columns that identify a row, so that a row replaces the one before it with
 *     the same values in them; none when left out. They are never NULL
 * @param flushPolicy when its rows are flushed; what is left out is as configured
 * @param partitions how many partitions its log has; as configured when left out
 * @param options kept as they are
 * @param ifNotExists whether a table of that name is no error
 */
public record TableRequest(
    @Nullable String database,
    @NotBlank String name,
    @NotEmpty @Size(max = 10_000) List<@Valid @NotNull Column> columns,
    @JsonProperty("time_column") @Nullable String timeColumn,
    @Nullable Boolean overflow,
    @JsonProperty("sort_columns") @Nullable List<String> sortColumns,
    @JsonProperty("primary_key") @Nullable List<@NotNull String> primaryKey,
    @JsonProperty("flush_policy") @Valid @Nullable Flush flushPolicy,
    @Min(1) @Max(1000) @Nullable Integer partitions,
    @Nullable Map<String, String> options,
    @JsonProperty("if_not_exists") @Nullable Boolean ifNotExists) {

  /**
   * A column.
   *
   * @param name its name
   * @param type {@code bool, int16, int32, int64, float32, float64, decimal(p,s), date, time,
   *     timestamp, text, binary, dynamic} or {@code vector(n)}
   * @param nullable whether it may be NULL, which it may when this is left out
   * @param defaultValue what it gets in rows without it: {@code now()}, {@code snowflake_id()} or a
   *     value's text; nothing when left out
   */
  public record Column(
      @NotBlank String name,
      @NotBlank String type,
      @Nullable Boolean nullable,
      @JsonProperty("default") @Nullable String defaultValue) {}

  /**
   * When unflushed rows become an extent: as soon as one limit is reached.
   *
   * @param rows rows
   * @param bytes bytes of the log
   * @param intervalMs age of the oldest unflushed row, in milliseconds
   */
  public record Flush(
      @Min(1) @Nullable Long rows,
      @Min(1) @Nullable Long bytes,
      @JsonProperty("interval_ms") @Min(1) @Nullable Long intervalMs) {}
}
