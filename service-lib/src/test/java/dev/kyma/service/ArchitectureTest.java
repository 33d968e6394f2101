package dev.kyma.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kyma.service");

  @Test
  void whatIsSharedKnowsNoService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.kyma.ingest..",
            "dev.kyma.connector..",
            "dev.kyma.compactor..",
            "dev.kyma.query..",
            "dev.kyma.standalone..")
        .check(CLASSES);
  }

  @Test
  void theLogAdapterIsThePlainClientWithoutQuarkus() {
    noClasses()
        .that()
        .resideInAPackage("dev.kyma.service.log..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta.ws.rs..", "io.vertx..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
