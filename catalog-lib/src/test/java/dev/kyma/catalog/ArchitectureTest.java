package dev.kyma.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kyma.catalog");

  @Test
  void theCatalogKnowsNoFrameworkNoLogClientAndNoService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "org.apache.kafka..",
            "io.vertx..",
            "software.amazon.awssdk..",
            "dev.kyma.service..",
            "dev.kyma.ingest..",
            "dev.kyma.connector..",
            "dev.kyma.compactor..",
            "dev.kyma.query..")
        .check(CLASSES);
  }

  @Test
  void theCatalogNamesTheFormatsPortNeverAFormat() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.kyma.format.tlm..")
        .check(CLASSES);
  }

  @Test
  void onlyTheJdbcAdapterKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kyma.catalog.jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.sqlite..")
        .check(CLASSES);
  }
}
