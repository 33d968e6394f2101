package dev.kyma.catalog.commit;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.bytes.CorruptBytesException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The bytes of commits. Frozen per version; the grammar stands in {@code
 * docs/spec/catalog-commit.md}. Stateless.
 *
 * <p>The same commit always gives the same bytes, and a commit read is equal to the one written,
 * arrays compared by content.
 */
public final class CommitCodec {
  /** The version this code writes; it reads this one and all before it. */
  public static final int VERSION = 2;

  private static final int MAGIC = 0x434d594b; // "KYMC" as it stands in the bytes

  private CommitCodec() {}

  /** A commit without number and time, as the database holds it. */
  public static byte[] body(Commit commit) {
    ByteWriter out = new ByteWriter(1024);
    out.int8(VERSION)
        .int64(commit.id().getMostSignificantBits())
        .int64(commit.id().getLeastSignificantBits())
        .int8(kind(commit.kind()));
    out.int8(commit.writeGrant().isPresent() ? 1 : 0);
    commit.writeGrant().ifPresent(grant -> Parts.writeGrant(grant, out));
    out.varint(commit.tables().size());
    commit.tables().forEach(change -> Parts.writeChange(change, out));
    out.varint(commit.remove().size());
    commit.remove().forEach(r -> out.text(r.extent()).varint(r.deletedRows()));
    out.varint(commit.add().size());
    commit.add().forEach(extent -> Parts.writeExtent(extent, out));
    out.varint(commit.masks().size());
    commit.masks().forEach(mask -> Parts.writeMask(mask, out));
    out.varint(commit.cursors().size());
    for (Commit.CursorMove move : commit.cursors()) {
      Parts.writeCursor(move.expected(), out);
      Parts.writeCursor(move.next(), out);
    }
    out.varint(commit.keys().size());
    commit.keys().forEach(window -> Parts.writeKeys(window, out));
    return out.crc32c(0).toByteArray();
  }

  /**
   * The commit with a body.
   *
   * @throws CatalogException.Corrupt if the bytes are damaged or of a newer version
   */
  public static Commit commit(byte[] body) {
    try {
      ByteReader in = new ByteReader(body);
      Commit commit = readCommit(in);
      in.crc32c(0);
      in.end();
      return commit;
    } catch (CorruptBytesException | IllegalArgumentException e) {
      throw new CatalogException.Corrupt("commit body: " + e.getMessage());
    }
  }

  private static Commit readCommit(ByteReader in) {
    int version = readVersion(in, "commit body");
    UUID id = new UUID(in.int64(), in.int64());
    Commit.Kind kind = kind(in);
    var grant = Parts.readFlag(in) ? Parts.readGrant(in) : null;
    var tables = in.list(() -> Parts.readChange(in, version));
    var remove = in.list(() -> new Removal(in.text(), version == 1 ? 0 : Parts.readRows(in)));
    var add = in.list(() -> Parts.readExtent(in, version));
    List<Mask> masks = version == 1 ? List.of() : in.list(() -> Parts.readMask(in));
    var cursors = in.list(() -> new Commit.CursorMove(Parts.readCursor(in), Parts.readCursor(in)));
    var keys = in.list(() -> Parts.readKeys(in));
    return new Commit(id, kind, grant, add, remove, masks, cursors, tables, keys);
  }

  static int readVersion(ByteReader in, String what) {
    int version = in.int8();
    if (version < 1 || version > VERSION) {
      throw in.corrupt(what + " of version " + version);
    }
    return version;
  }

  /** An applied commit as an object of the archive. */
  public static byte[] record(CommitRecord record) {
    byte[] body = body(record.commit());
    ByteWriter out = new ByteWriter(body.length + 64);
    out.int32(MAGIC).int8(VERSION).varint(record.number());
    Parts.writeInstant(record.time(), out);
    return out.blob(body).crc32c(0).toByteArray();
  }

  /**
   * The applied commit in an object of the archive.
   *
   * @throws CatalogException.Corrupt if the bytes are damaged or of a newer version
   */
  public static CommitRecord record(byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      if (in.int32() != MAGIC) {
        throw in.corrupt("no archived commit");
      }
      readVersion(in, "archived commit");
      long number = in.varint();
      Instant time = Parts.readInstant(in);
      byte[] body = in.blob();
      in.crc32c(0);
      in.end();
      return new CommitRecord(number, time, commit(body));
    } catch (CorruptBytesException | IllegalArgumentException e) {
      throw new CatalogException.Corrupt("archived commit: " + e.getMessage());
    }
  }

  /** A table's definition, as the database holds it. */
  public static byte[] table(TableDef table) {
    ByteWriter out = new ByteWriter(1024);
    out.int8(VERSION);
    Parts.writeTable(table, out);
    return out.crc32c(0).toByteArray();
  }

  /**
   * The table with a definition.
   *
   * @throws CatalogException.Corrupt if the bytes are damaged or of a newer version
   */
  public static TableDef table(byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      TableDef table = Parts.readTable(in, readVersion(in, "table definition"));
      in.crc32c(0);
      in.end();
      return table;
    } catch (CorruptBytesException | IllegalArgumentException e) {
      throw new CatalogException.Corrupt("table definition: " + e.getMessage());
    }
  }

  private static int kind(Commit.Kind kind) {
    return switch (kind) {
      case FLUSH -> 1;
      case COMPACT -> 2;
      case CREATE_TABLE -> 3;
      case WIDEN_SCHEMA -> 4;
      case DROP_TABLE -> 5;
      case SWITCH_LOG -> 6;
      case MASK -> 7;
      case ALTER_TABLE -> 8;
      case RETENTION -> 9;
    };
  }

  private static Commit.Kind kind(ByteReader in) {
    int code = in.int8();
    List<Commit.Kind> kinds = List.of(Commit.Kind.values());
    return kinds.stream()
        .filter(kind -> kind(kind) == code)
        .findFirst()
        .orElseThrow(() -> in.corrupt("commit kind " + code));
  }
}
