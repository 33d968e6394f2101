package dev.kyma.catalog.commit;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Commits with every part filled at random; nothing in them need make sense. */
final class CommitSamples {
  private final Random random;

  CommitSamples(long seed) {
    random = new Random(seed);
  }

  Commit commit() {
    WriteGrant grant = new WriteGrant(random.nextInt(1 << 20), text() + "/", instant());
    List<CursorMove> moves = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      SourceCursor from = cursor(random.nextInt(1 << 20));
      moves.add(new CursorMove(from, cursor(from.log())));
    }
    return new Commit(
        new UUID(random.nextLong(), random.nextLong()),
        Commit.Kind.values()[random.nextInt(Commit.Kind.values().length)],
        grant,
        some(this::extent),
        some(() -> new Removal(text(), random.nextInt(1000))),
        some(() -> new Mask(text(), rows())),
        moves,
        some(this::change),
        some(() -> new KeyWindow(random.nextInt(100), instant(), bytes())));
  }

  private TableChange change() {
    return switch (random.nextInt(5)) {
      case 0 -> new TableChange.Create(table());
      case 3 ->
          new TableChange.SwitchLog(
              random.nextInt(100),
              random.nextInt(100),
              new LogBinding(text(), text(), 2, random.nextInt(100)),
              List.of(random.nextLong() >>> 1, 0L));
      case 1 -> new TableChange.Widen(random.nextInt(100), random.nextInt(100), schema());
      case 2 ->
          new TableChange.Alter(
              random.nextInt(100),
              random.nextInt(100),
              policy(),
              some(() -> random.nextInt()),
              options());
      default -> new TableChange.Drop(random.nextLong() >>> 1);
    };
  }

  private TableDef table() {
    return new TableDef(
        random.nextLong() >>> 1,
        text(),
        text(),
        1 + random.nextInt(1000),
        schema(),
        random.nextInt(3),
        random.nextInt(3),
        some(() -> random.nextInt()),
        some(() -> random.nextInt()),
        policy(),
        new LogBinding(text(), text(), 1 + random.nextInt(8), random.nextInt(1000)),
        options());
  }

  private FlushPolicy policy() {
    return new FlushPolicy(
        1 + random.nextInt(1000),
        1 + (random.nextLong() >>> 1 >>> random.nextInt(60)),
        Duration.ofSeconds(1 + random.nextInt(1000), random.nextInt(1_000_000_000)));
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      options.put(text() + i, text());
    }
    return options;
  }

  private DeletionVector rows() {
    int[] rows = new int[1 + random.nextInt(200)];
    int spread = 1 << random.nextInt(17);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(spread);
    }
    return DeletionVector.of(rows);
  }

  private TableSchema schema() {
    LogicalType[] types = {
      LogicalType.INT64,
      LogicalType.TEXT,
      LogicalType.decimal(38, 9),
      LogicalType.vector(768),
      LogicalType.DYNAMIC,
      LogicalType.FLOAT32
    };
    List<Field> fields = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      LogicalType type = types[random.nextInt(types.length)];
      fields.add(new Field(i, text() + i, type, random.nextBoolean()));
    }
    return new TableSchema(fields);
  }

  private ExtentRef extent() {
    long from = random.nextLong() >>> 2;
    return new ExtentRef(
        text(),
        random.nextInt(1000),
        "tlm",
        random.nextLong() >>> 20,
        1 + random.nextInt(9),
        new ExtentSummary(
            random.nextInt(1 << 20),
            random.nextInt(),
            random.nextInt(5) - 2,
            some(() -> random.nextInt()),
            some(() -> new LogInterval(random.nextInt(100), from, from + random.nextInt(10_000))),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            some(this::stats),
            random.nextBoolean() ? RowOrder.TABLE : RowOrder.HISTORY,
            random.nextInt(9),
            random.nextInt(1000)));
  }

  private ColumnStats stats() {
    boolean bounded = random.nextBoolean();
    return new ColumnStats(
        random.nextInt(100),
        LogicalType.TEXT,
        random.nextInt(100),
        random.nextInt(100),
        bounded ? Constant.of(text()) : null,
        bounded ? Constant.of(text()) : null,
        random.nextBoolean(),
        random.nextInt(100) - 1,
        some(() -> new ColumnStats.ValueCount(Constant.of(text()), random.nextInt(9))));
  }

  private SourceCursor cursor(int log) {
    return new SourceCursor(
        log, text(), random.nextLong() >>> 1, random.nextInt(9) - 1, random.nextLong());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private String text() {
    String letters = "abcXYZ/-_.09 äß€😀";
    int[] points = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder("k");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> List<T> some(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(one.get());
    }
    return list;
  }
}
