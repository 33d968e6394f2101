package dev.kyma.query.core.frontend;

import java.util.List;
import java.util.Optional;

/**
 * The tables as one snapshot has them. Answers never change during the life of an instance; virtual
 * tables such as those of {@code information_schema} are among them.
 */
public interface Schemas {
  /** The database of names without one, unless the statement says otherwise. */
  String DEFAULT_DATABASE = "default";

  /**
   * A number that differs whenever an answer of {@link #table} or {@link #tables} may differ in
   * more than row counts; plans are cached under it.
   */
  long version();

  /** The table of exactly this name. */
  Optional<TableShape> table(TableName name);

  /** The names of all tables, for SHOW TABLES and for naming near misses. */
  List<TableName> tables();
}
