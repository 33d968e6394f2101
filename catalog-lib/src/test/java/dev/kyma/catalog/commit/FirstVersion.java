package dev.kyma.catalog.commit;

import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.visibility.KeyWindows;
import dev.kyma.format.bytes.ByteWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Two commits and the bytes that version 1 of the code wrote for them. */
public final class FirstVersion {
  /** The table the first commit creates. */
  public static final TableDef TABLE = Catalogs.table(17, "logs", 4, 2);

  private static final SourceCursor START = SourceCursor.start(4, "topic-17");

  private static final List<Commit> COMMITS =
      List.of(
          new Commit(
              new UUID(1, 1),
              Commit.Kind.CREATE_TABLE,
              null,
              List.of(),
              List.of(),
              List.of(),
              List.of(new TableChange.Create(TABLE)),
              List.of()),
          new Commit(
              new UUID(1, 2),
              Commit.Kind.FLUSH,
              new WriteGrant(9, "extents/00000009/", Instant.EPOCH),
              List.of(Catalogs.extent(TABLE, "extents/00000009/a", 4, 0, 100)),
              List.of(),
              List.of(new Commit.CursorMove(START, Catalogs.moved(START, 100))),
              List.of(),
              List.of(KeyWindows.of(4, 1_700_000_000_000L, 1))));

  private static final List<String> BODIES =
      List.of(
          "010100000000000000010000000000000003000101110764656661756c74046c6f67730102020274"
              + "7309000404626f64790a0102000102e8078080400500096b796d612e742e313708746f7069632d31"
              + "3702040109524554454e54494f4e0333306400000000fecb78fd",
          "010100000000000000020000000000000001010911657874656e74732f30303030303030392f0000"
              + "00000112657874656e74732f30303030303030392f611103746c6de8070164000000000201020104"
              + "0064008080806400000000000000000101040a64000300016100017a1200010408746f7069632d31"
              + "370001000408746f7069632d3137640600010480c49fd50c002d01010068e5cf8b01000000000000"
              + "00000000010000000000000001000000000000000080d095ffbc317644e03e98c35f41");

  private static final String DEFINITION =
      "01110764656661756c74046c6f677301020202747309000404626f64790a0102000102e807808040"
          + "0500096b796d612e742e313708746f7069632d313702040109524554454e54494f4e0333306411a8"
          + "323d";

  private static final String CHECKPOINT =
      "4b594d5001020084c49fd50c0001110764656661756c74046c6f677301020202747309000404626f"
          + "64790a0102000102e8078080400500096b796d612e742e313708746f7069632d3137020401095245"
          + "54454e54494f4e033330640212657874656e74732f30303030303030392f611103746c6de8070164"
          + "0000000002010201040064008080806400000000000000000101040a64000300016100017a120003"
          + "0408746f7069632d3137640600030508746f7069632d3137000100040480c49fd50c002d01010068"
          + "e5cf8b0100000000000000000000010000000000000001000000000000000080d095ffbc317644e0"
          + "3e000124055489";

  private FirstVersion() {}

  /** The commits as they were applied. */
  public static CommitRecord record(int number) {
    return new CommitRecord(
        number, Instant.ofEpochSecond(1_700_000_000L + number), COMMITS.get(number - 1));
  }

  /** The body of a commit. */
  public static byte[] body(int number) {
    return HexFormat.of().parseHex(BODIES.get(number - 1));
  }

  /** A commit as an object of the archive. */
  public static byte[] archived(int number) {
    ByteWriter out = new ByteWriter();
    out.int32(0x434d594b).int8(1).varint(number).zigzag(1_700_000_000L + number).varint(0);
    return out.blob(body(number)).crc32c(0).toByteArray();
  }

  /** The definition of the table. */
  public static byte[] definition() {
    return HexFormat.of().parseHex(DEFINITION);
  }

  /** The only part of the checkpoint after the second commit. */
  public static byte[] checkpoint() {
    return HexFormat.of().parseHex(CHECKPOINT);
  }

  /** The snapshot after the second commit. */
  public static FoldedSnapshot snapshot() {
    return FoldedSnapshot.EMPTY.plus(record(1)).plus(record(2));
  }
}
