package dev.kyma.catalog;

/** What a column gets when a row is inserted without a value for it. */
public sealed interface ColumnDefault {
  /** The time at which the row was accepted. */
  record Now() implements ColumnDefault {}

  /** An id that grows with time and is unique among all processes. */
  record SnowflakeId() implements ColumnDefault {}

  /**
   * Always the same value.
   *
   * @param text the value as a user writes it
   */
  record Literal(String text) implements ColumnDefault {}

  /** The default with a text, as it stands in a table's options. */
  static ColumnDefault parse(String text) {
    return switch (text) {
      case "now()" -> new Now();
      case "snowflake_id()" -> new SnowflakeId();
      default -> new Literal(text);
    };
  }

  /** What {@link #parse} reads. */
  default String text() {
    return switch (this) {
      case Now now -> "now()";
      case SnowflakeId id -> "snowflake_id()";
      case Literal literal -> literal.text;
    };
  }
}
