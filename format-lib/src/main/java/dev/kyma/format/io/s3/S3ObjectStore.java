package dev.kyma.format.io.s3;

import dev.kyma.format.io.ObjectKey;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps objects in a bucket.
 *
 * <p>Objects are created with {@code If-None-Match: *}. A request is repeated a bounded number of
 * times when the service falters. A creation that is repeated because its answer was lost, and then
 * finds an object of just its bytes, has created it. Near ranges are read with one request, far
 * ones at the same time.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int SERVER_ERROR = 500;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final int MAX_KEYS_PER_REQUEST = 1_000;

  private final S3Client client;
  // Tries once, so that it is known whether an earlier attempt may have taken effect.
  private final S3Client creator;
  private final String bucket;
  private final String base;
  private final int attempts;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private S3ObjectStore(S3Location location) {
    this.client = S3Clients.of(location, location.attempts());
    this.creator = S3Clients.of(location, 1);
    this.bucket = location.bucket();
    this.base = location.prefix().isEmpty() ? "" : location.prefix() + "/";
    this.attempts = location.attempts();
  }

  /** A store at a location; nothing is asked of the service yet. */
  public static S3ObjectStore open(S3Location location) {
    return new S3ObjectStore(location);
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    String name = name(key);
    byte[] sent = joined(content);
    boolean unanswered = false;
    for (int attempt = 1; ; attempt++) {
      try {
        creator.putObject(
            put -> put.bucket(bucket).key(name).ifNoneMatch("*"), RequestBody.fromBytes(sent));
        return PutResult.CREATED;
      } catch (S3Exception e) {
        if (e.statusCode() == PRECONDITION_FAILED) {
          return unanswered && holds(key, sent) ? PutResult.CREATED : PutResult.EXISTS;
        }
        // S3 answers a conflict when another creation of the same key is under way: ask again.
        if (e.statusCode() != CONFLICT && e.statusCode() < SERVER_ERROR || attempt >= attempts) {
          throw new ObjectStoreException.Unavailable(key, e);
        }
        unanswered |= e.statusCode() >= SERVER_ERROR;
      } catch (SdkException e) {
        if (attempt >= attempts) {
          throw new ObjectStoreException.Unavailable(key, e);
        }
        unanswered = true;
      }
      pause(key, attempt);
    }
  }

  /** Whether an object is there with just these bytes. */
  private boolean holds(String key, byte[] content) {
    return stat(key).filter(stat -> stat.length() == content.length).isPresent()
        && (content.length == 0 || read(key, 0, content.length).equals(ByteBuffer.wrap(content)));
  }

  private static void pause(String key, int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 6)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  @Override
  public Optional<Stat> stat(String key) {
    String name = name(key);
    try {
      HeadObjectResponse head =
          ask(key, () -> client.headObject(request -> request.bucket(bucket).key(name)));
      return Optional.of(new Stat(key, head.contentLength()));
    } catch (ObjectStoreException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new IndexOutOfBoundsException(offset + " + " + length + " in " + key);
    }
    if (length == 0) {
      long size = stat(key).orElseThrow(() -> new ObjectStoreException.NotFound(key)).length();
      if (offset > size) {
        throw new IndexOutOfBoundsException(offset + " of " + size + " in " + key);
      }
      return ByteBuffer.allocate(0);
    }
    Suffix part = get(key, "bytes=" + offset + "-" + (offset + length - 1), length);
    if (part.bytes().remaining() != length) {
      throw new IndexOutOfBoundsException(
          offset + " + " + length + " of " + part.length() + " in " + key);
    }
    return part.bytes();
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    if (maxLength > 0) {
      try {
        return get(key, "bytes=-" + maxLength, maxLength);
      } catch (IndexOutOfBoundsException e) {
        // An empty object has no last bytes: its length is all there is to say.
        return new Suffix(0, ByteBuffer.allocate(0));
      }
    }
    long size = stat(key).orElseThrow(() -> new ObjectStoreException.NotFound(key)).length();
    return new Suffix(size, ByteBuffer.allocate(0));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    List<RangeGroups.Group> groups = RangeGroups.of(ranges);
    List<Future<ByteBuffer>> later = new ArrayList<>();
    for (RangeGroups.Group group : groups.subList(Math.min(1, groups.size()), groups.size())) {
      later.add(threads.submit(() -> read(key, group.offset(), group.length())));
    }
    ByteBuffer[] parts = new ByteBuffer[ranges.size()];
    for (int g = 0; g < groups.size(); g++) {
      RangeGroups.Group group = groups.get(g);
      ByteBuffer whole =
          g == 0 ? read(key, group.offset(), group.length()) : await(key, later.get(g - 1));
      for (int index : group.ranges()) {
        Range range = ranges.get(index);
        parts[index] = whole.slice((int) (range.offset() - group.offset()), range.length());
      }
    }
    return List.of(parts);
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    List<Stat> found = new ArrayList<>();
    String token = null;
    while (found.size() < limit) {
      String from = token;
      int count = Math.min(MAX_KEYS_PER_REQUEST, limit - found.size());
      ListObjectsV2Response page =
          ask(
              prefix,
              () ->
                  client.listObjectsV2(
                      request -> {
                        request.bucket(bucket).prefix(base + prefix).maxKeys(count);
                        if (from != null) {
                          request.continuationToken(from);
                        } else if (after != null) {
                          request.startAfter(base + after);
                        }
                      }));
      for (S3Object object : page.contents()) {
        found.add(new Stat(object.key().substring(base.length()), object.size()));
      }
      token = page.nextContinuationToken();
      if (token == null || !Boolean.TRUE.equals(page.isTruncated())) {
        break;
      }
    }
    return found;
  }

  @Override
  public void delete(List<String> keys) {
    for (int from = 0; from < keys.size(); from += MAX_KEYS_PER_REQUEST) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + MAX_KEYS_PER_REQUEST));
      List<ObjectIdentifier> names = new ArrayList<>(some.size());
      for (String key : some) {
        names.add(ObjectIdentifier.builder().key(name(key)).build());
      }
      DeleteObjectsResponse answer =
          ask(
              some.getFirst(),
              () ->
                  client.deleteObjects(
                      request ->
                          request
                              .bucket(bucket)
                              .delete(delete -> delete.objects(names).quiet(true))));
      if (answer.hasErrors()) {
        var error = answer.errors().getFirst();
        throw new ObjectStoreException.Unavailable(
            String.valueOf(error.key()), new IOException(error.code() + ": " + error.message()));
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    client.close();
    creator.close();
  }

  private String name(String key) {
    return base + ObjectKey.check(key);
  }

  /** Reads one range; its bytes, and the length of the whole object. */
  private Suffix get(String key, String range, int maxLength) {
    String name = name(key);
    return ask(
        key,
        () ->
            client.getObject(
                request -> request.bucket(bucket).key(name).range(range),
                (response, stream) -> {
                  byte[] bytes = stream.readNBytes(maxLength);
                  String stretch = response.contentRange();
                  long size =
                      stretch == null
                          ? bytes.length
                          : Long.parseLong(stretch.substring(stretch.indexOf('/') + 1));
                  if (stretch == null && stream.read() >= 0) {
                    throw new IOException("the service does not answer ranges");
                  }
                  return new Suffix(size, ByteBuffer.wrap(bytes));
                }));
  }

  private static <T> T ask(String key, Supplier<T> request) {
    try {
      return request.get();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND && !(e instanceof NoSuchBucketException)) {
        throw new ObjectStoreException.NotFound(key);
      }
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        throw new IndexOutOfBoundsException("beyond the end of " + key);
      }
      throw new ObjectStoreException.Unavailable(key, e);
    } catch (SdkException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  private static ByteBuffer await(String key, Future<ByteBuffer> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException.Unavailable(key, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  private static byte[] joined(List<ByteBuffer> content) {
    int length = 0;
    for (ByteBuffer part : content) {
      length = Math.addExact(length, part.remaining());
    }
    ByteBuffer whole = ByteBuffer.allocate(length);
    for (ByteBuffer part : content) {
      whole.put(part.duplicate());
    }
    return whole.array();
  }
}
