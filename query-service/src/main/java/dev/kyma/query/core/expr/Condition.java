package dev.kyma.query.core.expr;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Selection;

/** Decides for each row whether something is true, false or unknown. Used by one thread. */
public interface Condition {
  /** The answers for a batch's rows; those of rows not selected are unspecified. */
  Truth test(Batch batch, Selection selection);

  /** The selected rows for which it is true. */
  default Selection select(Batch batch, Selection selection) {
    long[] trues = test(batch, selection).trues();
    long[] words = new long[selection.words().length];
    for (int w = 0; w < words.length; w++) {
      words[w] = trues[w] & selection.words()[w];
    }
    return Selection.of(selection.size(), words);
  }
}
