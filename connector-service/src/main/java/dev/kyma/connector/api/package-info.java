/** The administrative REST interface of connectors. Stateless; safe for use by many threads. */
@NullMarked
package dev.kyma.connector.api;

import org.jspecify.annotations.NullMarked;
