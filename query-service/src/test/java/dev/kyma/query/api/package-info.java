/** Tests of the REST interface on real backends. */
@NullMarked
package dev.kyma.query.api;

import org.jspecify.annotations.NullMarked;
