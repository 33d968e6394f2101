package dev.kyma.compactor.core.compact;

/** Under a key that only this process may write lie other bytes; they stay as they are. */
final class KeyTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyTakenException(String key) {
    super(key + " holds other bytes");
  }
}
