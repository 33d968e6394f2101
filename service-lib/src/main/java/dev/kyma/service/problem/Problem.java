package dev.kyma.service.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body of an answer that reports a problem, by RFC 9457.
 *
 * @param type a URN made from the code
 * @param title the same for every occurrence of the code
 * @param status the HTTP status
 * @param code what clients may branch on
 * @param detail what is wrong in this case
 * @param fields further members, written beside the others
 * @param retryAfter sent as {@code Retry-After}
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail"})
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @JsonIgnore Map<String, Object> fields,
    @JsonIgnore Optional<Duration> retryAfter) {

  /** The media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem without further members. */
  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, Map.of(), Optional.empty());
  }

  /** A problem with further members. */
  public static Problem of(
      ProblemType type, String detail, Map<String, Object> fields, Optional<Duration> retryAfter) {
    return new Problem(
        "urn:kyma:problem:" + type.code(),
        type.title(),
        type.status(),
        type.code(),
        detail,
        fields,
        retryAfter);
  }

  /** What an exception of ours says. */
  public static Problem of(KymaException e) {
    return of(e.type(), e.detail(), e.fields(), e.retryAfter());
  }

  /** The further members, for the JSON writer. */
  @JsonAnyGetter
  public Map<String, Object> members() {
    return fields;
  }

  /** The value of {@code Retry-After} in whole seconds, at least 1. */
  @JsonIgnore
  public OptionalLong retryAfterSeconds() {
    return retryAfter.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, retryAfter.get().plusMillis(999).toSeconds()));
  }
}
