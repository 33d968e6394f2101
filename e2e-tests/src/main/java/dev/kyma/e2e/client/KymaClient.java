package dev.kyma.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Speaks to Kyma's REST interfaces. Safe for use by many threads. */
public final class KymaClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  /**
   * @param base the address of the service, without a path
   */
  public KymaClient(URI base) {
    this.base = base;
  }

  /** An answer: status and body, parsed. */
  public record Answer(int status, JsonNode body) {}

  /**
   * Asks a query in the default freshness.
   *
   * @throws IllegalStateException if the answer is an error
   */
  public QueryResult query(String sql) {
    return query(sql, Map.of());
  }

  /**
   * Asks a query with further headers.
   *
   * @throws IllegalStateException if the answer is an error
   */
  public QueryResult query(String sql, Map<String, String> headers) {
    Answer answer = tryQuery(sql, headers);
    if (answer.status() != 200) {
      throw new IllegalStateException(sql + "\nanswered " + answer.status() + ": " + answer.body());
    }
    return QueryResult.of(answer.body());
  }

  /** Asks a query and answers whatever comes. */
  public Answer tryQuery(String sql, Map<String, String> headers) {
    HttpRequest.Builder request =
        request("/v1/query")
            .header("Content-Type", "application/sql")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(sql));
    headers.forEach(request::setHeader);
    return send(request);
  }

  /** Sends rows as newline-delimited JSON into a table and answers whatever comes. */
  public Answer ingest(String table, String ndjson, Map<String, String> headers) {
    return ingest("/v1/ingest", table, ndjson, headers);
  }

  /** Sends rows and has the answer wait until they are in a snapshot. */
  public Answer ingestAndWait(String table, String ndjson) {
    return ingest("/v1/ingest?wait=committed", table, ndjson, Map.of());
  }

  private Answer ingest(String path, String table, String ndjson, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-ndjson")
            .header("X-Table", table)
            .POST(HttpRequest.BodyPublishers.ofString(ndjson));
    headers.forEach(request::setHeader);
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
