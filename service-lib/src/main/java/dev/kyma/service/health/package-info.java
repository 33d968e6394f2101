/**
 * Whether a process can do its work: readiness asks the catalog, the object store and the log
 * themselves, liveness only the process. A process that is not ready recovers by itself when what
 * it leans on does.
 */
@NullMarked
package dev.kyma.service.health;

import org.jspecify.annotations.NullMarked;
