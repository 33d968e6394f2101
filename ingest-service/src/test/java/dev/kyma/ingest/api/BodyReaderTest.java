package dev.kyma.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private static final int MAX = 4 << 20;

  private final InFlightBytes inFlight = new InFlightBytes(8 << 20);
  private final BodyReader reader = new BodyReader(MAX, 100, inFlight);

  @Test
  void bodiesAreReadWholeAndTheirBytesGivenBack() throws IOException {
    byte[] content = new byte[1_000_000];
    new Random(1).nextBytes(content);
    try (BodyReader.Body body = reader.read(new ByteArrayInputStream(content), null, -1)) {
      assertThat(Arrays.copyOf(body.data(), body.length())).isEqualTo(content);
      assertThat(inFlight.held()).isGreaterThanOrEqualTo(content.length);
    }
    try (BodyReader.Body body =
        reader.read(new ByteArrayInputStream(content), "identity", content.length)) {
      assertThat(body.length()).isEqualTo(content.length);
    }
    try (BodyReader.Body body = reader.read(new ByteArrayInputStream(gzip(content)), "GZIP", -1)) {
      assertThat(Arrays.copyOf(body.data(), body.length())).isEqualTo(content);
    }
    assertThat(inFlight.held()).isZero();
  }

  @Test
  void bodiesOverTheLimitAreRefusedBeforeAndAfterDecompression() throws IOException {
    refused(IngestProblems.BODY_TOO_LARGE, new byte[MAX + 1], null, -1);
    refused(IngestProblems.BODY_TOO_LARGE, new byte[0], null, MAX + 1L);
    byte[] random = new byte[MAX + 1];
    new Random(2).nextBytes(random);
    refused(IngestProblems.BODY_TOO_LARGE, gzip(random), "gzip", -1);
    assertThat(reader.read(new ByteArrayInputStream(new byte[MAX]), null, -1).length())
        .isEqualTo(MAX);
  }

  @Test
  void aBombIsRefusedByItsRatio() throws IOException {
    refused(IngestProblems.BODY_TOO_LARGE, gzip(new byte[3 << 20]), "gzip", -1);
  }

  @Test
  void brokenGzipIsMalformed() throws IOException {
    byte[] zipped = gzip(new byte[] {1, 2, 3});
    refused(IngestProblems.MALFORMED_BODY, Arrays.copyOf(zipped, 12), "gzip", -1);
    refused(IngestProblems.MALFORMED_BODY, new byte[] {1, 2}, "gzip", -1);
    refused(IngestProblems.MALFORMED_BODY, new byte[0], "gzip", -1);
    zipped[zipped.length - 6] ^= 1;
    refused(IngestProblems.MALFORMED_BODY, zipped, "gzip", -1);
    refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, zipped, "br", -1);
  }

  @Test
  void moreThanMayBeInFlightIsRefusedUntilSomethingIsGivenBack() {
    BodyReader.Body first = reader.read(new ByteArrayInputStream(new byte[MAX]), null, MAX);
    assertThatExceptionOfType(KymaException.Busy.class)
        .isThrownBy(() -> reader.read(new ByteArrayInputStream(new byte[MAX]), null, MAX))
        .satisfies(
            busy -> {
              assertThat(busy.type()).isEqualTo(IngestProblems.OVERLOADED);
              assertThat(busy.retryAfter()).isPresent();
            });
    first.close();
    reader.read(new ByteArrayInputStream(new byte[MAX]), null, MAX).close();
    assertThat(inFlight.held()).isZero();
  }

  private void refused(ProblemType type, byte[] body, String encoding, long contentLength) {
    long before = inFlight.held();
    assertThatExceptionOfType(KymaException.Rejected.class)
        .isThrownBy(() -> reader.read(new ByteArrayInputStream(body), encoding, contentLength))
        .satisfies(rejected -> assertThat(rejected.type()).isEqualTo(type));
    assertThat(inFlight.held()).isEqualTo(before);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
