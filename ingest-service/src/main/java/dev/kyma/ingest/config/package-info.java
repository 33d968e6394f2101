/**
 * Configuration of ingest and the wiring of its core.
 *
 * <p>Entry class: {@link dev.kyma.ingest.config.IngestConfig}, every property of which is
 * documented there; beans are made once a process.
 */
@NullMarked
package dev.kyma.ingest.config;

import org.jspecify.annotations.NullMarked;
