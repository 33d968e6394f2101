/**
 * Extents: immutable sorted runs of a table's rows, written once and read by anyone.
 *
 * <p>Entry class: {@link dev.kyma.format.SegmentFormat}. This package is the port; {@code
 * dev.kyma.format.tlm} is the format Kyma uses. Nothing here knows Kafka, the catalog or a service.
 */
@NullMarked
package dev.kyma.format;

import org.jspecify.annotations.NullMarked;
