package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random statements over random rows, answered by Kyma (extents and hot tail, one thread and two)
 * and by DuckDB. Only what both define alike is asked: whole numbers, text, truth values, NULL.
 */
final class DuckDbDifferentialTest {
  private static final int STATEMENTS = Integer.getInteger("kyma.test.statements", 300);

  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "a", LogicalType.INT64, true),
          new Field(2, "b", LogicalType.INT32, true),
          new Field(3, "s", LogicalType.TEXT, true),
          new Field(4, "t", LogicalType.TEXT, true));

  private final long seed = Long.getLong("kyma.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void answersAreThoseOfDuckDb(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat());
        Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      load(cluster, duck, "x", 3_000);
      load(cluster, duck, "y", 200);
      QueryEngine one = cluster.engine(1, new SqlFrontend());
      QueryEngine two = cluster.engine(2, new SqlFrontend());
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = statement();
        List<String> expected = ask(duck, sql);
        expected.sort(null);
        assertThat(Rows.sorted(one, sql)).as("seed %d: %s", seed, sql).isEqualTo(expected);
        assertThat(Rows.sorted(two, sql)).as("seed %d, two: %s", seed, sql).isEqualTo(expected);
      }
      for (int i = 0; i < STATEMENTS / 5; i++) {
        String sql = ordered();
        List<String> expected = ask(duck, sql);
        assertThat(Rows.of(one, sql)).as("seed %d: %s", seed, sql).isEqualTo(expected);
        assertThat(Rows.of(two, sql)).as("seed %d, two: %s", seed, sql).isEqualTo(expected);
      }
    }
  }

  private void load(TestCluster cluster, Connection duck, String name, int rows)
      throws SQLException {
    TableDef table = cluster.createTable(name, SCHEMA, 0, 0);
    try (Statement create = duck.createStatement()) {
      create.execute("CREATE TABLE " + name + " (a BIGINT, b INTEGER, s VARCHAR, t VARCHAR)");
    }
    int left = rows;
    while (left > 0) {
      int size = Math.min(left, 1 + random.nextInt(rows / 3));
      left -= size;
      Batch batch = batch(size);
      insert(duck, name, batch);
      if (random.nextBoolean()) {
        cluster.addExtent(table, List.of(batch));
      } else {
        cluster.append(table, batch, List.of());
      }
    }
  }

  private Batch batch(int size) {
    LongVectorBuilder a = new LongVectorBuilder(LogicalType.INT64, size);
    LongVectorBuilder b = new LongVectorBuilder(LogicalType.INT32, size);
    BytesVectorBuilder s = new BytesVectorBuilder(LogicalType.TEXT, size);
    BytesVectorBuilder t = new BytesVectorBuilder(LogicalType.TEXT, size);
    for (int i = 0; i < size; i++) {
      number(a, random.nextInt(8) == 0 ? random.nextLong() >> 20 : random.nextInt(50));
      number(b, random.nextInt(20) - 10);
      text(s, "svc-" + random.nextInt(6));
      text(t, random.nextInt(4) == 0 ? "" : "é%_" + Integer.toHexString(random.nextInt(4_096)));
    }
    List<ColumnVector> columns = List.of(a.build(), b.build(), s.build(), t.build());
    return new Batch(columns, size);
  }

  private boolean isNull(VectorBuilder builder) {
    boolean isNull = random.nextInt(12) == 0;
    if (isNull) {
      builder.appendNull();
    }
    return isNull;
  }

  private void number(LongVectorBuilder builder, long value) {
    if (!isNull(builder)) {
      builder.append(value);
    }
  }

  private void text(BytesVectorBuilder builder, String value) {
    if (!isNull(builder)) {
      builder.append(value);
    }
  }

  private static void insert(Connection duck, String name, Batch batch) throws SQLException {
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO " + name + " VALUES (?, ?, ?, ?)")) {
      for (int row = 0; row < batch.rowCount(); row++) {
        for (int c = 0; c < 4; c++) {
          insert.setObject(c + 1, value(batch.column(c), row));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Object value(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column) {
      case LongVector longs -> longs.values()[row];
      case BytesVector bytes -> bytes.text(row);
      case ColumnVector other -> throw new IllegalStateException(other.type().id());
    };
  }

  private static List<String> ask(Connection duck, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder("[");
        for (int c = 1; c <= columns; c++) {
          row.append(c > 1 ? "," : "");
          Object value = result.getObject(c);
          switch (value) {
            case null -> row.append("null");
            case String text -> row.append('"').append(text).append('"');
            case Object other -> row.append(other);
          }
        }
        rows.add(row.append(']').toString());
      }
    }
    return rows;
  }

  /** A statement whose answer has one order: all columns are keys. */
  private String ordered() {
    List<String> keys = new ArrayList<>(List.of("a", "b", "s", "t"));
    Collections.shuffle(keys, random);
    StringBuilder sql = new StringBuilder("SELECT a, b, s, t FROM x");
    if (random.nextBoolean()) {
      sql.append(" WHERE ").append(condition("x.", 1));
    }
    for (int i = 0; i < keys.size(); i++) {
      sql.append(i == 0 ? " ORDER BY " : ", ").append(keys.get(i));
      sql.append(random.nextBoolean() ? " ASC" : " DESC");
      sql.append(random.nextBoolean() ? " NULLS FIRST" : " NULLS LAST");
    }
    if (random.nextInt(4) > 0) {
      sql.append(" LIMIT ").append(random.nextInt(60)).append(" OFFSET ").append(random.nextInt(9));
    }
    return sql.toString();
  }

  private String statement() {
    String where = random.nextInt(4) == 0 ? "" : " WHERE " + condition("x.", 2);
    return switch (random.nextInt(7)) {
      case 0 -> "SELECT x.a, x.b, x.s FROM x" + where;
      case 1 -> "SELECT " + number("x.", 2) + ", " + text("x.") + " FROM x" + where;
      case 2 ->
          "SELECT x.s, count(*), count(x.a), min(x.a), max(x.t), count(DISTINCT x.b) FROM x"
              + where
              + " GROUP BY x.s";
      case 3 ->
          "SELECT x.s, x.b, count(*) FILTER (WHERE "
              + condition("x.", 1)
              + "), CAST(sum(x.b) AS BIGINT) FROM x"
              + where
              + " GROUP BY x.s, x.b";
      case 4 ->
          "SELECT x.a, x.s, y.t FROM x "
              + List.of("JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN").get(random.nextInt(4))
              + " y ON x.b = y.b AND x.s = y.s"
              + (random.nextBoolean() ? " AND x.a < y.a" : "");
      case 5 ->
          "SELECT x.a, x.b FROM x WHERE x.b "
              + (random.nextBoolean() ? "IN" : "NOT IN")
              + " (SELECT y.b FROM y WHERE y.b IS NOT NULL AND "
              + condition("y.", 1)
              + ")";
      default ->
          "SELECT s, b FROM x "
              + List.of("UNION", "INTERSECT", "EXCEPT", "UNION ALL").get(random.nextInt(4))
              + " SELECT s, b FROM y";
    };
  }

  private String condition(String of, int depth) {
    if (depth > 0 && random.nextInt(2) == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> "(" + condition(of, depth - 1) + " AND " + condition(of, depth - 1) + ")";
        case 1 -> "(" + condition(of, depth - 1) + " OR " + condition(of, depth - 1) + ")";
        case 2 -> "NOT (" + condition(of, depth - 1) + ")";
        default -> "(" + condition(of, depth - 1) + ") IS NOT TRUE";
      };
    }
    String compare = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return switch (random.nextInt(8)) {
      case 0 -> of + "a " + compare + " " + random.nextInt(50);
      case 1 -> number(of, 1) + " " + compare + " " + number(of, 1);
      case 2 -> of + "s " + compare + " 'svc-" + random.nextInt(6) + "'";
      case 3 -> of + "s IN ('svc-1', 'svc-" + random.nextInt(9) + "', 'nothing')";
      case 4 -> of + "t LIKE '%" + Integer.toHexString(random.nextInt(16)) + "%'";
      case 5 -> of + "t LIKE 'é_" + "__" + Integer.toHexString(random.nextInt(16)) + "%'";
      case 6 -> of + List.of("a", "b", "s", "t").get(random.nextInt(4)) + " IS NULL";
      default -> of + "b BETWEEN " + (random.nextInt(20) - 10) + " AND " + random.nextInt(10);
    };
  }

  private String number(String of, int depth) {
    if (depth > 0) {
      switch (random.nextInt(7)) {
        case 0 -> {
          return "(" + number(of, depth - 1) + " + " + number(of, depth - 1) + ")";
        }
        case 1 -> {
          return "(" + number(of, depth - 1) + " - " + number(of, depth - 1) + ")";
        }
        case 2 -> {
          return "coalesce(" + number(of, depth - 1) + ", 7)";
        }
        case 3 -> {
          return "CASE WHEN " + condition(of, 1) + " THEN " + of + "a ELSE " + of + "b + 0 END";
        }
        case 4 -> {
          return "nullif(" + of + "a, " + random.nextInt(50) + ")";
        }
        case 5 -> {
          return "abs(" + of + "a)";
        }
        default -> {
          return "CAST(length(" + of + "t) AS BIGINT)";
        }
      }
    }
    return random.nextBoolean() ? of + "a" : Integer.toString(random.nextInt(100));
  }

  private String text(String of) {
    return switch (random.nextInt(8)) {
      case 0 -> "upper(" + of + "s)";
      case 1 -> of + "s || '-' || " + of + "t";
      case 2 -> "substring(" + of + "t, 2, 3)";
      case 3 -> "replace(" + of + "t, 'a', 'bb')";
      case 4 -> "CAST(" + of + "b AS VARCHAR)";
      case 5 -> "coalesce(" + of + "t, 'none')";
      case 6 -> "split_part(" + of + "s, '-', 2)";
      default -> "lpad(" + of + "s, 8, '*')";
    };
  }
}
