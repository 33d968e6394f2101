package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.Rex.mismatch;

import dev.kyma.query.statement.IntervalText;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Intervals written as text. */
final class Intervals {
  private Intervals() {}

  /** {@code INTERVAL 'text'}. */
  static RexNode literal(Rex rex, List<RexNode> arguments) {
    return ofText(rex, Rex.constantText(arguments.getFirst()).orElseThrow(() -> mismatch("")));
  }

  static RexNode ofText(Rex rex, String text) {
    IntervalText interval =
        IntervalText.parse(text).orElseThrow(() -> mismatch("'" + text + "' is not an interval"));
    if (interval.months() == 0) {
      return rex.interval(interval.nanos(), rex.nanos(false));
    }
    if (interval.nanos() == 0) {
      return rex.interval(interval.months(), rex.months(false));
    }
    throw mismatch("an interval of months and days at once can only be added to a time as two");
  }
}
