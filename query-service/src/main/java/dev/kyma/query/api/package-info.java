/**
 * The REST interface of the query service.
 *
 * <p>Entry class: {@link dev.kyma.query.api.QueryResource}. Answers stream while the scan runs, in
 * the format the client accepts; each {@link dev.kyma.query.api.ResultWriter} writes one format.
 */
@NullMarked
package dev.kyma.query.api;

import org.jspecify.annotations.NullMarked;
