package dev.kyma.service.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The object store that holds extents, schemas and archived commits. */
@ConfigMapping(prefix = "kyma.store")
public interface StoreConfig {

  /** {@code file:<absolute directory>} or {@code s3://<bucket>[/<prefix>]}. */
  URI url();

  /** S3 only. */
  S3 s3();

  /** How an S3 bucket is reached. */
  interface S3 {

    /** The address of an S3-compatible store; unset means AWS. */
    Optional<URI> endpoint();

    /** The region requests are signed for. */
    @WithDefault("us-east-1")
    String region();

    /** Access key; unset means the credentials of the environment, by the AWS rules. */
    Optional<String> accessKey();

    /** Secret key that belongs to the access key. */
    Optional<String> secretKey();

    /** Whether the bucket is part of the path, as most S3-compatible stores want. */
    @WithDefault("true")
    boolean pathStyle();

    /** How often a request is tried at most, the first time included. */
    @WithDefault("4")
    @Min(1)
    int attempts();

    /** How long one attempt may take. */
    @WithDefault("30S")
    Duration timeout();
  }
}
