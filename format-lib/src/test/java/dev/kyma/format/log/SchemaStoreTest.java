package dev.kyma.format.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.testing.FaultyObjectStore;
import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaStoreTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "a \"quoted\" név", LogicalType.decimal(38, 10), false),
          new Field(-1, "_log", LogicalType.INT32, true));

  @Test
  void theTextIsCanonicalAndItsFingerprintFixed() {
    assertThat(new String(SchemaCodec.text(SCHEMA), UTF_8))
        .isEqualTo(
            "{\"version\":1,\"fields\":[{\"id\":1,\"name\":\"a \\\"quoted\\\" név\","
                + "\"type\":\"decimal(38,10)\",\"nullable\":false},"
                + "{\"id\":-1,\"name\":\"_log\",\"type\":\"int32\",\"nullable\":true}]}");
    assertThat(SchemaCodec.fingerprint(TableSchema.of()).objectKey()).startsWith("_schemas/");
    assertThat(SchemaCodec.fingerprint(SCHEMA))
        .isNotEqualTo(SchemaCodec.fingerprint(TableSchema.of()));
  }

  @Test
  void everyTypeReadsBack() {
    List<Field> fields = new ArrayList<>();
    for (LogicalType type : RandomVectors.TYPES) {
      fields.add(new Field(fields.size() + 1, type.id(), type, fields.size() % 2 == 0));
    }
    TableSchema all = new TableSchema(fields);
    assertThat(SchemaCodec.parse(SchemaCodec.text(all))).isEqualTo(all);
  }

  @Test
  void refusesTextsThatAreNoSchemas() {
    String good = new String(SchemaCodec.text(SCHEMA), UTF_8);
    for (String bad :
        new String[] {
          "",
          "{}",
          "[]",
          good + "x",
          good.replace("int32", "int33"),
          good.replace(":1,", ":2,"),
          good.replace("true", "1"),
          good.replace("-1", "1.5"),
          good.replace("\"id\"", "\"ID\""),
          good.replace("_log", "")
        }) {
      assertThatThrownBy(() -> SchemaCodec.parse(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(CorruptSchemaException.class);
    }
  }

  @Test
  void aSchemaIsWrittenOnceAndReadOnce() {
    MemoryObjectStore objects = new MemoryObjectStore();
    FaultyObjectStore counting =
        new FaultyObjectStore(objects, (_, _, _) -> FaultyObjectStore.Fault.NONE);
    SchemaStore store = new SchemaStore(counting);
    SchemaFingerprint fingerprint = store.store(SCHEMA);
    assertThat(store.store(SCHEMA)).isEqualTo(fingerprint);
    assertThat(store.schema(fingerprint)).isEqualTo(SCHEMA);
    assertThat(counting.steps()).isEqualTo(1);
    SchemaStore other = new SchemaStore(counting);
    assertThat(other.schema(fingerprint)).isEqualTo(SCHEMA);
    assertThat(other.schema(fingerprint)).isEqualTo(SCHEMA);
    assertThat(counting.steps()).isEqualTo(2);
  }

  @Test
  void aFailedWriteIsTriedAgain() {
    MemoryObjectStore objects = new MemoryObjectStore();
    SchemaStore store =
        new SchemaStore(
            FaultyObjectStore.failingAt(objects, 0, FaultyObjectStore.Fault.FAIL_BEFORE));
    assertThatThrownBy(() -> store.store(SCHEMA))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    SchemaFingerprint fingerprint = store.store(SCHEMA);
    assertThat(objects.stat(fingerprint.objectKey())).isPresent();
  }

  @Test
  void noticesThatAnObjectIsNotTheSchemaOfItsName() {
    MemoryObjectStore objects = new MemoryObjectStore();
    SchemaFingerprint fingerprint = SchemaCodec.fingerprint(SCHEMA);
    objects.create(
        fingerprint.objectKey(), List.of(ByteBuffer.wrap(SchemaCodec.text(TableSchema.of()))));
    assertThatThrownBy(() -> new SchemaStore(objects).schema(fingerprint))
        .isInstanceOf(CorruptSchemaException.class);
  }
}
