/**
 * The services as processes of their own, as in a cluster: an external Kafka broker, Postgres and
 * an S3 endpoint, all real and all on this host.
 */
@NullMarked
package dev.kyma.e2e.cluster;

import org.jspecify.annotations.NullMarked;
