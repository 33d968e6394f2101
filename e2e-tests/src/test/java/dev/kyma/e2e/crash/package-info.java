/** What survives kill -9, restarts and two of everything. */
@NullMarked
package dev.kyma.e2e.crash;

import org.jspecify.annotations.NullMarked;
