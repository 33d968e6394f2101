/**
 * The log in Kafka: frames leave through a SmallRye channel, topics are made and checked through
 * service-lib's {@code dev.kyma.service.log}.
 *
 * <p>Entry class: {@link dev.kyma.ingest.kafka.ChannelLog}.
 */
@NullMarked
package dev.kyma.ingest.kafka;

import org.jspecify.annotations.NullMarked;
