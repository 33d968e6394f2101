package dev.kyma.ingest.api;

import dev.kyma.ingest.config.IngestConfig;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads bodies whole, decompressed, within bounds that are checked before memory is taken. */
@ApplicationScoped
class BodyReader {
  private static final int FIRST_BYTES = 16 << 10;
  private static final long RATIO_FROM_BYTES = 1 << 20;

  private final int maxBytes;
  private final int maxRatio;
  private final InFlightBytes inFlight;

  @Inject
  BodyReader(IngestConfig config, InFlightBytes inFlight) {
    this(config.maxBodyBytes(), config.maxCompressionRatio(), inFlight);
  }

  BodyReader(int maxBytes, int maxRatio, InFlightBytes inFlight) {
    this.maxBytes = maxBytes;
    this.maxRatio = maxRatio;
    this.inFlight = inFlight;
  }

  /**
   * A body in memory; closing it gives back its share of the bytes in flight.
   *
   * @param data holds it
   * @param length how long it is
   */
  @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
  record Body(byte[] data, int length, InFlightBytes.Share share) implements AutoCloseable {
    @Override
    public void close() {
      share.close();
    }
  }

  /**
   * @param encoding the header Content-Encoding
   * @param contentLength the header Content-Length, or -1
   */
  Body read(InputStream in, @Nullable String encoding, long contentLength) {
    if (contentLength > maxBytes) {
      throw IngestProblems.tooLarge("body", maxBytes);
    }
    String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    InFlightBytes.Share share = inFlight.open();
    boolean read = false;
    try {
      Body body =
          switch (name) {
            case "", "identity" -> plain(in, contentLength, share);
            case "gzip", "x-gzip" -> gzip(in, share);
            default ->
                throw new KymaException.Rejected(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "A body may have the encoding gzip or none, not " + name + ".");
          };
      read = true;
      return body;
    } catch (ZipException | EOFException e) {
      throw IngestProblems.malformed("The body is not whole gzip.");
    } catch (IOException e) {
      throw IngestProblems.malformed("The body did not arrive whole.");
    } finally {
      if (!read) {
        share.close();
      }
    }
  }

  private Body plain(InputStream in, long contentLength, InFlightBytes.Share share)
      throws IOException {
    int expected = contentLength < 0 ? FIRST_BYTES : (int) contentLength + 1;
    return fill(in, expected, share, null);
  }

  private Body gzip(InputStream in, InFlightBytes.Share share) throws IOException {
    CountingStream counted = new CountingStream(in);
    try (GZIPInputStream unzipped = new GZIPInputStream(counted, FIRST_BYTES)) {
      return fill(unzipped, FIRST_BYTES * 4, share, counted);
    }
  }

  private Body fill(
      InputStream in, int expected, InFlightBytes.Share share, @Nullable CountingStream compressed)
      throws IOException {
    share.grow(expected);
    byte[] data = new byte[expected];
    int length = 0;
    while (true) {
      int count = in.read(data, length, data.length - length);
      if (count < 0) {
        return new Body(data, length, share);
      }
      length += count;
      if (length > maxBytes) {
        throw IngestProblems.tooLarge(compressed == null ? "body" : "decompressed body", maxBytes);
      }
      if (compressed != null
          && length > RATIO_FROM_BYTES
          && length / maxRatio > compressed.count()) {
        throw new KymaException.Rejected(
            IngestProblems.BODY_TOO_LARGE,
            "The body grows to more than " + maxRatio + " times its compressed size.");
      }
      if (length == data.length) {
        int capacity = (int) Math.min(maxBytes + 1L, length * 2L);
        share.grow(capacity - length);
        data = Arrays.copyOf(data, capacity);
      }
    }
  }

  /** Counts what a decompressor has taken in. */
  private static final class CountingStream extends InputStream {
    private final InputStream in;
    private long count;

    CountingStream(InputStream in) {
      this.in = in;
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) {
        count++;
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (n > 0) {
        count += n;
      }
      return n;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }
}
