package dev.kyma.query.core.exec;

/**
 * A relation ready to be read, in parts that may be read at the same time.
 *
 * <p>{@link #prepare()} is called once, by the query's own thread, before anything else; after it
 * {@link #open} may be called by many threads, each part once.
 */
public interface Pipeline {
  /** Computes whatever must be known before the first row can be read. */
  void prepare();

  /** How many parts there are. Together, in order, they are the relation. */
  int parts();

  /** Starts reading one part. */
  Operator open(int part);

  /**
   * Allows rows to be left out that a later operator does not want. Called before {@link
   * #prepare()}; what cannot make use of it ignores it.
   *
   * @param column the place of the column the bound is about
   * @return whether rows may be left out before they are read
   */
  default boolean narrow(int column, RowBound bound) {
    return false;
  }
}
