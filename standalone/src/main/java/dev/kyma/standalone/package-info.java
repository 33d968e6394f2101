@NullMarked
package dev.kyma.standalone;

import org.jspecify.annotations.NullMarked;
