/** OTLP from real clients, read back by SQL. */
@NullMarked
package dev.kyma.e2e.otlp;

import org.jspecify.annotations.NullMarked;
