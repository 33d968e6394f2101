package dev.kyma.query.core.frontend;

import java.util.List;
import java.util.Optional;

/**
 * A statement that cannot be answered, because of what it says. Nothing was done.
 *
 * <p>The message is a full sentence for the user and never names a class of ours.
 */
public final class StatementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the statement. */
  public enum Code {
    /** The text follows no rule of the language. */
    SYNTAX,
    /** There is no table of that name. */
    UNKNOWN_TABLE,
    /** There is no column of that name, or more than one. */
    UNKNOWN_COLUMN,
    /** There is no function of that name, or none taking these arguments. */
    UNKNOWN_FUNCTION,
    /** Types do not fit, or a rule of the language is broken otherwise. */
    INVALID,
    /** A constant cannot be computed or does not fit its type. */
    VALUE,
    /** The statement is understood, and Kyma does not do it. */
    UNSUPPORTED
  }

  /**
   * A place in the user's text.
   *
   * @param line from 1
   * @param column in UTF-16 units, from 1
   */
  public record Position(int line, int column) {}

  private final Code code;
  private final transient Optional<Position> position;
  private final transient List<String> near;

  public StatementException(
      Code code, String message, Optional<Position> position, List<String> near) {
    super(message);
    this.code = code;
    this.position = position;
    this.near = List.copyOf(near);
  }

  /** An error without near names. */
  public static StatementException at(Code code, Position position, String message) {
    return new StatementException(code, message, Optional.of(position), List.of());
  }

  /** An error whose place in the text is not known. */
  public static StatementException of(Code code, String message) {
    return new StatementException(code, message, Optional.empty(), List.of());
  }

  public Code code() {
    return code;
  }

  /** Where in the text the error lies, if that is known. */
  public Optional<Position> position() {
    return position;
  }

  /** Names like the unknown one, most alike first. */
  public List<String> near() {
    return near;
  }
}
