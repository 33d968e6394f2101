package dev.kyma.query.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-02, 2026-01-02T00:00:00Z",
    "2026-01-02 03:04:05.678901234, 2026-01-02T03:04:05.678901234Z",
    "2026-01-02T03:04Z, 2026-01-02T03:04:00Z",
    "2026-01-02 03:04:05+02:30, 2026-01-02T00:34:05Z",
    "2026-01-02 03:04:05 -05, 2026-01-02T08:04:05Z",
    "2026-07-01 12:00 Europe/Berlin, 2026-07-01T10:00:00Z",
    "1969-12-31 23:59:59.999999999, 1969-12-31T23:59:59.999999999Z",
    "2026-01-02 24:00:00, 2026-01-03T00:00:00Z"
  })
  void timesAreUnderstood(String text, String instant) {
    assertThat(TimeText.timestamp(text)).hasValue(TimeText.nanos(Instant.parse(instant)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "2026-13-01", "2026-02-30", "9999-01-01", "2026-01-02 25:00"})
  void otherTextIsNone(String text) {
    assertThat(TimeText.timestamp(text)).isEmpty();
  }
}
