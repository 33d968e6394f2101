package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.cache.CachingObjectStore;
import dev.kyma.format.testing.FaultyObjectStore;
import dev.kyma.format.testing.FaultyObjectStore.Fault;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever befalls any one request that reading an extent makes, the rows are right or the fault is
 * one of the two that name the object; and once the fault is over the rows are right, whatever the
 * caches have seen.
 */
final class TlmStoreFaultsTest {
  private final MapStore objects = new MapStore();
  private TlmRoundTripTest.Written extent =
      TlmRoundTripTest.random(new SplittableRandom(21), 9_000, RandomColumns.types());
  private List<String> rows = List.of();

  @BeforeEach
  void write() {
    byte[] bytes = extent.store().get("t/e");
    assertThat(bytes.length).isGreaterThan(3 * Layout.SUFFIX_BYTES);
    objects.set("t/e", bytes);
    objects.set(
        "t/f",
        TlmRoundTripTest.random(new SplittableRandom(22), 9_000, RandomColumns.types())
            .store()
            .get("t/e"));
    rows = read(new TlmFormat(0), objects);
    assertThat(rows).hasSize(9_000);
  }

  private List<String> read(TlmFormat format, ObjectStore store) {
    ExtentReader reader =
        format.open(
            store, "t/e", extent.extent().length(), extent.extent().summary().footerChecksum());
    ScanCursor cursor =
        reader.scan(ScanRequest.of(TlmRoundTripTest.all(reader.schema()), TlmRoundTripTest.ALL));
    List<String> found = new ArrayList<>();
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      for (int row = 0; row < next.batch().rowCount(); row++) {
        StringBuilder values = new StringBuilder();
        for (ColumnVector column : next.batch().columns()) {
          values.append(RandomColumns.value(column, row)).append('|');
        }
        found.add(values.toString());
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void atEveryRequestTheRowsAreRightOrTheFaultIsTyped(Fault fault) {
    FaultyObjectStore counted = new FaultyObjectStore(objects, (_, _, _) -> Fault.NONE);
    assertThat(read(new TlmFormat(0), counted)).isEqualTo(rows);
    assertThat(counted.steps()).isGreaterThan(1);
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    for (int step = 0; step < counted.steps(); step++) {
      FaultyObjectStore faulty = FaultyObjectStore.failingAt(objects, step, fault);
      CachingObjectStore cache = new CachingObjectStore(faulty, 64 << 20);
      TlmFormat format = new TlmFormat();
      try {
        assertThat(read(format, cache)).as("step %d", step).isEqualTo(rows);
      } catch (CorruptExtentException e) {
        assertThat(e.key()).isEqualTo("t/e");
        faults.merge(fault, 1, Integer::sum);
      } catch (ObjectStoreException e) {
        assertThat(e.key()).isEqualTo("t/e");
        faults.merge(fault, 1, Integer::sum);
      }
      assertThat(read(format, cache)).as("after step %d", step).isEqualTo(rows);
    }
    boolean harmless = fault == Fault.NONE || fault == Fault.DUPLICATED;
    assertThat(faults.getOrDefault(fault, 0)).isEqualTo(harmless ? 0 : counted.steps());
  }

  /** Numbers of always 40 bits: extents of them have the same length. */
  private static TlmRoundTripTest.Written numbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] values = random.longs(20_000, 1L << 39, 1L << 40).toArray();
    values[0] = 1L << 39;
    values[1] = (1L << 40) - 1;
    TableSchema schema = TableSchema.of(new Field(1, "n", LogicalType.INT64, false));
    return TlmRoundTripTest.write(
        schema,
        List.of(new Batch(List.of(new LongVector(LogicalType.INT64, values)), values.length)),
        ExtentOptions.Effort.FLUSH);
  }

  @Test
  void anotherExtentOfTheSameLengthIsRefused() {
    TlmRoundTripTest.Written other = numbers(2);
    extent = numbers(1);
    assertThat(other.extent().length())
        .isEqualTo(extent.extent().length())
        .isGreaterThan(Layout.SUFFIX_BYTES);
    objects.set("t/e", extent.store().get("t/e"));
    TlmFormat format = new TlmFormat();
    rows = read(format, objects);
    objects.set("t/e", other.store().get("t/e"));
    assertThatThrownBy(() -> read(new TlmFormat(), objects))
        .isInstanceOf(CorruptExtentException.class)
        .hasMessageContaining("footer checksum")
        .hasMessageContaining("t/e");
    // Whoever has read the footer before meets pages that are not its own.
    assertThatThrownBy(() -> read(format, objects)).isInstanceOf(CorruptExtentException.class);
    objects.set("t/e", extent.store().get("t/e"));
    assertThat(read(format, objects)).isEqualTo(rows);
  }

  @Test
  void verifyingFindsEveryFaultOfAnObject() {
    long length = extent.extent().length();
    int found = 0;
    Fault[] faults = {Fault.FLIPPED, Fault.TRUNCATED, Fault.SWAPPED, Fault.MISSING};
    for (Fault fault : faults) {
      FaultyObjectStore faulty = new FaultyObjectStore(objects, (_, _, _) -> fault);
      try {
        new TlmFormat(0).verify(faulty, "t/e", length);
      } catch (CorruptExtentException | ObjectStoreException.NotFound e) {
        found++;
      }
    }
    assertThat(found).isEqualTo(faults.length);
  }
}
