/**
 * Small tables of answers about storage, the same whether SQL or REST asks: columns, rows, and the
 * text in which the result of a job is kept.
 *
 * <p>Entry classes: {@link dev.kyma.service.report.Report}, and {@link
 * dev.kyma.service.report.StorageReports}, which makes them from the catalog.
 */
@NullMarked
package dev.kyma.service.report;

import org.jspecify.annotations.NullMarked;
