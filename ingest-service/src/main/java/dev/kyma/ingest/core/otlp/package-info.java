/**
 * OpenTelemetry's protocol: requests decoded straight from their bytes into columns.
 *
 * <p>Entry class: {@link dev.kyma.ingest.core.otlp.OtlpDecoder}. Protobuf is read by an own wire
 * reader over slices of the body, without an object for each record; JSON is first turned into
 * protobuf by {@link dev.kyma.ingest.core.otlp.OtlpJson}, so that there is one decoder. Decoders
 * belong to one request and one thread.
 *
 * <p>Bad input is of two kinds: bytes that are no message at all fail the request ({@link
 * dev.kyma.ingest.core.otlp.MalformedOtlpException}), a record that cannot be stored is counted and
 * the others land.
 */
@NullMarked
package dev.kyma.ingest.core.otlp;

import org.jspecify.annotations.NullMarked;
