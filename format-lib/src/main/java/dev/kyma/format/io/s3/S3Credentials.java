package dev.kyma.format.io.s3;

/**
 * A fixed pair of keys.
 *
 * @param accessKey names the account
 * @param secretKey proves it; never shown
 */
public record S3Credentials(String accessKey, String secretKey) {
  @Override
  public String toString() {
    return "S3Credentials[" + accessKey + "]";
  }
}
