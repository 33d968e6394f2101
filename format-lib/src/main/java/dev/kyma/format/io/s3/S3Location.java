package dev.kyma.format.io.s3;

import dev.kyma.format.io.ObjectKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket a store lies in and how it is reached.
 *
 * @param bucket the bucket, which must exist
 * @param prefix what all keys are put under, as a key or empty
 * @param region the region that requests are signed for
 * @param endpoint the service; null for AWS
 * @param addressing where the bucket's name goes
 * @param credentials null to look for them as the AWS SDK does (environment, profile, instance)
 * @param attempts how often a request is tried at most, the first time included
 * @param timeout how long one attempt may take
 */
public record S3Location(
    String bucket,
    String prefix,
    String region,
    @Nullable URI endpoint,
    Addressing addressing,
    @Nullable S3Credentials credentials,
    int attempts,
    Duration timeout) {

  /** Where the bucket's name goes in a request. */
  public enum Addressing {
    /** Into the host name, as AWS wants it. */
    HOST,
    /** Into the path, as most other services want it. */
    PATH
  }

  public S3Location {
    if (bucket.isEmpty() || region.isEmpty() || attempts < 1 || timeout.isNegative()) {
      throw new IllegalArgumentException("bucket, region, attempts or timeout");
    }
    if (!prefix.isEmpty()) {
      ObjectKey.check(prefix);
    }
  }
}
