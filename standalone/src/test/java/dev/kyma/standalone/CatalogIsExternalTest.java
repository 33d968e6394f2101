package dev.kyma.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Invariant 3: the catalog is external from the first byte. No code goes beside its contract, in
 * the process that has all services on its class path.
 */
class CatalogIsExternalTest {
  private static final JavaClasses KYMA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // What modules share for tests and benchmarks.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.kyma");

  @Test
  void onlyTheCatalogTalksToADatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kyma.catalog.jdbc..", "dev.kyma.e2e..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..")
        .check(KYMA);
  }

  @Test
  void servicesKnowTheContractAndOnlyTheWiringKnowsItsImplementation() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kyma.catalog..", "dev.kyma.service.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.kyma.catalog.jdbc..")
        .check(KYMA);
  }
}
