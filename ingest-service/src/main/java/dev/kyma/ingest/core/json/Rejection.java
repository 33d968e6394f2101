package dev.kyma.ingest.core.json;

/**
 * A row that did not land, and why.
 *
 * @param line the number of its line or array element, from 1
 * @param reason for people
 */
public record Rejection(int line, String reason) {
  /** How many rejections an answer lists; the others are only counted. */
  public static final int MAX_LISTED = 100;
}
