/** Kyma in processes of their own: started, killed and stopped from outside, by process id. */
@NullMarked
package dev.kyma.e2e.process;

import org.jspecify.annotations.NullMarked;
