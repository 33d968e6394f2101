package dev.kyma.query.statement;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.core.frontend.TableOptions.FlushLimits;
import dev.kyma.query.core.frontend.TableOptions.Keep;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The option list of CREATE TABLE and of ALTER TABLE: {@code WITH (KEY = 'value', …)}, {@code SET
 * (KEY = 'value', …)}.
 */
public final class TableOptionsText {
  private static final Pattern BYTES =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(b|kb|mb|gb|kib|mib|gib|k|m|g)?");

  private static final List<String> NAMES =
      List.of("type", "flush_policy", "retention", "history_retention", "order_by");
  private static final List<String> CHANGEABLE =
      List.of("flush_policy", "retention", "history_retention", "order_by");

  private final TokenCursor cursor;

  public TableOptionsText(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The options that follow, if there are any. */
  public TableOptions parse() {
    return cursor.accept("with") ? list(NAMES) : TableOptions.NONE;
  }

  /** The list of options to be changed, in parentheses. */
  public TableOptions parseChanges() {
    Token first = cursor.peek();
    TableOptions options = list(CHANGEABLE);
    if (options.equals(TableOptions.NONE)) {
      throw StatementException.at(Code.INVALID, first.start(), "There is no option to set.");
    }
    return options;
  }

  private TableOptions list(List<String> allowed) {
    TableOptions options = TableOptions.NONE;
    Set<String> given = new HashSet<>();
    cursor.expectSymbol("(");
    do {
      Token key = cursor.expectLabel("an option");
      cursor.expectSymbol("=");
      Token value = cursor.expectString();
      if (!allowed.contains(key.text())) {
        throw unknown(key, allowed);
      }
      if (!given.add(key.text())) {
        throw StatementException.at(
            Code.INVALID,
            key.start(),
            "The option " + key.text().toUpperCase(Locale.ROOT) + " is given twice.");
      }
      options = with(options, key, value);
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return options;
  }

  private static StatementException unknown(Token key, List<String> allowed) {
    String name = key.text().toUpperCase(Locale.ROOT);
    List<String> shown = allowed.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
    List<String> near = NearNames.of(name, shown);
    String last = shown.getLast();
    String list = String.join(", ", shown.subList(0, shown.size() - 1)) + " and " + last;
    String message =
        NAMES.contains(key.text())
            ? "The option " + name + " cannot be changed; " + list + " can."
            : "There is no table option \"" + name + "\"; there are " + list + ".";
    return new StatementException(
        Code.INVALID, message + NearNames.hint(near), Optional.of(key.start()), near);
  }

  private TableOptions with(TableOptions options, Token key, Token value) {
    return switch (key.text()) {
      case "type" -> {
        type(value);
        yield options;
      }
      case "flush_policy" ->
          new TableOptions(
              flush(value), options.retention(), options.historyRetention(), options.orderBy());
      case "retention" ->
          new TableOptions(
              options.flush(),
              Optional.of(retention(value)),
              options.historyRetention(),
              options.orderBy());
      case "history_retention" ->
          new TableOptions(
              options.flush(), options.retention(), Optional.of(history(value)), options.orderBy());
      case "order_by" ->
          new TableOptions(
              options.flush(), options.retention(), options.historyRetention(), names(value));
      default -> throw unknown(key, NAMES);
    };
  }

  private static void type(Token value) {
    switch (value.text().toUpperCase(Locale.ROOT)) {
      case "SHARED" -> {}
      case "USER", "STREAM" ->
          throw StatementException.at(
              Code.UNSUPPORTED,
              value.start(),
              "Tables of TYPE '"
                  + value.text().toUpperCase(Locale.ROOT)
                  + "' are not supported: Kyma does not isolate users' rows from each other yet,"
                  + " and nobody shall believe it does.");
      default -> throw invalid(value, "is not a table type; there is 'SHARED'");
    }
  }

  private static FlushLimits flush(Token value) {
    OptionalLong rows = OptionalLong.empty();
    OptionalLong bytes = OptionalLong.empty();
    Optional<Duration> interval = Optional.empty();
    for (String part : value.text().split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw invalid(value, "is not a flush policy such as 'rows:1000,interval:60s'");
      }
      String limit = part.substring(colon + 1).strip();
      switch (part.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "rows" -> rows = OptionalLong.of(positive(value, limit));
        case "bytes" -> bytes = OptionalLong.of(bytes(value, limit));
        case "interval" -> interval = Optional.of(duration(value, limit));
        default -> throw invalid(value, "names a limit other than rows, bytes and interval");
      }
    }
    return new FlushLimits(rows, bytes, interval);
  }

  private static long positive(Token value, String digits) {
    try {
      long number = Long.parseLong(digits);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw invalid(value, "has a limit that is not a whole number");
    }
    throw invalid(value, "has a limit that is not above zero");
  }

  private static long bytes(Token value, String text) {
    Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw invalid(value, "has a number of bytes that is none");
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2);
    long each =
        switch (unit) {
          case "kb" -> 1_000;
          case "mb" -> 1_000_000;
          case "gb" -> 1_000_000_000;
          case "k", "kib" -> 1L << 10;
          case "m", "mib" -> 1L << 20;
          case "g", "gib" -> 1L << 30;
          default -> 1;
        };
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(each));
    if (bytes.signum() <= 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw invalid(value, "has a number of bytes out of range");
    }
    return bytes.longValue();
  }

  private static Duration duration(Token value, String text) {
    return IntervalText.parse(text)
        .filter(interval -> interval.months() == 0 && interval.nanos() > 0)
        .map(interval -> Duration.ofNanos(interval.nanos()))
        .orElseThrow(() -> invalid(value, "is no span of time above zero"));
  }

  private static Keep retention(Token value) {
    return value.text().strip().equalsIgnoreCase("forever")
        ? new Keep.Forever()
        : new Keep.For(duration(value, value.text()));
  }

  /** Replaced versions, unlike rows, may be dropped as soon as they are replaced. */
  private static Keep history(Token value) {
    boolean none =
        IntervalText.parse(value.text())
            .filter(interval -> interval.months() == 0 && interval.nanos() == 0)
            .isPresent();
    return none ? new Keep.For(Duration.ZERO) : retention(value);
  }

  private static List<String> names(Token value) {
    List<String> names = new ArrayList<>();
    TokenCursor inner = new TokenCursor(value.text());
    try {
      do {
        names.add(inner.expectName("a column").text());
      } while (inner.acceptSymbol(","));
    } catch (StatementException error) {
      throw invalid(value, "is not a list of columns");
    }
    if (inner.peek().kind() != Token.Kind.END) {
      throw invalid(value, "is not a list of columns");
    }
    return names;
  }

  private static StatementException invalid(Token value, String what) {
    return StatementException.at(
        Code.INVALID, value.start(), "'" + value.text() + "' " + what + ".");
  }
}
