/** Tests of the engine. */
@NullMarked
package dev.kyma.query.core;

import org.jspecify.annotations.NullMarked;
