package dev.kyma.ingest.core.otlp;

import dev.kyma.format.vector.Batch;
import java.util.List;

/**
 * The rows of a request.
 *
 * @param batches the rows, in the columns of the signal's schema
 * @param accepted how many rows there are
 * @param rejected how many records cannot be stored
 * @param reason why the first of them cannot, empty when there is none
 * @param bytes about how many bytes the rows take
 */
public record DecodedRequest(
    List<Batch> batches, long accepted, long rejected, String reason, long bytes) {
  public DecodedRequest {
    batches = List.copyOf(batches);
  }
}
