package dev.kyma.catalog.commit;

import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.visibility.KeyLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The key windows of one log partition that can still matter, oldest first. Immutable.
 *
 * <p>Windows leave whole, once every entry in them is out of {@link KeyLedger}'s window or bound;
 * what is kept is enough to restore exactly the ledger the fold had.
 */
record KeyHistory(List<KeyWindow> windows, long entries) {
  static final KeyHistory EMPTY = new KeyHistory(List.of(), 0);

  KeyHistory plus(KeyWindow added) {
    List<KeyWindow> all = new ArrayList<>(windows.size() + 1);
    all.addAll(windows);
    all.add(added);
    long count = entries + KeyLedger.entries(added);
    Instant oldest = added.until().minus(KeyLedger.WINDOW);
    int drop = 0;
    while (drop < all.size() - 1) {
      KeyWindow first = all.get(drop);
      long rest = count - KeyLedger.entries(first);
      if (!first.until().isBefore(oldest) && rest < KeyLedger.MAX_ENTRIES) {
        break;
      }
      count = rest;
      drop++;
    }
    return new KeyHistory(List.copyOf(all.subList(drop, all.size())), count);
  }
}
