package dev.kyma.format.predicate;

import java.util.List;

/**
 * A condition on one row that storage can evaluate and prune by.
 *
 * <p>Conditions are three-valued as in SQL: a comparison with NULL is unknown, and only rows for
 * which the whole condition is true are wanted. Storage must answer <em>exactly</em> those rows;
 * whatever it cannot decide from statistics it evaluates.
 */
public sealed interface Predicate {

  /** How a column is compared with a constant. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** The column's value stands in a relation to a constant; text and binary compare bytewise. */
  record Compare(ColumnPath column, Comparison comparison, Constant constant)
      implements Predicate {}

  /** The column's value equals one of the constants (none NULL, all of one type). */
  record In(ColumnPath column, List<Constant> constants) implements Predicate {
    public In {
      constants = List.copyOf(constants);
    }
  }

  /** The column is NULL; never unknown. For a dynamic path: absent, or JSON null. */
  record IsNull(ColumnPath column) implements Predicate {}

  /** The column is not NULL; never unknown. */
  record IsNotNull(ColumnPath column) implements Predicate {}

  /**
   * The text column matches an SQL LIKE pattern.
   *
   * @param pattern {@code %} stands for any text, {@code _} for one code point
   * @param escape the character that makes the next one literal, or 0 for none
   * @param caseInsensitive as ILIKE does, by Unicode simple case folding
   */
  record Like(ColumnPath column, String pattern, char escape, boolean caseInsensitive)
      implements Predicate {}

  /**
   * The text column holds the token, as {@link Tokenizer} splits text: case-insensitive, whole
   * tokens only. A text of several tokens means all of them, in any place.
   */
  record HasToken(ColumnPath column, String text) implements Predicate {}

  /** All hold. True when empty. */
  record And(List<Predicate> operands) implements Predicate {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** At least one holds. False when empty. */
  record Or(List<Predicate> operands) implements Predicate {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** The operand is false; unknown stays unknown. */
  record Not(Predicate operand) implements Predicate {}
}
