package dev.kyma.format;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kyma.format");

  @Test
  void theFormatKnowsNoFrameworkNoLogClientAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..", "jakarta..", "org.apache.kafka..", "io.vertx..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.kyma.catalog..",
            "dev.kyma.service..",
            "dev.kyma.ingest..",
            "dev.kyma.connector..",
            "dev.kyma.compactor..",
            "dev.kyma.query..")
        .check(CLASSES);
  }

  @Test
  void onlyTheS3StoreKnowsTheAwsSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kyma.format.io.s3..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(CLASSES);
  }

  @Test
  void thePortsDoNotKnowTheirImplementations() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.kyma.format.tlm..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.kyma.format.tlm..")
        .check(CLASSES);
  }
}
