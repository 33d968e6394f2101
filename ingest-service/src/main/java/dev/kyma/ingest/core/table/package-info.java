/**
 * The tables rows go to: found in the catalog, made for their first rows, widened for further ones.
 *
 * <p>Entry class: {@link dev.kyma.ingest.core.table.Tables}. {@link
 * dev.kyma.ingest.core.table.TableTopics} is the port to the log's administration. Safe for use by
 * many threads.
 */
@NullMarked
package dev.kyma.ingest.core.table;

import org.jspecify.annotations.NullMarked;
