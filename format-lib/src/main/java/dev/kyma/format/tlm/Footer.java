package dev.kyma.format.tlm;

import dev.kyma.format.ExtentSummary;
import dev.kyma.format.type.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of an object, read.
 *
 * @param version the object's
 * @param schema the columns
 * @param summary what the catalog copies
 * @param primaryKey the ids of the columns of the primary key, in its order
 * @param regions every region between header and statistics, in the order of their offsets
 * @param headerCrc the checksum of the header
 * @param statistics statistics per column and block
 */
record Footer(
    int version,
    TableSchema schema,
    ExtentSummary summary,
    List<Integer> primaryKey,
    List<Region> regions,
    int headerCrc,
    Statistics statistics) {
  Footer {
    primaryKey = List.copyOf(primaryKey);
    regions = List.copyOf(regions);
  }

  int rows() {
    return (int) summary.rows();
  }

  int blocks() {
    return (rows() + Layout.BLOCK_ROWS - 1) / Layout.BLOCK_ROWS;
  }

  /** The region of a column, or null. */
  @Nullable Region column(int id) {
    return region(RegionKind.COLUMN, id);
  }

  /** The region of a kind and column, or null. */
  @Nullable Region region(RegionKind kind, int id) {
    for (Region region : regions) {
      if (region.kind() == kind.code() && region.column() == id) {
        return region;
      }
    }
    return null;
  }
}
