package dev.kyma.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Where the buffers of a record batch lie in its body, and the metadata that says so. */
final class BodyLayout {
  private static final int METADATA_BYTES = 1_024;

  private final int rows;
  private long[] nodeLengths = new long[16];
  private long[] nullCounts = new long[16];
  private int nodes;
  private long[] offsets = new long[48];
  private long[] lengths = new long[48];
  private int buffers;
  private long bodyLength;

  BodyLayout(int rows) {
    this.rows = rows;
  }

  /** Adds a column, or the values inside one. */
  void node(long length, int nullCount) {
    if (nodes == nullCounts.length) {
      nodeLengths = Arrays.copyOf(nodeLengths, nodes * 2);
      nullCounts = Arrays.copyOf(nullCounts, nodes * 2);
    }
    nodeLengths[nodes] = length;
    nullCounts[nodes++] = nullCount;
  }

  /** Adds a buffer after the last one. */
  void buffer(long length) {
    if (buffers == offsets.length) {
      offsets = Arrays.copyOf(offsets, buffers * 2);
      lengths = Arrays.copyOf(lengths, buffers * 2);
    }
    offsets[buffers] = bodyLength;
    lengths[buffers++] = length;
    bodyLength += padded(length);
  }

  long bodyLength() {
    return bodyLength;
  }

  /** The flatbuffer that describes the body, without prefix or padding. */
  byte[] metadata() {
    FlatBufferBuilder builder = new FlatBufferBuilder(METADATA_BYTES);
    RecordBatch.startNodesVector(builder, nodes);
    for (int i = nodes - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodeLengths[i], nullCounts[i]);
    }
    int nodesAt = builder.endVector();
    RecordBatch.startBuffersVector(builder, buffers);
    for (int i = buffers - 1; i >= 0; i--) {
      Buffer.createBuffer(builder, offsets[i], lengths[i]);
    }
    int buffersAt = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodesAt);
    RecordBatch.addBuffers(builder, buffersAt);
    int batchAt = RecordBatch.endRecordBatch(builder);
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, MessageHeader.RecordBatch);
    Message.addHeader(builder, batchAt);
    Message.addBodyLength(builder, bodyLength);
    Message.finishMessageBuffer(builder, Message.endMessage(builder));
    return builder.sizedByteArray();
  }

  static long padded(long length) {
    return length + 7 & ~7L;
  }
}
