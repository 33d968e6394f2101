package dev.kyma.compactor.api;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.service.problem.KymaException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the tables that requests name. */
@ApplicationScoped
public class TableNames {
  private static final String DEFAULT_DATABASE = "default";

  private final Catalog catalog;

  @Inject
  TableNames(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The table of a name.
   *
   * @param name {@code table} or {@code database.table}
   * @throws KymaException.Rejected if there is none
   */
  TableDef find(@Nullable String name) {
    String wanted = name == null ? "" : name;
    int dot = wanted.indexOf('.');
    Optional<TableDef> table =
        dot < 0
            ? catalog.snapshot().table(DEFAULT_DATABASE, wanted)
            : catalog.snapshot().table(wanted.substring(0, dot), wanted.substring(dot + 1));
    return table.orElseThrow(
        () ->
            new KymaException.Rejected(
                CompactorProblems.TABLE_NOT_FOUND, "There is no table \"" + wanted + "\"."));
  }
}
