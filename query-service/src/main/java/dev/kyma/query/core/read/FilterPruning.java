package dev.kyma.query.core.read;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.TokenIndexWriter;
import dev.kyma.format.index.ValueHash;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Tokenizer;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Leaves out extents whose filters in the catalog say that a value, a token or a key that every
 * wanted row holds is not there. Used by one thread.
 */
final class FilterPruning {
  /** Opening fewer extents than this is cheaper than asking. */
  private static final int MIN_EXTENTS = 4;

  /** The catalog looks at the filters of all extents of a table: too many for a few wanted ones. */
  private static final int MAX_ASKED_PER_WANTED = 64;

  /** Each value takes a request to the catalog. */
  private static final int MAX_VALUES = 8;

  private final ExtentExclusion exclusion;
  private final TableDef table;
  private final List<ExtentRef> extents;
  private final Set<String> excluded = new HashSet<>();

  private FilterPruning(ExtentExclusion exclusion, TableDef table, List<ExtentRef> extents) {
    this.exclusion = exclusion;
    this.table = table;
    this.extents = extents;
  }

  /**
   * The keys of extents that hold no row for which the predicate is true.
   *
   * @param all how many extents the table has
   * @param extents those that may be left out
   */
  static Set<String> excluded(
      ExtentExclusion exclusion,
      TableDef table,
      int all,
      List<ExtentRef> extents,
      Predicate predicate) {
    if (extents.size() < MIN_EXTENTS || all > (long) MAX_ASKED_PER_WANTED * extents.size()) {
      return Set.of();
    }
    FilterPruning pruning = new FilterPruning(exclusion, table, extents);
    try {
      Optional<KeyCondition.Point> point = KeyCondition.point(table, predicate);
      point.ifPresent(asked -> pruning.key(asked.key()));
      pruning.conjunct(point.map(KeyCondition.Point::rest).orElse(predicate));
    } catch (CatalogException e) {
      // Filters only save work: without the catalog the extents are opened.
      return Set.of();
    }
    return pruning.excluded;
  }

  private void conjunct(Predicate predicate) {
    switch (predicate) {
      case Predicate.And(List<Predicate> operands) -> operands.forEach(this::conjunct);
      case Predicate.Compare(
              ColumnPath column,
              Predicate.Comparison comparison,
              Constant value) -> {
        if (comparison == Predicate.Comparison.EQUAL) {
          values(column, List.of(value));
        }
      }
      case Predicate.In(ColumnPath column, List<Constant> values) -> values(column, values);
      case Predicate.HasToken(ColumnPath column, String text) -> tokens(column, text);
      case Predicate.Or _,
          Predicate.Not _,
          Predicate.Like _,
          Predicate.IsNull _,
          Predicate.IsNotNull _ -> {}
    }
  }

  private void key(Batch key) {
    for (int i = 0; i < key.columns().size(); i++) {
      LogicalType type = key.column(i).type();
      for (ExtentRef extent : extents) {
        if (!isAlike(extent, table.primaryKey().get(i), type)) {
          return;
        }
      }
    }
    excluded.addAll(ask(ExtentFilter.PRIMARY_KEY, ExtentFilter.hash(key)[0]));
  }

  private void values(ColumnPath column, List<Constant> values) {
    if (column.isPath()
        || values.size() > MAX_VALUES
        || !ValueHash.supports(column.type())
        || isCounted(column.column())) {
      return;
    }
    Set<String> without = null;
    for (Constant value : values) {
      OptionalLong hash = ValueHash.of(column.type(), value);
      if (hash.isPresent()) {
        Set<String> next = ask(column.column(), ExtentFilter.hash(hash.getAsLong()));
        if (without == null) {
          without = new HashSet<>(next);
        } else {
          without.retainAll(next);
        }
      }
    }
    if (without != null) {
      for (ExtentRef extent : extents) {
        if (without.contains(extent.key()) && isAlike(extent, column.column(), column.type())) {
          excluded.add(extent.key());
        }
      }
    }
  }

  private void tokens(ColumnPath column, String text) {
    if (column.isPath() || isCounted(column.column())) {
      return;
    }
    // The longest are the rarest.
    List<String> tokens =
        Tokenizer.tokens(text).stream()
            .filter(TokenIndexWriter::isIndexed)
            .distinct()
            .sorted(Comparator.comparingInt((String token) -> -token.length()))
            .limit(MAX_VALUES)
            .toList();
    for (String token : tokens) {
      long hash = ExtentFilter.hash(TokenIndexWriter.hash(token));
      excluded.addAll(ask(ExtentFilter.tokensOf(column.column()), hash));
    }
  }

  private Set<String> ask(int column, long hash) {
    return exclusion.excluded(table.id(), column, hash);
  }

  /** Whether no extent can have a filter, statistics counting every value of the column. */
  private boolean isCounted(int column) {
    for (ExtentRef extent : extents) {
      for (ColumnStats stats : extent.summary().columns()) {
        if (stats.column() == column && stats.valueCounts().isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether an extent's values of a column have the hashes that those of today's type have. */
  private static boolean isAlike(ExtentRef extent, int column, LogicalType type) {
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == column) {
        return ValueHash.alike(stats.type(), type);
      }
    }
    return false;
  }
}
