package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Batch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Operators over rows already in memory. Stateless. */
final class Batches {
  /** How many rows operators put into one batch. */
  static final int ROWS = Batch.MAX_ROWS;

  private Batches() {}

  /** Makes a batch of rows {@code from} to {@code to - 1}. */
  interface Slicer {
    Batch slice(int from, int to);
  }

  /** Yields {@code size} rows in batches made on demand. */
  static Operator of(int size, Slicer slicer) {
    return new Operator() {
      private int next;

      @Override
      public @Nullable Chunk next() {
        if (next >= size) {
          return null;
        }
        int from = next;
        next = Math.min(size, from + ROWS);
        return Chunk.of(slicer.slice(from, next));
      }
    };
  }

  /** Yields what several operators yield, one after the other. */
  static Operator concat(int count, IntFunction<Operator> operators) {
    return new Operator() {
      private int number;
      private @Nullable Operator current;

      @Override
      public @Nullable Chunk next() {
        while (true) {
          if (current == null) {
            if (number == count) {
              return null;
            }
            current = operators.apply(number++);
          }
          Chunk chunk = current.next();
          if (chunk != null) {
            return chunk;
          }
          current = null;
        }
      }
    };
  }
}
