/**
 * The port between query languages and the engine: text in, {@link
 * dev.kyma.query.core.frontend.Statement} out.
 *
 * <p>Entry class: {@link dev.kyma.query.core.frontend.QueryFrontend}. No language has a private
 * path to the engine: each produces the same statements over the same {@link
 * dev.kyma.query.core.plan.Plan}, and sees tables only through {@link
 * dev.kyma.query.core.frontend.Schemas}.
 */
@NullMarked
package dev.kyma.query.core.frontend;

import org.jspecify.annotations.NullMarked;
