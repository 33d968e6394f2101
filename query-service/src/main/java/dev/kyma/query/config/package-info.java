/**
 * The query service's settings, and the place where its parts are put together.
 *
 * <p>Entry classes: {@link dev.kyma.query.config.QueryConfig}, {@link
 * dev.kyma.query.config.QueryBeans}.
 */
@NullMarked
package dev.kyma.query.config;

import org.jspecify.annotations.NullMarked;
