package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.testing.FaultyObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Ports whose calls fail by chance, before or after they took effect. A commit that fails answers
 * that nobody knows. Turned off, calls go through. Used by one thread.
 */
final class Faults {
  private static final Set<String> SILENT =
      Set.of("close", "toString", "hashCode", "equals", "now", "name");

  private final SplittableRandom random;
  private double chance;
  private long injected;

  Faults(SplittableRandom random) {
    this.random = random;
  }

  /** From now on so many of the calls fail, 0 to 1. */
  void chance(double share) {
    chance = share;
  }

  boolean off() {
    return chance == 0;
  }

  long injected() {
    return injected;
  }

  private boolean strikes() {
    boolean strikes = chance > 0 && random.nextDouble() < chance;
    if (strikes) {
      injected++;
    }
    return strikes;
  }

  ObjectStore store(ObjectStore target) {
    return new FaultyObjectStore(
        target,
        (step, operation, key) ->
            !strikes()
                ? FaultyObjectStore.Fault.NONE
                : random.nextBoolean()
                    ? FaultyObjectStore.Fault.FAIL_BEFORE
                    : FaultyObjectStore.Fault.FAIL_AFTER);
  }

  Catalog catalog(Catalog target) {
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, args) -> {
              if (SILENT.contains(method.getName()) || !strikes()) {
                return call(target, method, args);
              }
              boolean takesEffect = random.nextBoolean();
              if (takesEffect) {
                call(target, method, args);
              }
              if (method.getReturnType() == CommitOutcome.class) {
                return new CommitOutcome.Unknown(new IOException("the answer was lost"));
              }
              throw new CatalogException.Unavailable(
                  "injected by the test", new IOException(method.getName()));
            });
  }

  private static Object call(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
