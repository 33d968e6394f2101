/**
 * Reads logs from Kafka for the hot tail.
 *
 * <p>Entry class: {@link dev.kyma.query.kafka.KafkaTailLog}. Consumers are opened once and kept,
 * one for each topic read lately; each is used by one query at a time.
 */
@NullMarked
package dev.kyma.query.kafka;

import org.jspecify.annotations.NullMarked;
