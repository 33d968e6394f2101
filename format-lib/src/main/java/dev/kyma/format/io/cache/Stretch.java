package dev.kyma.format.io.cache;

/** A stretch of an object as it was asked for; an offset below 0 means the object's end. */
record Stretch(String key, long offset, int length) {
  private static final long END = -1;

  static Stretch suffix(String key, int maxLength) {
    return new Stretch(key, END, maxLength);
  }
}
