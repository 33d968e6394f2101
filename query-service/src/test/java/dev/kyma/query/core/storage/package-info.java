/** Tests of statements that change rows. */
@NullMarked
package dev.kyma.query.core.storage;

import org.jspecify.annotations.NullMarked;
