/** The REST interfaces: ingest, query, errors, freshness. */
@NullMarked
package dev.kyma.e2e.rest;

import org.jspecify.annotations.NullMarked;
