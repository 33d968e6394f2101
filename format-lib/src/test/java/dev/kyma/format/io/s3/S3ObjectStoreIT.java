package dev.kyma.format.io.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreContractTest;
import dev.kyma.format.io.ObjectStoreException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, against S3Proxy on a directory. */
class S3ObjectStoreIT extends ObjectStoreContractTest {
  private static final S3Credentials CREDENTIALS =
      new S3Credentials("access", "secret-of-the-test");

  @TempDir private static Path directory;
  private static S3Proxy proxy;

  private String prefix = "";
  private ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, CREDENTIALS.accessKey(), CREDENTIALS.secretKey())
            .build();
    proxy.start();
    try (var client = S3Clients.of(location("bucket", ""), 3)) {
      client.createBucket(bucket -> bucket.bucket("bucket"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.stop();
  }

  /** The server of the test drops connections now and then, several in a row under load. */
  private static final int ATTEMPTS = 10;

  @BeforeEach
  void open(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName();
    store = S3ObjectStore.open(location("bucket", prefix));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void pagesAndBatchesGoBeyondAThousandKeys() {
    List<String> keys = IntStream.range(0, 1_050).mapToObj("many/%05d"::formatted).toList();
    keys.parallelStream().forEach(key -> store.create(key, List.of()));
    assertThat(store.list("many/", null, 5_000)).extracting(ObjectStore.Stat::key).isEqualTo(keys);
    assertThat(store.list("many/", "many/00009", 1_020)).hasSize(1_020);
    store.delete(keys);
    assertThat(store.list("many/", null, 10)).isEmpty();
  }

  @Test
  void whatIsOutsideItsPrefixIsNotSeen() {
    store.create("a", List.of(bytes("x")));
    try (ObjectStore whole = S3ObjectStore.open(location("bucket", ""))) {
      assertThat(whole.list(prefix + "/", null, 10))
          .extracting(ObjectStore.Stat::key)
          .containsExactly(prefix + "/a");
    }
  }

  @Test
  void aMissingBucketOrServiceIsUnavailableNotAbsent() {
    try (ObjectStore missing = S3ObjectStore.open(location("no-such-bucket", ""))) {
      assertThatThrownBy(() -> missing.read("k", 0, 1))
          .isInstanceOf(ObjectStoreException.Unavailable.class);
      assertThatThrownBy(() -> missing.create("k", List.of()))
          .isInstanceOf(ObjectStoreException.Unavailable.class);
    }
    S3Location nowhere =
        new S3Location(
            "bucket",
            "",
            "us-east-1",
            URI.create("http://127.0.0.1:9"),
            S3Location.Addressing.PATH,
            CREDENTIALS,
            2,
            Duration.ofSeconds(1));
    try (ObjectStore down = S3ObjectStore.open(nowhere)) {
      assertThatThrownBy(() -> down.stat("k")).isInstanceOf(ObjectStoreException.Unavailable.class);
    }
  }

  private static S3Location location(String bucket, String prefix) {
    return new S3Location(
        bucket,
        prefix,
        "us-east-1",
        URI.create("http://127.0.0.1:" + proxy.getPort()),
        S3Location.Addressing.PATH,
        CREDENTIALS,
        ATTEMPTS,
        Duration.ofSeconds(20));
  }
}
