package dev.kyma.format.io.s3;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients for locations. */
final class S3Clients {
  private S3Clients() {}

  /** A client that tries each request so often at most. */
  static S3Client of(S3Location location, int attempts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(location.region()))
            // Bodies are in memory: they are sent at once instead of after a "100 Continue".
            .serviceConfiguration(configuration -> configuration.expectContinueEnabled(false))
            .forcePathStyle(location.addressing() == S3Location.Addressing.PATH)
            .credentialsProvider(credentials(location))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(location.timeout())
                    .socketTimeout(location.timeout()))
            // Objects carry their own checksums, and not every service knows these.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .apiCallAttemptTimeout(location.timeout())
                        .retryStrategy(retry -> retry.maxAttempts(attempts)));
    URI endpoint = location.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Location location) {
    S3Credentials fixed = location.credentials();
    return fixed == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(fixed.accessKey(), fixed.secretKey()));
  }
}
