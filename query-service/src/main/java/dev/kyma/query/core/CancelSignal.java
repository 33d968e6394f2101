package dev.kyma.query.core;

import org.jspecify.annotations.Nullable;

/** Carries the wish to end a query to it, in whichever order the two appear. Safe for threads. */
public final class CancelSignal {
  private @Nullable Runnable action;
  private boolean cancelled;

  /** Ends the query that is attached, or every one that will be. */
  public synchronized void cancel() {
    cancelled = true;
    if (action != null) {
      action.run();
    }
  }

  /** Says what ends the query; at once if that is wished already. */
  synchronized void attach(Runnable newAction) {
    action = newAction;
    if (cancelled) {
      newAction.run();
    }
  }
}
