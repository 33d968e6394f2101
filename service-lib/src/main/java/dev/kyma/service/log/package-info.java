/**
 * Kyma's logs in Kafka: the topics, how they are told apart, read and written.
 *
 * <p>Entry classes: {@link dev.kyma.service.log.LogTopics} for topics and their identity, {@link
 * dev.kyma.service.log.LogReader} for reading from a catalog cursor (flush and hot tail use the
 * same one), {@link dev.kyma.service.log.LogClients} for the settings every client shares. Nothing
 * here keeps state in Kafka: no consumer-group offsets, no transactions. A log that is not the one
 * the catalog recorded, or no longer holds what the cursor promises, is a {@link
 * dev.kyma.service.log.LogException} and never silently another stretch of records.
 */
@NullMarked
package dev.kyma.service.log;

import org.jspecify.annotations.NullMarked;
