/**
 * REST: rows, tables and OTLP over HTTP.
 *
 * <p>Entry classes: {@link dev.kyma.ingest.api.IngestResource}, {@link
 * dev.kyma.ingest.api.TablesResource} and {@link dev.kyma.ingest.api.OtlpResource}. Requests run on
 * virtual threads; bodies are read whole, under the limits of {@link
 * dev.kyma.ingest.config.IngestConfig}, before anything of them is stored.
 */
@NullMarked
package dev.kyma.ingest.api;

import org.jspecify.annotations.NullMarked;
