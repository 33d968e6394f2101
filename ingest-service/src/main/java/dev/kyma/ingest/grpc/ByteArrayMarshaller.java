package dev.kyma.ingest.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands messages on as the bytes they are. */
final class ByteArrayMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] value) {
    return new ByteArrayInputStream(value);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw Status.INVALID_ARGUMENT
          .withDescription("The message did not arrive whole.")
          .withCause(e)
          .asRuntimeException();
    }
  }
}
