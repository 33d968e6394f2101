package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value computed from one row. Immutable; equal trees compute equal values, except that {@link
 * Function#NOW} and {@link Function#RANDOM} depend on the statement.
 */
public sealed interface Expr {
  /** The type of the value. */
  LogicalType type();

  /**
   * A column of the input.
   *
   * @param index its place, from 0
   * @param type its type
   */
  record ColumnRef(int index, LogicalType type) implements Expr {}

  /**
   * A constant.
   *
   * @param type its type
   * @param value the value in the type's physical form, or null for NULL
   */
  record Literal(LogicalType type, @Nullable Constant value) implements Expr {
    /** A value that is not NULL. */
    public static Literal of(Constant value) {
      return new Literal(value.type(), value);
    }

    /** NULL of a type. */
    public static Literal ofNull(LogicalType type) {
      return new Literal(type, null);
    }

    /** Text. */
    public static Literal of(String text) {
      return of(Constant.of(text));
    }

    /** True or false. */
    public static Literal of(boolean value) {
      return of(Constant.of(LogicalType.BOOL, value ? 1 : 0));
    }

    /** A 64-bit integer. */
    public static Literal of(long value) {
      return of(Constant.of(LogicalType.INT64, value));
    }

    public boolean isNull() {
      return value == null;
    }
  }

  /**
   * A function applied to arguments.
   *
   * @param function which function; it says what arguments it takes and when it answers NULL
   * @param arguments the arguments
   * @param type the type of the answer
   */
  record Call(Function function, List<Expr> arguments, LogicalType type) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public static Call of(Function function, LogicalType type, Expr... arguments) {
      return new Call(function, List.of(arguments), type);
    }
  }

  /**
   * A conversion; NULL stays NULL.
   *
   * <p>As in Postgres: a number that does not fit the target is an error; floats round half to even
   * and decimals half away from zero; text is parsed with spaces around it ignored, and text that
   * does not parse is an error; anything becomes text in Postgres' output form (timestamps in UTC,
   * as {@code 2026-01-02 03:04:05.678901234}).
   *
   * <p>From DYNAMIC, as {@link dev.kyma.format.predicate.ColumnPath} reads: to a number or BOOL
   * where the JSON value is one exactly, else NULL, so {@code "1"} and 1.5 are no integers; to TEXT
   * a string's content and anything else's JSON text; to a date or time what a string's content
   * parses to, else NULL. JSON null is NULL. To DYNAMIC a value becomes the JSON scalar of its
   * kind, TEXT a JSON string.
   *
   * @param argument what is converted
   * @param type the target type
   */
  record Cast(Expr argument, LogicalType type) implements Expr {}

  /**
   * The first branch whose condition is true, else the last value. Branches not taken are not
   * evaluated: an error in them does not count.
   *
   * @param branches conditions and values, at least one; values have the case's type
   * @param otherwise the value when no condition is true
   */
  record Case(List<Branch> branches, Expr otherwise) implements Expr {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public LogicalType type() {
      return otherwise.type();
    }
  }

  /**
   * One branch of a {@link Case}.
   *
   * @param condition a BOOL
   * @param value what the case yields where the condition is true
   */
  record Branch(Expr condition, Expr value) {}

  /**
   * Whether a value is one of a set of constants; NULL for NULL. Writes {@code NOT IN} as {@link
   * Function#NOT} of this.
   *
   * @param operand the value
   * @param constants the set, not empty, none NULL, all of the operand's type
   */
  record In(Expr operand, List<Constant> constants) implements Expr {
    public In {
      constants = List.copyOf(constants);
    }

    @Override
    public LogicalType type() {
      return LogicalType.BOOL;
    }
  }
}
