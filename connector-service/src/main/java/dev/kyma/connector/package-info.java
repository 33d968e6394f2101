/**
 * Connectors to operational databases.
 *
 * <p>This release has the service and its administrative interface only: no connector can be
 * created, and the interface says so. Entry class: {@link
 * dev.kyma.connector.api.ConnectorResource}.
 */
@NullMarked
package dev.kyma.connector;

import org.jspecify.annotations.NullMarked;
