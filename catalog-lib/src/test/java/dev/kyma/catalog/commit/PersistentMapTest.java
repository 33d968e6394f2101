package dev.kyma.catalog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
  /** A key whose hashes collide often, in all bits or in some. */
  private record Key(int id) {
    @Override
    public int hashCode() {
      return id % 3 == 0 ? 7 : id % 50 << 27;
    }
  }

  @Test
  void itHoldsWhatAPlainMapHoldsAndNoEarlierCopyChanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      PersistentMap<Key, Integer> map = PersistentMap.empty();
      Map<Key, Integer> model = new HashMap<>();
      List<PersistentMap<Key, Integer>> copies = new ArrayList<>();
      List<Map<Key, Integer>> models = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        Key key = new Key(random.nextInt(120));
        if (random.nextInt(5) < 3) {
          map = map.with(key, step);
          model.put(key, step);
        } else {
          map = map.without(key);
          model.remove(key);
        }
        if (step % 40 == 0) {
          copies.add(map);
          models.add(new HashMap<>(model));
        }
        assertThat(map.size()).as("seed %d", seed).isEqualTo(model.size());
        assertThat(map.find(key)).as("seed %d", seed).isEqualTo(model.get(key));
      }
      for (int i = 0; i < copies.size(); i++) {
        Map<Key, Integer> all = new HashMap<>();
        copies.get(i).forEach(all::put);
        assertThat(all).as("seed %d", seed).isEqualTo(models.get(i));
      }
      for (Key key : List.copyOf(model.keySet())) {
        map = map.without(key);
      }
      assertThat(map.size()).isZero();
      map.forEach((key, value) -> assertThat(key).isNull());
    }
  }
}
