/** What is shipped for clusters is well-formed and agrees with the services. */
@NullMarked
package dev.kyma.e2e.deploy;

import org.jspecify.annotations.NullMarked;
