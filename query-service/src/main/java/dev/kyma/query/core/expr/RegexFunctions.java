package dev.kyma.query.core.expr;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Regular expressions, in an engine whose time is linear in the text. Stateless. */
final class RegexFunctions {
  private static final int MAX_PATTERNS = 1_000;

  private RegexFunctions() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    Patterns patterns = new Patterns();
    Function function = call.function();
    int flags = function == Function.REGEX_MATCH_IGNORE_CASE ? Pattern.CASE_INSENSITIVE : 0;
    RowFunction rowFunction =
        switch (function) {
          case SIMILAR_TO ->
              (row, result) ->
                  result.bool(
                      patterns.of(similar(row.text(1)), Pattern.DOTALL).matches(row.text(0)));
          case REGEX_MATCH, REGEX_MATCH_IGNORE_CASE ->
              (row, result) ->
                  result.bool(patterns.of(row.text(1), flags).matcher(row.text(0)).find());
          case REGEXP_REPLACE -> (row, result) -> replace(patterns, row, result);
          case REGEXP_SUBSTR ->
              (row, result) -> {
                Matcher matcher = patterns.of(row.text(1), 0).matcher(row.text(0));
                if (matcher.find()) {
                  result.text(matcher.group());
                } else {
                  result.nothing();
                }
              };
          case REGEXP_COUNT ->
              (row, result) -> {
                Matcher matcher = patterns.of(row.text(1), 0).matcher(row.text(0));
                int count = 0;
                while (matcher.find()) {
                  count++;
                }
                result.integer(count);
              };
          default -> throw new IllegalStateException(function + " is no regular expression");
        };
    if (call.arguments().size() > 1) {
      String constant = TextConditions.constant(call.arguments().get(1));
      if (constant != null) { // say at once what is wrong with a constant pattern
        patterns.of(
            function == Function.SIMILAR_TO ? similar(constant) : constant,
            function == Function.SIMILAR_TO ? Pattern.DOTALL : flags);
      }
    }
    return Expressions.scalar(call, now, rowFunction);
  }

  /** Compiled patterns by their text. */
  private static final class Patterns {
    private final Map<String, Pattern> compiled = new HashMap<>();

    Pattern of(String text, int flags) {
      if (compiled.size() > MAX_PATTERNS) {
        compiled.clear();
      }
      return compiled.computeIfAbsent(
          flags + ":" + text,
          key -> {
            try {
              return Pattern.compile(text, flags);
            } catch (PatternSyntaxException e) {
              throw QueryException.invalidValue("invalid regular expression: " + e.getMessage());
            }
          });
    }
  }

  private static void replace(Patterns patterns, Row row, Result result) {
    String flags = row.count() > 3 ? row.text(3) : "";
    int options = flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0;
    String text = row.text(0);
    String replacement = row.text(2);
    Matcher matcher = patterns.of(row.text(1), options).matcher(text);
    StringBuilder answer = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      answer.append(text, end, matcher.start());
      expand(matcher, replacement, answer);
      end = matcher.end();
      if (!flags.contains("g")) {
        break;
      }
    }
    result.text(answer.append(text, end, text.length()).toString());
  }

  private static void expand(Matcher matcher, String replacement, StringBuilder answer) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        answer.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next == '&') {
        answer.append(matcher.group());
      } else if (next >= '1' && next <= '9') {
        int group = next - '0';
        String value = group <= matcher.groupCount() ? matcher.group(group) : null;
        answer.append(value == null ? "" : value);
      } else {
        answer.append(next);
      }
    }
  }

  /** SQL's regular expression as one of ours: {@code %} and {@code _} besides the usual signs. */
  static String similar(String pattern) {
    StringBuilder answer = new StringBuilder("(?:");
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        answer.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else if (inClass) {
        answer.append(c);
        inClass = c != ']';
      } else {
        switch (c) {
          case '%' -> answer.append(".*");
          case '_' -> answer.append('.');
          case '[' -> {
            answer.append(c);
            inClass = true;
          }
          case '.', '^', '$' -> answer.append('\\').append(c);
          default -> answer.append(c);
        }
      }
    }
    return answer.append(')').toString();
  }
}
