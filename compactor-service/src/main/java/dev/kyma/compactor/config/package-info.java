/** What can be configured of the compactor. */
@NullMarked
package dev.kyma.compactor.config;

import org.jspecify.annotations.NullMarked;
