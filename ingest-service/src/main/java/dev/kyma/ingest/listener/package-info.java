/**
 * The listeners of OTLP beside the REST port: a port of its own for OTLP/HTTP, and the guard and
 * the tokens on OTLP/gRPC.
 */
@NullMarked
package dev.kyma.ingest.listener;

import org.jspecify.annotations.NullMarked;
