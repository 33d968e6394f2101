package dev.kyma.format.log;

import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes random frames together with the schemas they name. */
final class Frames {
  private final Random random;
  private final RandomVectors vectors;
  private final Map<SchemaFingerprint, TableSchema> schemas = new HashMap<>();

  Frames(Random random) {
    this.random = random;
    this.vectors = new RandomVectors(random);
  }

  SchemaSource schemas() {
    return fingerprint -> {
      TableSchema schema = schemas.get(fingerprint);
      if (schema == null) {
        throw new dev.kyma.format.io.ObjectStoreException.NotFound(fingerprint.objectKey());
      }
      return schema;
    };
  }

  LogFrame frame(int maxTables, int maxRows) {
    List<LogFrame.TableRows> tables = new ArrayList<>();
    int rows = 0;
    int count = random.nextInt(maxTables + 1);
    for (int i = 0; i < count; i++) {
      List<Field> fields = new ArrayList<>();
      for (LogicalType type : RandomVectors.TYPES) {
        if (random.nextInt(3) > 0) {
          fields.add(new Field(fields.size() + 1, "c" + fields.size(), type, true));
        }
      }
      TableSchema schema = new TableSchema(fields);
      SchemaFingerprint fingerprint = SchemaCodec.fingerprint(schema);
      schemas.put(fingerprint, schema);
      int size = random.nextInt(maxRows + 1);
      Batch batch =
          new Batch(fields.stream().map(f -> vectors.vector(f.type(), size)).toList(), size);
      tables.add(new LogFrame.TableRows(random.nextLong(), fingerprint, rows, batch));
      rows += size;
    }
    List<KeyedRows> keys = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      int first = random.nextInt(rows + 1);
      keys.add(
          new KeyedRows(
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              i,
              first,
              random.nextInt(rows - first + 1)));
    }
    return new LogFrame(keys, tables);
  }
}
