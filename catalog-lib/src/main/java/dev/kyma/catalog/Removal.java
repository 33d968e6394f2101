package dev.kyma.catalog;

/**
 * A live extent that stops being so, as it was read.
 *
 * @param extent its key
 * @param deletedRows how many rows of it were known to be deleted; deletion vectors only grow, so
 *     the number says which version was read
 */
public record Removal(String extent, long deletedRows) {
  public Removal {
    if (deletedRows < 0) {
      throw new IllegalArgumentException(extent + " without " + deletedRows + " rows");
    }
  }
}
