/**
 * Sends statements that store something to ingest-service's REST interface.
 *
 * <p>Entry class: {@link dev.kyma.query.ingest.HttpIngestGateway}.
 */
@NullMarked
package dev.kyma.query.ingest;

import org.jspecify.annotations.NullMarked;
