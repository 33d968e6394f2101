/**
 * What a service process opens from configuration: the catalog, the object store, the log.
 *
 * <p>Entry class: {@link dev.kyma.service.runtime.CatalogConfig} and its neighbours say what can be
 * configured. Each resource is opened once a process, on first use, and closed when the process
 * stops; the services of an all-in-one process share them.
 */
@NullMarked
package dev.kyma.service.runtime;

import org.jspecify.annotations.NullMarked;
