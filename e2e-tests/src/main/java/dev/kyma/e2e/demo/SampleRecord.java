package dev.kyma.e2e.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** One record of the bundled sample; times are nanoseconds since the epoch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SampleRecord.Log.class, name = "log"),
  @JsonSubTypes.Type(value = SampleRecord.Span.class, name = "span"),
  @JsonSubTypes.Type(value = SampleRecord.Gauge.class, name = "gauge")
})
sealed interface SampleRecord {
  /** The pod that reported the record. */
  String pod();

  /** The service the pod belongs to. */
  String service();

  /** A log line, written inside a span. */
  record Log(
      long time,
      String service,
      String pod,
      String node,
      String trace,
      String span,
      String severity,
      String body,
      Map<String, Object> attributes)
      implements SampleRecord {}

  /** A finished span; {@code parent} is empty for a trace's first. */
  record Span(
      long start,
      long end,
      String service,
      String pod,
      String trace,
      String span,
      String parent,
      String name,
      @JsonProperty("deadline_exceeded") boolean deadlineExceeded)
      implements SampleRecord {}

  /** A pod's resource use at an instant. */
  record Gauge(long time, String service, String pod, String name, String unit, double value)
      implements SampleRecord {}
}
