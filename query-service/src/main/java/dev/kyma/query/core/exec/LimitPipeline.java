package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Selection;
import org.jspecify.annotations.Nullable;

/** The first rows after some left out. */
final class LimitPipeline implements Pipeline {
  private final Pipeline input;
  private final long offset;
  private final long fetch;

  /**
   * @param fetch the most rows to answer, -1 for all
   */
  LimitPipeline(Pipeline input, long offset, long fetch) {
    this.input = input;
    this.offset = offset;
    this.fetch = fetch;
  }

  @Override
  public void prepare() {
    if (fetch != 0) {
      input.prepare();
    }
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Operator open(int part) {
    if (fetch == 0) {
      return () -> null;
    }
    Operator rows = Pipelines.all(input);
    return new Operator() {
      private long skip = offset;
      private long left = fetch;

      @Override
      public @Nullable Chunk next() {
        while (left != 0) {
          Chunk chunk = rows.next();
          if (chunk == null) {
            return null;
          }
          int count = chunk.selection().count();
          if (skip >= count) {
            skip -= count;
            continue;
          }
          int from = (int) skip;
          skip = 0;
          int to = left < 0 ? count : (int) Math.min(count, from + left);
          if (left > 0) {
            left -= to - from;
          }
          return from == 0 && to == count ? chunk : cut(chunk, from, to);
        }
        return null;
      }
    };
  }

  private static Chunk cut(Chunk chunk, int from, int to) {
    int[] rows = new int[chunk.selection().count()];
    Positions.fill(chunk.selection(), rows);
    long[] words = new long[chunk.selection().words().length];
    for (int i = from; i < to; i++) {
      Bits.set(words, rows[i]);
    }
    return new Chunk(chunk.batch(), new Selection(chunk.selection().size(), words, to - from));
  }
}
