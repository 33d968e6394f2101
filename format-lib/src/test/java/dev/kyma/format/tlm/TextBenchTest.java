package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.vector.BytesVector;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of real logs come back, in fewer bytes than Parquet with zstd takes. */
final class TextBenchTest {
  @Test
  void realLinesTakeLessThanThreeQuartersOfParquet(@TempDir Path directory) throws Exception {
    BytesVector lines;
    try (InputStream in = TextBenchTest.class.getResourceAsStream("/logs/real-lines.txt.gz")) {
      assertThat(in).isNotNull();
      lines = TextBench.lines(new GZIPInputStream(in));
    }
    List<TextBench.Size> sizes = TextBench.measure("real-lines", List.of(lines), directory);
    for (TextBench.Size size : sizes) {
      System.out.printf(
          "%s: %.2f B/row, Parquet %.2f, %d rows%n",
          size.name(), size.ours(), size.theirs(), size.rows());
    }
    assertThat(sizes)
        .filteredOn(size -> size.name().startsWith("storage.text_bytes_per_row"))
        .allSatisfy(size -> assertThat(size.ours() / size.theirs()).isLessThan(0.75));
  }
}
