@NullMarked
package dev.kyma.query;

import org.jspecify.annotations.NullMarked;
