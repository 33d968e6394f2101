package dev.kyma.catalog.commit;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.bytes.CorruptBytesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of checkpoints: a whole snapshot, in parts of about a megabyte. Frozen per version; the
 * grammar stands in {@code docs/spec/catalog-commit.md}. Stateless.
 *
 * <p>The same snapshot always gives the same parts, however it was come by.
 */
public final class CheckpointCodec {
  private static final int MAGIC = 0x504d594b; // "KYMP" as it stands in the bytes
  private static final int PART_BYTES = 1 << 20;

  private static final int END = 0;
  private static final int TABLE = 1;
  private static final int EXTENT = 2;
  private static final int CURSOR = 3;
  private static final int KEYS = 4;
  private static final int DELETED = 5;

  private CheckpointCodec() {}

  /** A snapshot's parts, in order. */
  public static List<byte[]> parts(FoldedSnapshot snapshot) {
    Parting out = new Parting(snapshot.number(), snapshot.time());
    for (TableDef table : snapshot.tables()) {
      Parts.writeTable(table, out.next(TABLE));
    }
    for (TableDef table : snapshot.tables()) {
      snapshot.forEachExtent(
          table.id(),
          extent -> {
            Parts.writeExtent(extent, out.next(EXTENT));
            DeletionVector deleted = snapshot.deleted(extent.key());
            if (!deleted.isEmpty()) {
              Parts.writeMask(new Mask(extent.key(), deleted), out.next(DELETED));
            }
          });
    }
    for (SourceCursor cursor : snapshot.cursors()) {
      Parts.writeCursor(cursor, out.next(CURSOR));
    }
    for (SourceCursor cursor : snapshot.cursors()) {
      for (KeyWindow window : snapshot.keys(cursor.log())) {
        Parts.writeKeys(window, out.next(KEYS));
      }
    }
    return out.finish();
  }

  /**
   * The snapshot with these parts.
   *
   * @throws CatalogException.Corrupt if parts are damaged, missing, or of a newer version
   */
  public static FoldedSnapshot snapshot(List<byte[]> parts) {
    return snapshot(parts, FoldedSnapshot.EMPTY);
  }

  /**
   * The snapshot with these parts.
   *
   * @param empty the snapshot to begin with, which says what stays in memory
   * @throws CatalogException.Corrupt if parts are damaged, missing, or of a newer version
   */
  public static FoldedSnapshot snapshot(List<byte[]> parts, FoldedSnapshot empty) {
    FoldedSnapshot.Change change = new FoldedSnapshot.Change(empty);
    long number = -1;
    Instant time = Instant.EPOCH;
    boolean complete = false;
    try {
      for (int i = 0; i < parts.size(); i++) {
        ByteReader in = new ByteReader(parts.get(i));
        int version = version(in);
        number = header(in, i, number);
        time = Parts.readInstant(in);
        complete = readPart(in, version, change);
        in.crc32c(0);
        in.end();
        if (complete != (i == parts.size() - 1)) {
          throw in.corrupt("part " + i + " of " + parts.size() + (complete ? " ends it" : ""));
        }
      }
    } catch (CorruptBytesException | IllegalArgumentException e) {
      throw new CatalogException.Corrupt("checkpoint: " + e.getMessage());
    }
    if (!complete) {
      throw new CatalogException.Corrupt("a checkpoint without parts");
    }
    return change.at(number, time);
  }

  private static int version(ByteReader in) {
    if (in.int32() != MAGIC) {
      throw in.corrupt("no checkpoint");
    }
    return CommitCodec.readVersion(in, "checkpoint");
  }

  private static long header(ByteReader in, int part, long number) {
    long found = in.varint();
    if (part > 0 && found != number) {
      throw in.corrupt("part of checkpoint " + found + " in " + number);
    }
    if (in.varint() != part) {
      throw in.corrupt("not part " + part);
    }
    return found;
  }

  /** Whether this is the last part. */
  private static boolean readPart(ByteReader in, int version, FoldedSnapshot.Change change) {
    while (true) {
      int tag = in.int8();
      switch (tag) {
        case END -> {
          return Parts.readFlag(in);
        }
        case TABLE -> change.table(Parts.readTable(in, version));
        case EXTENT -> change.add(Parts.readExtent(in, version));
        case DELETED -> change.mask(Parts.readMask(in));
        case CURSOR -> change.move(Parts.readCursor(in));
        case KEYS -> change.keys(Parts.readKeys(in));
        default -> throw in.corrupt("entry " + tag);
      }
    }
  }

  /** Cuts entries into parts. */
  private static final class Parting {
    private final long number;
    private final Instant time;
    private final List<byte[]> parts = new ArrayList<>();
    private ByteWriter out;

    Parting(long number, Instant time) {
      this.number = number;
      this.time = time;
      this.out = begin();
    }

    private ByteWriter begin() {
      ByteWriter part = new ByteWriter(4096);
      part.int32(MAGIC).int8(CommitCodec.VERSION).varint(number).varint(parts.size());
      Parts.writeInstant(time, part);
      return part;
    }

    ByteWriter next(int tag) {
      if (out.size() >= PART_BYTES) {
        parts.add(out.int8(END).int8(0).crc32c(0).toByteArray());
        out = begin();
      }
      return out.int8(tag);
    }

    List<byte[]> finish() {
      parts.add(out.int8(END).int8(1).crc32c(0).toByteArray());
      return parts;
    }
  }
}
