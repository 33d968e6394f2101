package dev.kyma.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
  @Test
  void aConnectionLostUnderABatchIsAFaultOfTheDatabase() {
    // What the Postgres driver throws when it notices within a batch that the socket is closed.
    Throwable fault = new AssertionError("getAutoCommit() should not throw");
    PreparedStatement statement =
        (PreparedStatement)
            Proxy.newProxyInstance(
                SqlTest.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("executeBatch")) {
                    throw fault;
                  }
                  return null;
                });
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                SqlTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> statement);
    assertThatThrownBy(
            () ->
                Sql.batch(
                    connection,
                    "INSERT INTO t VALUES (?)",
                    List.of(1),
                    (target, value) -> target.setInt(1, value)))
        .isInstanceOf(SQLException.class)
        .hasCause(fault);
  }
}
