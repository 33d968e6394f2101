package dev.kyma.query.calcite.function;

import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Checks of argument counts. */
final class Expect {
  private Expect() {}

  static void count(List<RexNode> arguments, int count) {
    between(arguments, count, count);
  }

  static void between(List<RexNode> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw Rex.mismatch(
          "it takes "
              + (least == most ? least : least + " to " + most)
              + (most == 1 ? " argument" : " arguments"));
    }
  }

  static void atLeast(List<RexNode> arguments, int least) {
    if (arguments.size() < least) {
      throw Rex.mismatch("it takes at least " + least + " arguments");
    }
  }
}
