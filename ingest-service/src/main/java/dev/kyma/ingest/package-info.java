@NullMarked
package dev.kyma.ingest;

import org.jspecify.annotations.NullMarked;
