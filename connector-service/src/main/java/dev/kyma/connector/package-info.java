@NullMarked
package dev.kyma.connector;

import org.jspecify.annotations.NullMarked;
