package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.TokenIndexWriter;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.predicate.Tokenizer;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scans with indexes against the evaluation of every row. */
final class TlmIndexTest {
  private static final ColumnPath BODY = ColumnPath.of(1, LogicalType.TEXT);
  private static final ColumnPath TRACE = ColumnPath.of(2, LogicalType.TEXT);
  private static final ColumnPath NAME = ColumnPath.of(3, LogicalType.TEXT);
  private static final ColumnPath ID = ColumnPath.of(4, LogicalType.INT64);
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new Field(1, "body", LogicalType.TEXT, true),
              new Field(2, "trace_id", LogicalType.TEXT, true),
              new Field(3, "name", LogicalType.TEXT, true),
              new Field(4, "id", LogicalType.INT64, false)));

  private SplittableRandom random = new SplittableRandom(0);
  private final List<String> words = new ArrayList<>();

  /** Rows from a seed. */
  private static TlmIndexTest rows(SplittableRandom random) {
    TlmIndexTest rows = new TlmIndexTest();
    rows.random = random;
    rows.fillWords();
    return rows;
  }

  private void fillWords() {
    for (int i = 0; i < 3_000; i++) {
      String word = Long.toString(random.nextLong(60_466_176), 36);
      words.add(
          switch (random.nextInt(12)) {
            case 0 -> "Größe" + word;
            case 1 -> word.toUpperCase(Locale.ROOT);
            case 2 -> Integer.toString(random.nextInt(100_000));
            case 3 -> "\u212a" + word; // The Kelvin sign folds to k.
            case 4 -> "ΣΑΣ" + word;
            default -> word;
          });
    }
  }

  private String word() {
    // Some words are in most rows, most in few.
    double at = random.nextDouble();
    return words.get((int) (at * at * at * at * words.size()));
  }

  private String body() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(word()).append(" ,;=/-\t".charAt(random.nextInt(7)));
    }
    if (random.nextInt(4) == 0) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }

  private Batch rows(int from, int size) {
    BytesVectorBuilder bodies = new BytesVectorBuilder(LogicalType.TEXT, size);
    BytesVectorBuilder traces = new BytesVectorBuilder(LogicalType.TEXT, size);
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, size);
    long[] ids = new long[size];
    for (int i = 0; i < size; i++) {
      append(bodies, body());
      append(traces, trace((from + i) / 7));
      append(names, words.get(random.nextInt(500)));
      ids[i] = (from + i) * 7919L % 1_000_003;
    }
    return new Batch(
        List.of(
            bodies.build(), traces.build(), names.build(), new LongVector(LogicalType.INT64, ids)),
        size);
  }

  private void append(BytesVectorBuilder texts, String text) {
    if (random.nextInt(50) == 0) {
      texts.appendNull();
    } else {
      texts.append(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String trace(int number) {
    return HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L).repeat(2);
  }

  private Predicate condition(TlmRoundTripTest.Written written) {
    Batch batch = written.batches().get(random.nextInt(written.batches().size()));
    int row = random.nextInt(batch.rowCount());
    Object body = RandomColumns.value(batch.column(0), row);
    String text =
        body == null || random.nextInt(5) == 0
            ? word()
            : new String(
                body.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    List<String> tokens = Tokenizer.tokens(text);
    String some = tokens.isEmpty() ? "" : tokens.get(random.nextInt(tokens.size()));
    return switch (random.nextInt(8)) {
      case 0 -> new Predicate.HasToken(BODY, some);
      case 1 -> new Predicate.HasToken(BODY, some + " " + word());
      case 2 -> new Predicate.Compare(BODY, Predicate.Comparison.EQUAL, Constant.of(text));
      case 3 ->
          new Predicate.In(
              TRACE,
              List.of(trace(row / 7), trace(row), trace(9)).stream().map(Constant::of).toList());
      case 4 -> new Predicate.Compare(TRACE, Predicate.Comparison.EQUAL, Constant.of(trace(row)));
      case 5 -> new Predicate.Compare(NAME, Predicate.Comparison.EQUAL, Constant.of(word()));
      case 6 ->
          new Predicate.Compare(
              ID,
              Predicate.Comparison.EQUAL,
              Constant.of(LogicalType.INT64, row * 7919L % 1_000_003));
      default ->
          new Predicate.Like(
              BODY, "%" + some.substring(0, Math.min(3, some.length())) + "%", '!', false);
    };
  }

  private Predicate predicate(TlmRoundTripTest.Written written, int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(6)) {
      case 0 ->
          new Predicate.And(List.of(predicate(written, depth - 1), predicate(written, depth - 1)));
      case 1 ->
          new Predicate.Or(List.of(predicate(written, depth - 1), predicate(written, depth - 1)));
      case 2 -> new Predicate.Not(predicate(written, depth - 1));
      default -> condition(written);
    };
  }

  private static List<Long> expected(TlmRoundTripTest.Written written, Predicate predicate) {
    List<Long> rows = new ArrayList<>();
    PredicateEvaluator evaluator = new PredicateEvaluator(predicate);
    long start = 0;
    for (Batch batch : written.batches()) {
      Selection found =
          evaluator.select(column -> batch.column(column.column() - 1), batch.rowCount());
      for (int i = 0; i < batch.rowCount(); i++) {
        if (found.contains(i)) {
          rows.add(start + i);
        }
      }
      start += batch.rowCount();
    }
    return rows;
  }

  private static List<Long> actual(ScanCursor cursor) {
    List<Long> rows = new ArrayList<>();
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      for (int i = 0; i < next.batch().rowCount(); i++) {
        if (next.selection().contains(i)) {
          rows.add(next.firstRow() + i);
        }
      }
    }
    return rows;
  }

  private TlmRoundTripTest.Written write(int size, boolean keyed) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < size; from += 8_192) {
      batches.add(rows(from, Math.min(8_192, size - from)));
    }
    ExtentOptions.Effort[] efforts = ExtentOptions.Effort.values();
    ExtentOptions options =
        new ExtentOptions(0, List.of(), List.of(), efforts[random.nextInt(efforts.length)]);
    return TlmRoundTripTest.write(
        SCHEMA, batches, keyed ? options.withPrimaryKey(List.of(4)) : options);
  }

  @Test
  void whatIndexesLeaveOutNeverMatches() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 8; seed++) {
      TlmIndexTest rows = rows(new SplittableRandom(seed));
      int size = 1 + rows.random.nextInt(seed % 4 == 0 ? 90_000 : 6_000);
      TlmRoundTripTest.Written written = rows.write(size, seed % 2 == 0);
      ExtentReader reader = written.open();
      assertThat(reader.filters()).isEqualTo(written.extent().filters());
      for (int i = 0; i < 40; i++) {
        Predicate predicate = rows.predicate(written, rows.random.nextInt(3));
        ScanCursor cursor = reader.scan(ScanRequest.of(List.of(BODY, ID), predicate));
        List<Long> expected = expected(written, predicate);
        assertThat(actual(cursor)).as("seed " + seed + ": " + predicate).isEqualTo(expected);
        for (ExtentFilter filter : reader.filters()) {
          mustPass(filter, predicate, expected);
        }
      }
    }
  }

  /** What matches is in the filters. */
  private static void mustPass(ExtentFilter filter, Predicate predicate, List<Long> matching) {
    if (matching.isEmpty()) {
      return;
    }
    if (predicate instanceof Predicate.HasToken(ColumnPath column, String text)
        && filter.column() == ExtentFilter.tokensOf(column.column())) {
      for (String token : Tokenizer.tokens(text)) {
        assertThat(
                !TokenIndexWriter.isIndexed(token)
                    || filter.mayContain(ExtentFilter.hash(TokenIndexWriter.hash(token))))
            .isTrue();
      }
    } else if (predicate
            instanceof Predicate.Compare(ColumnPath column, Predicate.Comparison _, Constant value)
        && filter.column() == column.column()) {
      assertThat(filter.mayContain(ExtentFilter.hash(value).orElseThrow())).isTrue();
    }
  }

  @Test
  void rareTokensAndIdentifiersReadFewRows() {
    TlmIndexTest rows = rows(new SplittableRandom(5));
    TlmRoundTripTest.Written written = rows.write(150_000, true);
    ExtentReader reader = written.open();
    String rare =
        written.batches().stream()
            .flatMap(batch -> Tokenizer.tokens(text(batch)).stream())
            .filter(token -> token.matches("[0-9a-f]{16}") && TokenIndexWriter.isIndexed(token))
            .findFirst()
            .orElseThrow();
    for (Predicate predicate :
        List.of(
            new Predicate.HasToken(BODY, rare),
            new Predicate.Compare(TRACE, Predicate.Comparison.EQUAL, Constant.of(trace(20_000))),
            new Predicate.Compare(
                ID, Predicate.Comparison.EQUAL, Constant.of(LogicalType.INT64, 7919L * 3)))) {
      ScanCursor cursor = reader.scan(ScanRequest.of(List.of(BODY), predicate));
      assertThat(actual(cursor)).isEqualTo(expected(written, predicate)).isNotEmpty();
      assertThat(cursor.stats().rowsRead()).isLessThanOrEqualTo(8_192);
      assertThat(cursor.stats().blocksRead()).isEqualTo(1);
      assertThat(cursor.stats().bytesRead()).isLessThan(written.extent().length() / 3);
    }
    ScanCursor none =
        reader.scan(ScanRequest.of(List.of(BODY), new Predicate.HasToken(BODY, "nowhere0x")));
    assertThat(actual(none)).isEmpty();
    assertThat(none.stats().rowsRead()).isZero();
    assertThat(none.stats().bytesRead()).isLessThan(written.extent().length() / 50);
  }

  private static String text(Batch batch) {
    StringBuilder all = new StringBuilder();
    for (int row = 0; row < batch.rowCount(); row++) {
      if (!batch.column(0).isNull(row)) {
        all.append(((BytesVector) batch.column(0)).text(row)).append(' ');
      }
    }
    return all.toString();
  }
}
