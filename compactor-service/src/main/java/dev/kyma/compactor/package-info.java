@NullMarked
package dev.kyma.compactor;

import org.jspecify.annotations.NullMarked;
