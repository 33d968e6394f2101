@NullMarked
package dev.kyma.e2e;

import org.jspecify.annotations.NullMarked;
