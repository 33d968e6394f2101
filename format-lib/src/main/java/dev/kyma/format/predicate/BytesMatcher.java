package dev.kyma.format.predicate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A condition on one byte string. Not safe for use by several threads at once. */
@FunctionalInterface
interface BytesMatcher {
  /** Whether {@code data[from .. to)} meets the condition. */
  boolean matches(byte[] data, int from, int to);

  /** Values that stand in a relation to a constant, bytewise and unsigned. */
  static BytesMatcher compare(Predicate.Comparison comparison, byte[] constant) {
    return switch (comparison) {
      case EQUAL -> equalTo(constant);
      case NOT_EQUAL -> (data, from, to) -> !equal(data, from, to, constant);
      case LESS -> (data, from, to) -> order(data, from, to, constant) < 0;
      case LESS_OR_EQUAL -> (data, from, to) -> order(data, from, to, constant) <= 0;
      case GREATER -> (data, from, to) -> order(data, from, to, constant) > 0;
      case GREATER_OR_EQUAL -> (data, from, to) -> order(data, from, to, constant) >= 0;
    };
  }

  /** Values equal to a constant. */
  static BytesMatcher equalTo(byte[] constant) {
    return (data, from, to) -> equal(data, from, to, constant);
  }

  /** Values equal to one of some constants. */
  static BytesMatcher anyOf(List<byte[]> constants) {
    Set<Bytes> members = new HashSet<>();
    int[] lengths = new int[constants.size()];
    for (int i = 0; i < lengths.length; i++) {
      members.add(new Bytes(constants.get(i)));
      lengths[i] = constants.get(i).length;
    }
    Arrays.sort(lengths);
    return (data, from, to) ->
        Arrays.binarySearch(lengths, to - from) >= 0
            && members.contains(new Bytes(Arrays.copyOfRange(data, from, to)));
  }

  private static boolean equal(byte[] data, int from, int to, byte[] constant) {
    return to - from == constant.length && Arrays.equals(data, from, to, constant, 0, to - from);
  }

  private static int order(byte[] data, int from, int to, byte[] constant) {
    return Arrays.compareUnsigned(data, from, to, constant, 0, constant.length);
  }

  /** A byte string as a member of a set. */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined on the content below
  record Bytes(byte[] value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }
}
