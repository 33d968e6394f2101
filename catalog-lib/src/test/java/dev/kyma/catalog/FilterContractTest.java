package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.index.ExtentFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Filters of extents: what is excluded is not there, and what is there is never excluded. */
public abstract class FilterContractTest extends CatalogContract {
  private static final long SEVEN = 7L << 40;
  private static final long EIGHT = 8L << 40;

  private static ExtentFilter filter(int column, long... values) {
    return ExtentFilter.of(column, values, 0, values.length, 16);
  }

  @Test
  void theDatabaseExcludesWhatTheFiltersExclude() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Map<String, long[]> values = new HashMap<>();
    Map<String, ExtentFilter> filters = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      String key = grant.keyPrefix() + i;
      long[] hashes = random.longs(i == 0 ? 1 : 1L << i).toArray();
      ExtentFilter filter = filter(2, hashes);
      committed(
          catalog.commit(
              replace(grant, List.of(extent(table, key, 0, i, i + 1)), List.of()),
              Map.of(key, List.of(filter, filter(ExtentFilter.PRIMARY_KEY, 1))),
              PATIENCE));
      values.put(key, hashes);
      filters.put(key, filter);
    }
    String without = grant.keyPrefix() + "without";
    committed(
        catalog.commit(
            replace(grant, List.of(extent(table, without, 0, 0, 1)), List.of()), PATIENCE));
    values.forEach(
        (key, hashes) -> {
          for (int i = 0; i < Math.min(hashes.length, 40); i++) {
            long hash = ExtentFilter.hash(hashes[i]);
            assertThat(other.excluded(table.id(), 2, hash)).as("seed %d", seed).doesNotContain(key);
          }
        });
    for (int i = 0; i < 200; i++) {
      long hash = ExtentFilter.hash(random.nextLong());
      List<String> expected = new ArrayList<>();
      filters.forEach(
          (key, filter) -> {
            if (!filter.mayContain(hash)) {
              expected.add(key);
            }
          });
      assertThat(other.excluded(table.id(), 2, hash))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(other.excluded(table.id(), 3, 1)).isEmpty();
    assertThat(other.excluded(99, 2, 1)).isEmpty();
  }

  @Test
  void filtersComeWithTheirExtentOnceAndLeaveWithItsObject() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String key = grant.keyPrefix() + "a";
    Commit commit = replace(grant, List.of(extent(table, key, 0, 0, 1)), List.of());
    Map<String, List<ExtentFilter>> filters = Map.of(key, List.of(filter(2, SEVEN)));
    long absent = ExtentFilter.hash(EIGHT);
    Commit refused = replace(grant, commit.add(), List.of(new Removal("none", 0)));
    assertThat(catalog.commit(refused, filters, PATIENCE))
        .isInstanceOf(CommitOutcome.Conflict.class);
    assertThat(catalog.excluded(table.id(), 2, absent)).isEmpty();
    committed(catalog.commit(commit, filters, PATIENCE));
    committed(other.commit(commit, filters, PATIENCE));
    assertThat(catalog.excluded(table.id(), 2, absent)).containsExactly(key);
    committed(catalog.commit(replace(null, List.of(), List.of(new Removal(key, 0))), PATIENCE));
    catalog.garbage(Duration.ZERO, 10);
    catalog.collected(List.of(key));
    assertThat(catalog.excluded(table.id(), 2, absent)).isEmpty();
  }

  @Test
  void filtersAreStoredAgainForExtentsThatAreThere() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String key = flushed(table, grant, 10, "a");
    long seven = ExtentFilter.hash(SEVEN);
    long eight = ExtentFilter.hash(EIGHT);
    catalog.storeFilters(table.id(), Map.of(key, List.of(filter(2, SEVEN), filter(1, SEVEN))));
    assertThat(other.excluded(table.id(), 2, eight)).isEqualTo(Set.of(key));
    other.storeFilters(table.id(), Map.of(key, List.of(filter(2, EIGHT))));
    assertThat(catalog.excluded(table.id(), 2, eight)).isEmpty();
    assertThat(catalog.excluded(table.id(), 2, seven)).isEqualTo(Set.of(key));
    assertThat(catalog.excluded(table.id(), 1, eight)).isEmpty();
  }

  @Test
  void filtersOfWhatIsNotAddedAreAMistake() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit commit =
        replace(grant, List.of(extent(table, grant.keyPrefix() + "a", 0, 0, 1)), List.of());
    assertThatThrownBy(
            () -> catalog.commit(commit, Map.of("b", List.of(filter(2, SEVEN))), PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
