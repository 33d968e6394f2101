/** A small client of Kyma's REST interfaces, as any user would write one. */
@NullMarked
package dev.kyma.e2e.client;

import org.jspecify.annotations.NullMarked;
