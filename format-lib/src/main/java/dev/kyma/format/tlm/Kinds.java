package dev.kyma.format.tlm;

import dev.kyma.format.type.LogicalType.Kind;
import org.jspecify.annotations.Nullable;

/** The codes under which footers name the families of types. */
final class Kinds {
  private Kinds() {}

  static int code(Kind kind) {
    return switch (kind) {
      case BOOL -> 1;
      case INT16 -> 2;
      case INT32 -> 3;
      case INT64 -> 4;
      case FLOAT32 -> 5;
      case FLOAT64 -> 6;
      case DECIMAL -> 7;
      case DATE -> 8;
      case TIME -> 9;
      case TIMESTAMP -> 10;
      case TEXT -> 11;
      case BINARY -> 12;
      case DYNAMIC -> 13;
      case VECTOR -> 14;
    };
  }

  /** The family with a code, or null when there is none. */
  static @Nullable Kind kind(int code) {
    for (Kind kind : Kind.values()) {
      if (code(kind) == code) {
        return kind;
      }
    }
    return null;
  }
}
