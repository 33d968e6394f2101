/** The demo: real telemetry sent by real OpenTelemetry SDK exporters, then five questions. */
@NullMarked
package dev.kyma.e2e.demo;

import org.jspecify.annotations.NullMarked;
