/**
 * What ingest does, whatever the protocol: find or make the table, fit its schema to the rows, send
 * them to the log, answer with a freshness token.
 *
 * <p>Entry class: {@link dev.kyma.ingest.core.RowIngest}. Plain Java: no Quarkus, Kafka or gRPC.
 */
@NullMarked
package dev.kyma.ingest.core;

import org.jspecify.annotations.NullMarked;
