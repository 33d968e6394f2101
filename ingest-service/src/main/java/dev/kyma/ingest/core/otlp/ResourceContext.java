package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What all records of a resource and scope have in common, ready to be copied into rows.
 *
 * <p>The resource is its attributes, with {@code schema_url} and {@code dropped_attributes_count}
 * behind them where they say something. The scope is an object of {@code name}, {@code version},
 * {@code attributes} and the same two.
 */
final class ResourceContext {
  private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.UTF_8);

  final JsonText resource = new JsonText();
  final JsonText serviceName = new JsonText();
  final JsonText scope = new JsonText();
  final Slice scopeName = new Slice();
  final Slice scopeVersion = new Slice();
  private final JsonText scratch = new JsonText();

  /** Why no record of the resource can be stored, if so. */
  @Nullable String resourceFault;

  /** Why no record of the scope can be stored, if so. */
  @Nullable String scopeFault;

  /** A range of the body. */
  static final class Slice {
    int from;
    int to;

    void clear() {
      from = 0;
      to = 0;
    }

    void take(WireReader in) throws MalformedOtlpException {
      in.bytes();
      from = in.from();
      to = in.to();
    }

    boolean isEmpty() {
      return from == to;
    }
  }

  /** Reads field 1 and 3 of a Resource* message: the resource and its schema. */
  void resource(WireReader in, int from, int to) throws MalformedOtlpException {
    resourceFault = null;
    serviceName.truncate(0);
    resource.truncate(0);
    resource.raw('{');
    try {
      Slice schemaUrl = new Slice();
      long dropped = 0;
      in.seek(from, to);
      while (in.next()) {
        if (in.field() == 1) {
          int outer = in.enter();
          while (in.next()) {
            switch (in.field()) {
              case 1 -> attribute(in);
              case 2 -> dropped = in.varint();
              default -> in.skip();
            }
          }
          in.leave(outer);
        } else if (in.field() == 3) {
          schemaUrl.take(in);
        } else {
          in.skip();
        }
      }
      trailer(in.data(), resource, schemaUrl, dropped);
    } catch (RejectedRecordException e) {
      resourceFault = "resource: " + e.reason();
    }
    resource.raw('}');
  }

  private void attribute(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    int start = in.position();
    int limit = in.limit();
    AttributeJson.member(in, resource);
    int end = in.position();
    in.reread(start, limit);
    int outer = in.enter();
    boolean isName = false;
    int valueFrom = 0;
    int valueTo = 0;
    while (in.next()) {
      if (in.field() == 1) {
        in.bytes();
        isName = Arrays.equals(in.data(), in.from(), in.to(), SERVICE_NAME, 0, SERVICE_NAME.length);
      } else if (in.field() == 2) {
        in.bytes();
        valueFrom = in.from();
        valueTo = in.to();
      } else {
        in.skip();
      }
    }
    in.leave(outer);
    if (isName) {
      in.seek(valueFrom, valueTo);
      serviceName(in);
    }
    in.seek(end, limit);
  }

  private void serviceName(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    int from = in.position();
    int to = in.limit();
    serviceName.truncate(0);
    while (in.next()) {
      if (in.field() == 1) {
        in.bytes();
        serviceName.truncate(0);
        serviceName.raw(in.data(), in.from(), in.to());
      } else {
        // A service name of another type is shown as its JSON text.
        in.skip();
        int after = in.position();
        in.seek(from, to);
        scratch.truncate(0);
        AttributeJson.value(in, scratch, 1);
        serviceName.truncate(0);
        serviceName.raw(scratch.array(), 0, scratch.length());
        in.seek(after, to);
      }
    }
  }

  /** Reads field 1 and 3 of a Scope* message: the scope and its schema. */
  void scope(WireReader in, int from, int to) throws MalformedOtlpException {
    scopeFault = null;
    scopeName.clear();
    scopeVersion.clear();
    scope.truncate(0);
    scratch.truncate(0);
    scratch.raw('{');
    try {
      Slice schemaUrl = new Slice();
      long dropped = 0;
      in.seek(from, to);
      while (in.next()) {
        if (in.field() == 1) {
          int outer = in.enter();
          while (in.next()) {
            switch (in.field()) {
              case 1 -> scopeName.take(in);
              case 2 -> scopeVersion.take(in);
              case 3 -> AttributeJson.member(in, scratch);
              case 4 -> dropped = in.varint();
              default -> in.skip();
            }
          }
          in.leave(outer);
        } else if (in.field() == 3) {
          schemaUrl.take(in);
        } else {
          in.skip();
        }
      }
      scratch.raw('}');
      scope.raw('{');
      text(in.data(), "name", scopeName);
      text(in.data(), "version", scopeVersion);
      if (scratch.length() > 2) {
        comma(scope).ascii("\"attributes\":").raw(scratch.array(), 0, scratch.length());
      }
      trailer(in.data(), scope, schemaUrl, dropped);
    } catch (RejectedRecordException e) {
      scopeFault = "scope: " + e.reason();
    }
    scope.raw('}');
  }

  private void text(byte[] data, String name, Slice slice) throws RejectedRecordException {
    if (!slice.isEmpty()) {
      comma(scope).raw('"').ascii(name).ascii("\":");
      AttributeJson.string(data, slice.from, slice.to, scope);
    }
  }

  private static void trailer(byte[] data, JsonText out, Slice schemaUrl, long dropped)
      throws RejectedRecordException {
    if (!schemaUrl.isEmpty()) {
      comma(out).ascii("\"schema_url\":");
      AttributeJson.string(data, schemaUrl.from, schemaUrl.to, out);
    }
    if (dropped != 0) {
      comma(out).ascii("\"dropped_attributes_count\":").number(dropped & 0xFFFFFFFFL);
    }
  }

  private static JsonText comma(JsonText out) {
    return out.array()[out.length() - 1] == '{' ? out : out.raw(',');
  }
}
