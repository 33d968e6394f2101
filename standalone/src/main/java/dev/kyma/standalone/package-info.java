/**
 * The whole of Kyma in one process: the four services, a Kafka broker, a directory as object store
 * and a SQLite catalog, all under one data directory.
 *
 * <p>Entry class: {@link dev.kyma.standalone.Standalone}. The module has no logic of its own beyond
 * starting and stopping these in the right order; the services are on its class path.
 */
@NullMarked
package dev.kyma.standalone;

import org.jspecify.annotations.NullMarked;
