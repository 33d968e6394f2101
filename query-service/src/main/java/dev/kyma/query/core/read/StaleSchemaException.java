package dev.kyma.query.core.read;

/**
 * The log holds rows of a wider schema than the snapshot's: the statement must be planned again on
 * a newer snapshot, which exists because schemas widen before rows are written with them.
 */
public final class StaleSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleSchemaException(String message) {
    super(message);
  }
}
