package dev.kyma.e2e.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The telemetry that ships with the demo, see demo/NOTICE. */
final class Sample {
  private static final String RESOURCE = "/demo/sample.ndjson.gz";

  private Sample() {}

  /** All records: gauges, logs and spans, each kind in order of time. */
  static List<SampleRecord> read() {
    ObjectMapper json = new ObjectMapper();
    List<SampleRecord> records = new ArrayList<>();
    try (InputStream resource = Objects.requireNonNull(Sample.class.getResourceAsStream(RESOURCE));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(json.readValue(line, SampleRecord.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
