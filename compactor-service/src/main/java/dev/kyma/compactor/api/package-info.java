/** The compactor's REST API: flush now, status. */
@NullMarked
package dev.kyma.compactor.api;

import org.jspecify.annotations.NullMarked;
