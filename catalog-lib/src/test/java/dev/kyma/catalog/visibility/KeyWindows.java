package dev.kyma.catalog.visibility;

import dev.kyma.catalog.KeyWindow;
import dev.kyma.format.log.KeyedRows;

/** Packed key windows for tests. */
public final class KeyWindows {
  private KeyWindows() {}

  /** A window of some keys, all of one time. */
  public static KeyWindow of(int log, long millis, int entries) {
    KeyLedger ledger = new KeyLedger();
    for (int i = 0; i < entries; i++) {
      ledger.remember(new KeyedRows(millis, i, 1, 1, 0, 0, 1), millis);
    }
    return ledger.take(log).orElseThrow();
  }
}
