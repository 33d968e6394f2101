package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.format.io.ObjectStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Wraps ports so that the n-th call of one that matters dies, before or after it took effect. */
public final class Faults {
  /** The process is gone; nothing catches this. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String at) {
      super(at);
    }
  }

  private static final Set<String> SILENT =
      Set.of("close", "toString", "hashCode", "equals", "name");

  private final int crashAt;
  private int calls;
  private final List<String> trace = new ArrayList<>();

  /** Dies at the given point, counted from 1; each call has one before and one after it. */
  public Faults(int crashAt) {
    this.crashAt = crashAt;
  }

  /** The points passed so far. */
  public List<String> trace() {
    return trace;
  }

  FlushBench.Parts wrap(FlushBench.Parts parts) {
    return new FlushBench.Parts(
        wrap(Catalog.class, parts.catalog()),
        wrap(ObjectStore.class, parts.store()),
        wrap(RowLog.class, parts.log()),
        wrap(LogKeeper.class, parts.keeper()),
        parts.decoder());
  }

  /** A port of which every call is a point before and one after. */
  public <T> T wrap(Class<T> port, T target) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          if (SILENT.contains(method.getName())) {
            return call(target, method, args);
          }
          point("before " + method.getName());
          Object result = call(target, method, args);
          point("after " + method.getName());
          return result;
        };
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private void point(String name) {
    calls++;
    trace.add(name);
    if (calls == crashAt) {
      throw new Crash(name);
    }
  }

  static Object call(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A catalog whose commits take effect and answer that nobody knows, a number of times. */
  static Catalog forgetfulCatalog(Catalog target, int times) {
    int[] left = {times};
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, args) -> {
              Object result = call(target, method, args);
              boolean flush = result instanceof CommitOutcome;
              if (flush && left[0]-- > 0) {
                return new CommitOutcome.Unknown(new IllegalStateException("the answer was lost"));
              }
              return result;
            });
  }

  /** A store that creates objects and then says it is not reachable, a number of times. */
  static ObjectStore forgetfulStore(
      ObjectStore target, int times, Supplier<RuntimeException> fault) {
    int[] left = {times};
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) -> {
              Object result = call(target, method, args);
              if (method.getName().equals("create") && left[0]-- > 0) {
                throw fault.get();
              }
              return result;
            });
  }
}
