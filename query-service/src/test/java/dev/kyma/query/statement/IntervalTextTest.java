package dev.kyma.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 hour | 0 | 3600000000000",
        "1 hour 30 minutes | 0 | 5400000000000",
        "90m | 0 | 5400000000000",
        "1:30:00.5 | 0 | 5400500000000",
        "-2 days | 0 | -172800000000000",
        "1 day ago | 0 | -86400000000000",
        "1 year 2 mons | 14 | 0",
        "1 month 1 ns | 1 | 1",
        "1.5 hours | 0 | 5400000000000",
        "P1DT2H | 0 | 93600000000000",
        "P1M | 1 | 0",
        "60 | 0 | 60000000000",
        "3 days 04:05:06 | 0 | 273906000000000"
      })
  void postgresFormsAreUnderstood(String text, long months, long nanos) {
    assertThat(IntervalText.parse(text)).contains(new IntervalText(months, nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hour", "1 hourr", "1 hour x", "P", "1 2", "99999999999999999999 years"})
  void otherTextIsNone(String text) {
    assertThat(IntervalText.parse(text)).isEmpty();
  }
}
