package dev.kyma.catalog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommitCodecTest {
  /** A commit with every part that version 1 has. */
  private static final Commit FIRST = example(List.of(new Removal("extents/00000008/b", 0)));

  private static final Commit EXAMPLE = example();

  private static Commit example() {
    Commit first = example(List.of(new Removal("extents/00000008/b", 300)));
    List<TableChange> tables = new ArrayList<>(first.tables());
    TableDef keyed = Catalogs.keyedTable(18, "users", 6, 1);
    tables.add(new TableChange.Create(keyed));
    tables.add(
        new TableChange.Alter(
            17,
            2,
            new FlushPolicy(5, 6, Duration.ofMillis(7_500)),
            List.of(2, 1),
            Map.of("retention", "PT1H")));
    return new Commit(
        first.id(),
        Commit.Kind.COMPACT,
        first.grant(),
        List.of(
            first.add().getFirst(), Catalogs.historyExtent(keyed, "extents/00000009/h", 6, 5, 9)),
        first.remove(),
        List.of(
            new Mask("extents/00000009/a", DeletionVector.of(3, 4, 5, 70_000)),
            new Mask("extents/00000007/c", DeletionVector.of(0))),
        first.cursors(),
        tables,
        first.keys());
  }

  private static Commit example(List<Removal> remove) {
    TableDef table = Catalogs.table(17, "logs", 4, 2);
    SourceCursor start = SourceCursor.start(4, "topic-17");
    return new Commit(
        new UUID(0x0123456789abcdefL, 0xfedcba9876543210L),
        Commit.Kind.FLUSH,
        new WriteGrant(9, "extents/00000009/", Instant.ofEpochSecond(1_700_000_000, 5_000)),
        List.of(Catalogs.extent(table, "extents/00000009/a", 4, 0, 100)),
        remove,
        List.of(new CursorMove(start, Catalogs.moved(start, 100))),
        List.of(
            new TableChange.Create(table),
            new TableChange.Widen(
                17, 1, table.schema().plus(List.of(new Field(3, "n", LogicalType.INT32, true)))),
            new TableChange.Drop(3)),
        List.of(new KeyWindow(4, Instant.ofEpochMilli(1_700_000_000_123L), new byte[] {1, 2})));
  }

  @Test
  void bytesOfVersionOneAreStillRead() {
    assertThat(CommitCodec.commit(HexFormat.of().parseHex(GOLDEN)))
        .usingRecursiveComparison()
        .isEqualTo(FIRST);
  }

  @Test
  void whatVersionOneArchivedIsStillRead() {
    String archived =
        "4b594d43010782c49fd50ca8469a0201efcdab89674523011032547698badcfe0101091165787465"
            + "6e74732f30303030303030392f80c49fd50c88270301110764656661756c74046c6f677301020202"
            + "747309000404626f64790a0102000102e8078080400500096b796d612e742e313708746f7069632d"
            + "313702040109524554454e54494f4e03333064021101030202747309000404626f64790a0106016e"
            + "030103030112657874656e74732f30303030303030382f620112657874656e74732f303030303030"
            + "30392f611103746c6de8070164000000000201020104006400808080640000000000000000010104"
            + "0a64000300016100017a1200010408746f7069632d31370001000408746f7069632d313764060001"
            + "0480c49fd50cc0a9d33a0201029060e09d77270d54";
    assertThat(CommitCodec.record(HexFormat.of().parseHex(archived)))
        .usingRecursiveComparison()
        .isEqualTo(new CommitRecord(7, Instant.ofEpochSecond(1_700_000_001L, 9_000), FIRST));
    for (int number = 1; number <= 2; number++) {
      CommitRecord record = FirstVersion.record(number);
      assertThat(CommitCodec.record(FirstVersion.archived(number)))
          .usingRecursiveComparison()
          .isEqualTo(record);
      assertThat(CommitCodec.commit(FirstVersion.body(number)))
          .usingRecursiveComparison()
          .isEqualTo(record.commit());
    }
    assertThat(CommitCodec.table(FirstVersion.definition())).isEqualTo(FirstVersion.TABLE);
    FoldedSnapshot snapshot = CheckpointCodec.snapshot(List.of(FirstVersion.checkpoint()));
    assertThat(CheckpointCodec.parts(snapshot))
        .usingRecursiveComparison()
        .isEqualTo(CheckpointCodec.parts(FirstVersion.snapshot()));
  }

  @Test
  void bytesOfVersionTwoStayWhatTheyAre() {
    assertThat(HexFormat.of().formatHex(CommitCodec.body(EXAMPLE))).isEqualTo(GOLDEN_2);
    assertThat(CommitCodec.commit(HexFormat.of().parseHex(GOLDEN_2)))
        .usingRecursiveComparison()
        .isEqualTo(EXAMPLE);
  }

  private static final String GOLDEN_2 =
      "02efcdab89674523011032547698badcfe02010911657874656e74732f30303030303030392f80c49fd5"
          + "0c88270501110764656661756c74046c6f677301020202747309000404626f64790a010200010200e807"
          + "8080400500096b796d612e742e313708746f7069632d313702040109524554454e54494f4e0333306402"
          + "1101030202747309000404626f64790a0106016e0301030301120764656661756c740575736572730102"
          + "0202747309000404626f64790a0102000102020402e8078080400500096b796d612e742e313808746f70"
          + "69632d31380106020964656661756c742e31056e6f77282909726574656e74696f6e0450333044041102"
          + "05060780cab5ee010204020109726574656e74696f6e04505431480112657874656e74732f3030303030"
          + "3030382f62ac020212657874656e74732f30303030303030392f611103746c6de8070164000000000201"
          + "0201040064008080806400000000000000000000000101040a64000300016100017a120012657874656e"
          + "74732f30303030303030392f681203746c6ded070104050000000201020106050480808005808080099b"
          + "000000000000000101010101040a04000300016100017a12000212657874656e74732f30303030303030"
          + "392f61203a300000020000000000020001000000180000001e000000030004000500701112657874656e"
          + "74732f30303030303030372f63123a3000000100000000000000100000000000010408746f7069632d31"
          + "370001000408746f7069632d3137640600010480c49fd50cc0a9d33a020102421ce78d";

  private static final String GOLDEN =
      "01efcdab89674523011032547698badcfe01010911657874656e74732f30303030303030392f80c49fd5"
          + "0c88270301110764656661756c74046c6f677301020202747309000404626f64790a0102000102e80780"
          + "80400500096b796d612e742e313708746f7069632d313702040109524554454e54494f4e033330640211"
          + "01030202747309000404626f64790a0106016e030103030112657874656e74732f30303030303030382f"
          + "620112657874656e74732f30303030303030392f611103746c6de8070164000000000201020104006400"
          + "8080806400000000000000000101040a64000300016100017a1200010408746f7069632d313700010004"
          + "08746f7069632d3137640600010480c49fd50cc0a9d33a0201029060e09d";

  @Test
  void whatIsWrittenIsRead() {
    long seed = System.nanoTime();
    CommitSamples samples = new CommitSamples(seed);
    for (int round = 0; round < 300; round++) {
      Commit commit = samples.commit();
      byte[] body = CommitCodec.body(commit);
      Commit read = CommitCodec.commit(body);
      assertThat(read).as("seed %d", seed).usingRecursiveComparison().isEqualTo(commit);
      assertThat(CommitCodec.body(read)).as("seed %d", seed).isEqualTo(body);
      CommitRecord record = new CommitRecord(round, Instant.ofEpochSecond(round, 1_000), commit);
      assertThat(CommitCodec.record(CommitCodec.record(record)))
          .as("seed %d", seed)
          .usingRecursiveComparison()
          .isEqualTo(record);
    }
  }

  @Test
  void anyChangedByteIsNoticed() {
    byte[] body = CommitCodec.body(EXAMPLE);
    byte[] record = CommitCodec.record(new CommitRecord(7, Instant.EPOCH, EXAMPLE));
    for (int i = 0; i < body.length; i++) {
      byte[] bad = body.clone();
      bad[i] ^= 1 << i % 8;
      assertThatThrownBy(() -> CommitCodec.commit(bad))
          .isInstanceOf(CatalogException.Corrupt.class);
    }
    for (int i = 0; i < record.length; i++) {
      byte[] bad = record.clone();
      bad[i] ^= 1 << i % 8;
      assertThatThrownBy(() -> CommitCodec.record(bad))
          .isInstanceOf(CatalogException.Corrupt.class);
    }
  }

  @Test
  void damagedBytesNeverGiveAnythingButTheirOwnException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = CommitCodec.record(new CommitRecord(7, Instant.EPOCH, EXAMPLE));
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(bad, good)) {
        assertThatThrownBy(() -> CommitCodec.record(bad))
            .as("seed %d", seed)
            .isInstanceOf(CatalogException.Corrupt.class);
      }
    }
  }

  @Test
  void aNewerVersionIsRefused() {
    byte[] body = CommitCodec.body(EXAMPLE);
    body[0] = 3;
    assertThatThrownBy(() -> CommitCodec.commit(body))
        .isInstanceOf(CatalogException.Corrupt.class)
        .hasMessageContaining("version 3");
  }
}
