package dev.kyma.query.statement;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.core.frontend.TableOptions.FlushLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The option list of CREATE TABLE: {@code WITH (KEY = 'value', …)}. */
public final class TableOptionsText {
  private static final Pattern BYTES =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(b|kb|mb|gb|kib|mib|gib|k|m|g)?");

  private final TokenCursor cursor;

  public TableOptionsText(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The options that follow, if there are any. */
  public TableOptions parse() {
    if (!cursor.accept("with")) {
      return TableOptions.NONE;
    }
    TableOptions options = TableOptions.NONE;
    cursor.expectSymbol("(");
    do {
      Token key = cursor.expectLabel("an option");
      cursor.expectSymbol("=");
      Token value = cursor.expectString();
      options = with(options, key, value);
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return options;
  }

  private TableOptions with(TableOptions options, Token key, Token value) {
    return switch (key.text()) {
      case "type" -> {
        type(value);
        yield options;
      }
      case "flush_policy" -> new TableOptions(flush(value), options.retention(), options.orderBy());
      case "retention" -> new TableOptions(options.flush(), retention(value), options.orderBy());
      case "order_by" -> new TableOptions(options.flush(), options.retention(), names(value));
      default ->
          throw StatementException.at(
              Code.INVALID,
              key.start(),
              "There is no table option \""
                  + key.text().toUpperCase(Locale.ROOT)
                  + "\"; there are TYPE, FLUSH_POLICY, RETENTION and ORDER_BY.");
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

  private static Optional<Duration> retention(Token value) {
    return value.text().strip().equalsIgnoreCase("forever")
        ? Optional.empty()
        : Optional.of(duration(value, value.text()));
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
