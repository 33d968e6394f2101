package dev.kyma.catalog.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections that fail at a chosen call: the n-th of those that reach the database. */
final class FaultyDataSource implements DataSource {
  enum Fault {
    /** The connection dies before the call reaches the database. */
    BEFORE,
    /** The call takes effect, then the connection dies. */
    AFTER,
    /** The connection seems dead, but a COMMIT that was sent arrives a little later. */
    LATE
  }

  private static final Set<String> COUNTED =
      Set.of(
          "getConnection",
          "executeQuery",
          "executeUpdate",
          "executeBatch",
          "execute",
          "commit",
          "rollback",
          "setAutoCommit");

  private final DataSource source;
  private final ScheduledExecutorService scheduler;
  private Fault fault = Fault.BEFORE;
  private long countdown;
  private String failed = "";
  private boolean outage;

  FaultyDataSource(DataSource source, ScheduledExecutorService scheduler) {
    this.source = source;
    this.scheduler = scheduler;
  }

  /** Makes the n-th call from now on fail, once. */
  synchronized void failAt(long n, Fault fault) {
    this.countdown = n;
    this.fault = fault;
    this.failed = "";
  }

  /** While it lasts no connection is given. */
  synchronized void outage(boolean lasts) {
    outage = lasts;
  }

  /** The name of the method that failed, empty when none has yet. */
  synchronized String failed() {
    return failed;
  }

  private synchronized boolean fails(String method) {
    if (outage && method.equals("getConnection")) {
      return true;
    }
    if (!COUNTED.contains(method) || countdown == 0 || --countdown > 0) {
      return false;
    }
    failed = method;
    return true;
  }

  private static SQLException broken() {
    return new SQLException("the connection broke, by the test's will", "08006");
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (fails("getConnection")) {
      throw broken();
    }
    Connection connection = source.getConnection();
    return proxy(Connection.class, connection, connection);
  }

  private <T> T proxy(Class<T> type, T target, Connection connection) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          boolean fails = fails(method.getName());
          if (fails && fault == Fault.BEFORE) {
            connection.close();
            throw broken();
          }
          if (fails && fault == Fault.LATE && method.getName().equals("commit")) {
            scheduler.schedule(
                () -> {
                  connection.commit();
                  connection.close();
                  return null;
                },
                100,
                TimeUnit.MILLISECONDS);
            throw new Broken();
          }
          Object result;
          try {
            result = method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (fails) {
            connection.close();
            throw broken();
          }
          return result instanceof PreparedStatement statement
              ? proxy(PreparedStatement.class, statement, connection)
              : result instanceof Statement statement
                  ? proxy(Statement.class, statement, connection)
                  : result;
        };
    InvocationHandler dead =
        new InvocationHandler() {
          private boolean broken;

          @Override
          public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            if (broken) {
              if (method.getName().equals("close")) {
                return null;
              }
              throw broken();
            }
            try {
              return handler.invoke(self, method, arguments);
            } catch (Broken e) {
              broken = true;
              throw broken();
            }
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, dead));
  }

  /** Marks a connection whose user believes it dead while it lives on. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(System.err);
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
