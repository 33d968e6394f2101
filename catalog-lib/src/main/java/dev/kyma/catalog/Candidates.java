package dev.kyma.catalog;

import java.util.List;

/**
 * The extents of a table that may hold rows a predicate is true for, as far as summaries tell.
 * Whole statistics may rule out more of them.
 *
 * @param considered how many extents there are, of the orders asked for
 * @param consideredBytes how long they are together
 * @param extents those that may hold such rows, in the order they were committed
 */
public record Candidates(int considered, long consideredBytes, List<ExtentRef> extents) {
  public Candidates {
    extents = List.copyOf(extents);
  }
}
