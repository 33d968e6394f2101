package dev.kyma.query.api;

import dev.kyma.format.arrow.ArrowStreamOutput;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.text.ByteSink;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An Arrow IPC stream. Of columns with one name the later ones get a number. */
final class ArrowResult implements ResultWriter {
  private final Target target = new Target();
  private @Nullable ArrowStreamOutput stream;

  /** Passes bytes on to whatever sink is current. */
  private static final class Target extends OutputStream {
    private ByteSink sink = new ByteSink(16);

    @Override
    public void write(int b) {
      sink.put(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sink.put(bytes, offset, offset + length);
    }
  }

  @Override
  public String mediaType() {
    return ArrowStreamOutput.MEDIA_TYPE;
  }

  @Override
  public void begin(List<OutputColumn> columns, ByteSink sink) {
    List<Field> fields = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (OutputColumn column : columns) {
      String base = column.name().isEmpty() ? "column" : column.name();
      String name = base;
      for (int n = 2; !taken.add(name); n++) {
        name = base + "_" + n;
      }
      fields.add(new Field(fields.size() + 1, name, column.type(), true));
    }
    target.sink = sink;
    stream = new ArrowStreamOutput(target, new TableSchema(fields));
  }

  @Override
  public void rows(Chunk chunk, ByteSink sink) {
    ArrowStreamOutput open = stream;
    if (open == null) {
      throw new IllegalStateException("the stream has not begun");
    }
    target.sink = sink;
    open.write(Gather.selected(chunk.batch(), chunk.selection()));
  }

  @Override
  public void end(QueryStats stats, ByteSink sink) {
    ArrowStreamOutput open = stream;
    if (open != null) {
      target.sink = sink;
      open.close();
    }
  }

  @Override
  public boolean failed(String problem, ByteSink sink) {
    return false;
  }
}
