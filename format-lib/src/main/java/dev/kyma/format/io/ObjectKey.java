package dev.kyma.format.io;

/** The rule for keys of objects. Stateless. */
public final class ObjectKey {
  /** The most characters a key may have; S3 allows no more bytes. */
  public static final int MAX_LENGTH = 1_024;

  private ObjectKey() {}

  /**
   * Checks that a key is a relative path of {@code [A-Za-z0-9._=-]} segments, none of them empty,
   * {@code .} or {@code ..}.
   *
   * @return the key
   * @throws IllegalArgumentException if it is not
   */
  public static String check(String key) {
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("key of " + key.length() + " characters");
    }
    int segment = 0;
    for (int i = 0; i <= key.length(); i++) {
      if (i == key.length() || key.charAt(i) == '/') {
        String name = key.substring(segment, i);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
          throw new IllegalArgumentException("a segment may not be '" + name + "': " + key);
        }
        segment = i + 1;
      } else if (!isAllowed(key.charAt(i))) {
        throw new IllegalArgumentException("a key may not have '" + key.charAt(i) + "': " + key);
      }
    }
    return key;
  }

  /** Whether a name may be a segment of a key. */
  public static boolean isSegment(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(ObjectKey::isAllowed);
  }

  private static boolean isAllowed(int character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || character == '.'
        || character == '_'
        || character == '='
        || character == '-';
  }
}
