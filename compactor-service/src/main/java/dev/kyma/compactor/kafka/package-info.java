/** The log ports of flush, on Kafka. Entry class: {@link dev.kyma.compactor.kafka.KafkaRowLog}. */
@NullMarked
package dev.kyma.compactor.kafka;

import org.jspecify.annotations.NullMarked;
