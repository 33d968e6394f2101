package dev.kyma.compactor.core.check;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.FormatException;
import dev.kyma.format.RowOrder;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.type.Field;
import dev.kyma.format.widen.Widening;
import java.util.Optional;

/** Checks extents one by one. Safe for use by many threads. */
final class ExtentCheck {
  private final Snapshot snapshot;
  private final ObjectStore store;
  private final SegmentFormat format;
  private final Findings findings;
  private final CheckScope.Depth depth;

  /**
   * @param format reads from the store, whatever it has read before
   */
  ExtentCheck(
      Snapshot snapshot,
      ObjectStore store,
      SegmentFormat format,
      Findings findings,
      CheckScope.Depth depth) {
    this.snapshot = snapshot;
    this.store = store;
    this.format = format;
    this.findings = findings;
    this.depth = depth;
  }

  /**
   * Checks one extent.
   *
   * @param identities takes the rows of an extended check
   * @return how many rows were read
   */
  long check(TableDef table, ExtentRef extent, RowIdentities identities) {
    String name = StorageCheck.nameOf(table);
    checkVector(name, extent);
    if (!extent.format().equals(format.name())) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_FORMAT, name, extent.key(), format.name(), extent.format()));
      return 0;
    }
    Optional<ObjectStore.Stat> stat = store.stat(extent.key());
    if (stat.isEmpty()) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_MISSING,
              name,
              extent.key(),
              extent.length() + " bytes",
              "no object"));
      return 0;
    }
    if (stat.get().length() != extent.length()) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_LENGTH,
              name,
              extent.key(),
              extent.length() + " bytes",
              stat.get().length() + " bytes"));
      return 0;
    }
    try {
      return checkContent(table, extent, identities);
    } catch (CorruptExtentException e) {
      findings.add(
          Finding.at(
              Finding.Code.EXTENT_DAMAGED,
              name,
              extent.key(),
              e.offset(),
              "what was written",
              String.valueOf(e.getMessage())));
    } catch (ObjectStoreException.NotFound e) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_MISSING,
              name,
              extent.key(),
              extent.length() + " bytes",
              "no object"));
    } catch (FormatException e) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_DAMAGED,
              name,
              extent.key(),
              "what was written",
              String.valueOf(e.getMessage())));
    }
    return 0;
  }

  private long checkContent(TableDef table, ExtentRef extent, RowIdentities identities) {
    String name = StorageCheck.nameOf(table);
    ExtentReader reader = format.open(store, extent.key(), extent.length());
    int footer = reader.summary().footerChecksum();
    if (footer != extent.summary().footerChecksum()) {
      findings.add(
          Finding.of(
              Finding.Code.EXTENT_OTHER,
              name,
              extent.key(),
              "footer checksum " + Integer.toHexString(extent.summary().footerChecksum()),
              Integer.toHexString(footer)));
      return 0;
    }
    for (SummaryDifferences.Difference difference :
        SummaryDifferences.of(reader.summary(), extent.summary())) {
      findings.add(
          Finding.of(
              Finding.Code.CATALOG_DIFFERS,
              name,
              extent.key(),
              difference.footer(),
              difference.catalog()));
    }
    checkSchema(table, extent, reader);
    if (depth == CheckScope.Depth.NORMAL) {
      return 0;
    }
    format.verify(store, extent.key(), extent.length());
    return new RowCheck(name, extent, reader, snapshot.deleted(extent.key()), findings)
        .run(identities);
  }

  private void checkVector(String table, ExtentRef extent) {
    DeletionVector deleted = snapshot.deleted(extent.key());
    long rows = extent.summary().rows();
    if (deleted.cardinality() != deleted.cardinality(0, rows)) {
      int[] places = deleted.rows();
      findings.add(
          Finding.of(
              Finding.Code.VECTOR_OUT_OF_RANGE,
              table,
              extent.key(),
              "rows below " + rows,
              "row " + places[places.length - 1]));
    }
    long tombstones = extent.summary().tombstones();
    if (extent.summary().order() == RowOrder.TABLE && deleted.cardinality() < tombstones) {
      findings.add(
          Finding.of(
              Finding.Code.TOMBSTONE_VISIBLE,
              table,
              extent.key(),
              tombstones + " hidden tombstones",
              deleted.cardinality() + " hidden rows"));
    }
  }

  private void checkSchema(TableDef table, ExtentRef extent, ExtentReader reader) {
    for (Field stored : reader.schema().fields()) {
      if (stored.id() < 0) {
        continue;
      }
      int place = table.schema().indexOfId(stored.id());
      if (place < 0 || !Widening.isWider(stored.type(), table.schema().field(place).type())) {
        findings.add(
            Finding.of(
                Finding.Code.SCHEMA_DIFFERS,
                StorageCheck.nameOf(table),
                extent.key(),
                place < 0 ? "no column " + stored.id() : table.schema().field(place).toString(),
                stored.toString()));
      }
    }
  }
}
