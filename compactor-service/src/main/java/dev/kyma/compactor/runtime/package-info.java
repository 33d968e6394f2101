/**
 * The compactor as a running service: its threads, its ports bound to Kafka, catalog and store, its
 * metrics. Entry class: {@link dev.kyma.compactor.runtime.Compactor}.
 */
@NullMarked
package dev.kyma.compactor.runtime;

import org.jspecify.annotations.NullMarked;
