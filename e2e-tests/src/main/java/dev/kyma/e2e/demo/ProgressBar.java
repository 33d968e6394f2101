package dev.kyma.e2e.demo;

import java.io.PrintStream;

/** A bar that fills; on something that is no terminal, one line when it is full. */
final class ProgressBar {
  private static final int CELLS = 40;

  private final PrintStream out;
  private final boolean live;
  private final String title;
  private final int total;
  private int done;
  private int drawn = -1;

  ProgressBar(PrintStream out, boolean live, String title, int total) {
    this.out = out;
    this.live = live;
    this.title = title;
    this.total = total;
  }

  /** One more is done. */
  void step() {
    done++;
    int filled = (int) ((long) done * CELLS / total);
    if (filled != drawn && (live || done == total)) {
      drawn = filled;
      String bar = "█".repeat(filled) + "░".repeat(CELLS - filled);
      out.printf("%s%s %s %,d of %,d", live ? "\r" : "", title, bar, done, total);
      if (done == total) {
        out.println();
      }
      out.flush();
    }
  }
}
