package dev.kyma.service.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The static tokens that open this process. Immutable; safe for use by many threads.
 *
 * <p>Only digests are kept. A presented token is compared with all of them, each in constant time,
 * so that the time taken tells nothing about any.
 */
public final class BearerTokens {
  /** Shorter tokens can be guessed. */
  public static final int MIN_LENGTH = 16;

  private static final String SCHEME = "Bearer ";

  private final List<byte[]> digests;

  /**
   * Accepts exactly these tokens.
   *
   * @throws IllegalArgumentException if one is shorter than {@value #MIN_LENGTH} characters
   */
  public BearerTokens(List<String> tokens) {
    for (String token : tokens) {
      if (token.length() < MIN_LENGTH) {
        throw new IllegalArgumentException(
            "kyma.auth: a token is shorter than " + MIN_LENGTH + " characters");
      }
    }
    this.digests = tokens.stream().map(BearerTokens::digest).toList();
  }

  /** Whether requests need a token at all. */
  public boolean configured() {
    return !digests.isEmpty();
  }

  /**
   * Whether a request may pass.
   *
   * @param authorization the value of the request's {@code Authorization} header or metadata
   */
  public boolean admit(@Nullable String authorization) {
    if (digests.isEmpty()) {
      return true;
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] presented = digest(authorization.substring(SCHEME.length()).strip());
    boolean admitted = false;
    for (byte[] digest : digests) {
      admitted |= MessageDigest.isEqual(digest, presented);
    }
    return admitted;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
