package dev.kyma.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kyma.query");

  @Test
  void servicesMeetInTheLogTheCatalogAndTheirApisNeverInCode() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.kyma.ingest..",
            "dev.kyma.connector..",
            "dev.kyma.compactor..",
            "dev.kyma.standalone..")
        .check(CLASSES);
  }

  @Test
  void coreIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage("dev.kyma.query.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "io.smallrye..",
            "jakarta..",
            "io.vertx..",
            "org.apache.kafka..",
            "software.amazon.awssdk..",
            "org.apache.calcite..",
            "io.debezium..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theFormatIsNamedByItsPort() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.kyma.format.tlm..")
        .check(CLASSES);
  }
}
