package dev.kyma.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theBlackBoxImportsNoClassOfKyma() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.kyma.format..",
            "dev.kyma.catalog..",
            "dev.kyma.service..",
            "dev.kyma.ingest..",
            "dev.kyma.connector..",
            "dev.kyma.compactor..",
            "dev.kyma.query..",
            "dev.kyma.standalone..")
        .check(new ClassFileImporter().importPackages("dev.kyma.e2e"));
  }
}
