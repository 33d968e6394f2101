package dev.kyma.service.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what a service reports to its client.
 *
 * <p>Which of the three it is says what the client may do, on every protocol: change the request
 * ({@link Rejected}), repeat it later ({@link Busy}), or ask the operator ({@link Failed}). The
 * detail is shown to the client: full sentences, no class names, no secrets.
 */
public abstract sealed class KymaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemType type;
  private final transient Map<String, Object> fields;

  private KymaException(
      ProblemType type, String detail, Map<String, ?> fields, @Nullable Throwable cause) {
    super(detail, cause);
    this.type = type;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** What kind of problem it is. */
  public final ProblemType type() {
    return type;
  }

  /** What is wrong in this case, for people. */
  public final String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }

  /** Members added to the answer, in order: numbers, strings, lists and maps of those. */
  public final Map<String, Object> fields() {
    return fields;
  }

  /** After how long it makes sense to repeat the request unchanged; empty when it never does. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** The request is at fault. Nothing was stored; repeating it unchanged fails again. */
  public static final class Rejected extends KymaException {
    private static final long serialVersionUID = 1L;

    public Rejected(ProblemType type, String detail) {
      this(type, detail, Map.of());
    }

    public Rejected(ProblemType type, String detail, Map<String, ?> fields) {
      super(type, detail, fields, null);
    }
  }

  /** Kyma cannot take the request now. The same request may succeed later. */
  public static final class Busy extends KymaException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public Busy(ProblemType type, String detail, Duration retryAfter) {
      this(type, detail, retryAfter, Map.of(), null);
    }

    public Busy(
        ProblemType type,
        String detail,
        Duration retryAfter,
        Map<String, ?> fields,
        @Nullable Throwable cause) {
      super(type, detail, fields, cause);
      this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(retryAfter);
    }
  }

  /** Kyma is at fault, or does not do what is asked. */
  public static final class Failed extends KymaException {
    private static final long serialVersionUID = 1L;

    public Failed(ProblemType type, String detail) {
      this(type, detail, Map.of(), null);
    }

    public Failed(
        ProblemType type, String detail, Map<String, ?> fields, @Nullable Throwable cause) {
      super(type, detail, fields, cause);
    }
  }
}
