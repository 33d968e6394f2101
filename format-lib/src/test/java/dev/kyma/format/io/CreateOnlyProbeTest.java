package dev.kyma.format.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.io.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreateOnlyProbeTest {
  @Test
  void noticesAStoreThatLetsLaterWritersWin() {
    ObjectStore careless =
        new Forwarding() {
          @Override
          public PutResult create(String key, List<ByteBuffer> content) {
            store.delete(List.of(key));
            return store.create(key, content);
          }
        };
    CreateOnlyProbe.Result result = CreateOnlyProbe.run(careless, 8, 3);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void noticesAStoreThatAdmitsNoWinner() {
    ObjectStore denying =
        new Forwarding() {
          @Override
          public PutResult create(String key, List<ByteBuffer> content) {
            store.create(key, content);
            return PutResult.EXISTS;
          }
        };
    assertThat(CreateOnlyProbe.run(denying, 4, 2)).isEqualTo(new CreateOnlyProbe.Result(2, 2));
  }

  private abstract static class Forwarding implements ObjectStore {
    final ObjectStore store = new MemoryObjectStore();

    @Override
    public Optional<Stat> stat(String key) {
      return store.stat(key);
    }

    @Override
    public ByteBuffer read(String key, long offset, int length) {
      return store.read(key, offset, length);
    }

    @Override
    public Suffix readSuffix(String key, int maxLength) {
      return store.readSuffix(key, maxLength);
    }

    @Override
    public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
      return store.readRanges(key, ranges);
    }

    @Override
    public List<Stat> list(String prefix, @Nullable String after, int limit) {
      return store.list(prefix, after, limit);
    }

    @Override
    public void delete(List<String> keys) {
      store.delete(keys);
    }

    @Override
    public void close() {}
  }
}
