package dev.kyma.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kyma.catalog.FreshnessToken.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreshnessTokenTest {
  @Test
  void everyTokenIsReadBackFromItsText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      List<Entry> entries = new ArrayList<>();
      for (int j = random.nextInt(5); j > 0; j--) {
        entries.add(
            new Entry(
                random.nextInt() >>> random.nextInt(1, 32),
                random.nextLong() >>> random.nextInt(1, 64)));
      }
      FreshnessToken token = new FreshnessToken(entries);
      assertThat(FreshnessToken.parse(token.encoded())).as("seed " + seed).isEqualTo(token);
      assertThat(token.encoded()).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void keepsTheNewestRecordOfEachLog() {
    FreshnessToken token =
        new FreshnessToken(List.of(new Entry(2, 5), new Entry(1, 9)))
            .and(new FreshnessToken(List.of(new Entry(2, 7), new Entry(1, 3))));
    assertThat(token.entries()).containsExactly(new Entry(1, 9), new Entry(2, 7));
  }

  @Test
  void refusesWhatIsNoToken() {
    for (String text : List.of("", "%", "AA", "AYA", "AQE", "AQGA", "AQH_____________________w")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> FreshnessToken.parse(text));
    }
  }
}
